/** The rating of a building (GB/T 50378) and the use it was designed for. */
import { agency, amount, building, choice, date, note, optional } from '../field.ts';
import { defineKind } from '../kind.ts';
import { notAbove } from '../rule.ts';
import { days } from '../span.ts';

export const greenBuilding = defineKind({
  id: 'green-building',
  name: { zh: '绿色建筑', en: 'Green building' },
  fields: {
    agency: optional(agency),
    building,
    certifiedOn: date('评定日', 'Certified on'),
    validUntil: optional(date('有效期至（含）', 'Valid until, included')),
    star: choice(['等级', 'Rating'], {
      basic: { zh: '基本级', en: 'Basic' },
      one: { zh: '一星级', en: 'One star' },
      two: { zh: '二星级', en: 'Two stars' },
      three: { zh: '三星级', en: 'Three stars' },
    }),
    areaM2: amount('建筑面积', 'Floor area', 'm²'),
    designEui: optional(amount('设计能耗', 'Design use', 'kWh/(m²·a)')),
    note,
  },
  rules: [notAbove('certifiedOn', 'validUntil')],
  span: ({ certifiedOn, validUntil }) => days(certifiedOn, validUntil),
});
