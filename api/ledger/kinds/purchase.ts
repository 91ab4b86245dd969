/** Products bought, and which labels of the government procurement lists they carry (Article 25). */
import { agency, count, date, flag, note, optional, text, yuan } from '../field.ts';
import { defineKind } from '../kind.ts';
import { onDay } from '../span.ts';

export const purchase = defineKind({
  id: 'purchase',
  name: { zh: '绿色采购', en: 'Purchase' },
  fields: {
    agency,
    date: date('采购日', 'Bought on'),
    productClass: text('品目', 'Product class'),
    mandatory: flag('强制采购品目', 'Mandatory class'),
    energySaving: flag('节能产品', 'Energy-saving label'),
    waterSaving: flag('节水产品', 'Water-saving label'),
    environmental: flag('环境标志产品', 'Environmental label'),
    recycled: flag('再生产品', 'Recycled'),
    valueYuan: yuan('金额', 'Value'),
    count: count('数量', 'Count', '件'),
    voucher: optional(text('凭证号', 'Voucher number')),
    note,
  },
  span: ({ date }) => onDay(date),
});
