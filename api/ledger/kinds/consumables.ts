/** Paper and toner that went out of the store room. */
import { agency, count, date, note, optional, yuan } from '../field.ts';
import { defineKind } from '../kind.ts';
import { notAbove, oneOf } from '../rule.ts';
import { days } from '../span.ts';

export const consumables = defineKind({
  id: 'consumables',
  name: { zh: '办公耗材', en: 'Consumables' },
  fields: {
    agency,
    firstDay: date('起始日', 'First day'),
    lastDay: date('截止日（含）', 'Last day, included'),
    paperSheets: optional(count('纸张', 'Paper', '张')),
    tonerCartridges: optional(count('硒鼓墨盒', 'Toner', '个')),
    costYuan: optional(yuan('金额', 'Cost')),
    note,
  },
  rules: [notAbove('firstDay', 'lastDay'), oneOf(['paperSheets'], ['tonerCartridges'])],
  span: ({ firstDay, lastDay }) => days(firstDay, lastDay),
});
