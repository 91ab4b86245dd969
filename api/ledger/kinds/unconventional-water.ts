/** Rain and reclaimed water that no meter of ours counts (Article 26). */
import { agency, amount, building, choice, date, note, optional, text, yuan } from '../field.ts';
import { defineKind } from '../kind.ts';
import { notAbove } from '../rule.ts';
import { days } from '../span.ts';

export const unconventionalWater = defineKind({
  id: 'unconventional-water',
  name: { zh: '非常规水', en: 'Unconventional water' },
  fields: {
    agency,
    building: optional(building),
    firstDay: date('起始日', 'First day'),
    lastDay: date('截止日（含）', 'Last day, included'),
    source: choice(['水源', 'Source'], {
      rain: { zh: '雨水', en: 'Rain' },
      reclaimed: { zh: '再生水', en: 'Reclaimed' },
      other: { zh: '其他', en: 'Other' },
    }),
    use: optional(text('用途', 'Use')),
    quantityM3: amount('水量', 'Quantity', 'm³'),
    costYuan: optional(yuan('金额', 'Cost')),
    note,
  },
  rules: [notAbove('firstDay', 'lastDay')],
  span: ({ firstDay, lastDay }) => days(firstDay, lastDay),
});
