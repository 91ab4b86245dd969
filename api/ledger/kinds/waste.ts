/** Waste by sort as it left the house, and who took it (Article 29: 废旧物处理, 生活垃圾分类). */
import { agency, amount, building, choice, date, note, optional, text } from '../field.ts';
import { defineKind } from '../kind.ts';
import { notAbove } from '../rule.ts';
import { days } from '../span.ts';

/** The sorts of 生活垃圾分类, and what is collected for itself. */
export const WASTE_SORTS = {
  recyclable: { zh: '可回收物', en: 'Recyclable' },
  paper: { zh: '废纸', en: 'Paper' },
  'e-waste': { zh: '电子废弃物', en: 'E-waste' },
  kitchen: { zh: '厨余垃圾', en: 'Kitchen waste' },
  hazardous: { zh: '有害垃圾', en: 'Hazardous' },
  residual: { zh: '其他垃圾', en: 'Residual' },
} as const;

export const waste = defineKind({
  id: 'waste',
  name: { zh: '废旧物与垃圾清运', en: 'Waste' },
  fields: {
    agency,
    building: optional(building),
    firstDay: date('起始日', 'First day'),
    lastDay: date('截止日（含）', 'Last day, included'),
    sort: choice(['类别', 'Sort'], WASTE_SORTS),
    quantityKg: amount('重量', 'Weight', 'kg'),
    handler: optional(text('处置单位', 'Handled by')),
    voucher: optional(text('凭证号', 'Voucher number')),
    note,
  },
  rules: [notAbove('firstDay', 'lastDay')],
  span: ({ firstDay, lastDay }) => days(firstDay, lastDay),
});
