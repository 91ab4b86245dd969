/** How much roof could carry photovoltaics, and how much does. */
import { agency, amount, building, date, note, optional } from '../field.ts';
import { defineKind } from '../kind.ts';
import { notAbove } from '../rule.ts';
import { since } from '../span.ts';

export const roof = defineKind({
  id: 'roof',
  name: { zh: '屋顶光伏', en: 'Roof' },
  fields: {
    agency: optional(agency),
    building,
    date: date('统计日', 'Surveyed on'),
    installableM2: amount('可安装面积', 'Installable', 'm²'),
    pvM2: amount('已安装面积', 'With photovoltaics', 'm²'),
    note,
  },
  rules: [notAbove('pvM2', 'installableM2')],
  span: ({ date }) => since(date),
});
