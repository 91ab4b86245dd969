/** Renewable energy that no photovoltaic meter of ours counts: green power bought, solar heat, heat pumps (Article 25). */
import { agency, amount, building, choice, date, note, optional, text, yuan } from '../field.ts';
import { defineKind } from '../kind.ts';
import { notAbove } from '../rule.ts';
import { days } from '../span.ts';

export const renewableEnergy = defineKind({
  id: 'renewable-energy',
  name: { zh: '可再生能源利用', en: 'Renewable energy' },
  fields: {
    agency,
    building: optional(building),
    firstDay: date('起始日', 'First day'),
    lastDay: date('截止日（含）', 'Last day, included'),
    source: choice(['类别', 'Source'], {
      /** Part of what the grid's meter counts. */
      'green-power': { zh: '绿色电力（含绿证）', en: 'Green power, certificates included' },
      /** Heat beside what heat meters count. */
      'solar-thermal': { zh: '太阳能光热', en: 'Solar heat' },
      'heat-pump': { zh: '热泵可再生部分', en: 'Renewable part of heat pumps' },
    }),
    energyKwh: amount('能量', 'Energy', 'kWh'),
    costYuan: optional(yuan('金额', 'Cost')),
    voucher: optional(text('凭证号', 'Voucher number')),
    note,
  },
  rules: [notAbove('firstDay', 'lastDay')],
  span: ({ firstDay, lastDay }) => days(firstDay, lastDay),
});
