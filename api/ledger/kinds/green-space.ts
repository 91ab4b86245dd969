/** Green space and the water it took, of it what did not come from the tap (Article 27). */
import { agency, amount, date, note, optional } from '../field.ts';
import { defineKind } from '../kind.ts';
import { notAbove } from '../rule.ts';
import { days } from '../span.ts';

export const greenSpace = defineKind({
  id: 'green-space',
  name: { zh: '绿地与灌溉', en: 'Green space' },
  fields: {
    agency,
    firstDay: date('起始日', 'First day'),
    lastDay: date('截止日（含）', 'Last day, included'),
    areaM2: amount('绿地面积', 'Area', 'm²'),
    waterM3: optional(amount('灌溉水量', 'Irrigation', 'm³')),
    nonTapM3: optional(amount('其中非自来水', 'Of it not from the tap', 'm³')),
    note,
  },
  rules: [notAbove('firstDay', 'lastDay'), notAbove('nonTapM3', 'waterM3')],
  span: ({ firstDay, lastDay }) => days(firstDay, lastDay),
});
