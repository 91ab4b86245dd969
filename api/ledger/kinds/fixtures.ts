/** Water fixtures there are, and how many of them save water (节水器具普及率). */
import { agency, building, count, date, note, optional } from '../field.ts';
import { defineKind } from '../kind.ts';
import { notAbove } from '../rule.ts';
import { since } from '../span.ts';

export const fixtures = defineKind({
  id: 'fixtures',
  name: { zh: '用水器具', en: 'Water fixtures' },
  fields: {
    agency,
    building: optional(building),
    date: date('盘点日', 'Counted on'),
    total: count('用水器具总数', 'All', '个'),
    waterSaving: count('节水器具数', 'Water-saving', '个'),
    gradeOne: optional(count('一级水效器具数', 'Water efficiency grade 1', '个')),
    note,
  },
  rules: [notAbove('waterSaving', 'total'), notAbove('gradeOne', 'waterSaving')],
  span: ({ date }) => since(date),
});
