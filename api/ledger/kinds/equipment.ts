/** Energy-using equipment, and how much of it is past its efficiency limit and should be gone. */
import { agency, building, count, date, note, optional, text } from '../field.ts';
import { defineKind } from '../kind.ts';
import { notAbove } from '../rule.ts';
import { since } from '../span.ts';

export const equipment = defineKind({
  id: 'equipment',
  name: { zh: '用能设备', en: 'Equipment' },
  fields: {
    agency,
    building: optional(building),
    date: date('盘点日', 'Counted on'),
    category: text('设备类别', 'Category'),
    total: count('总数', 'All', '台'),
    obsolete: count('应淘汰数', 'Obsolete', '台'),
    note,
  },
  rules: [notAbove('obsolete', 'total')],
  span: ({ date }) => since(date),
});
