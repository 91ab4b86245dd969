/** A day on which it rained, as the weather service reports it: gardens need no water then (Article 27). */
import { agency, amount, date, note, optional, text } from '../field.ts';
import { defineKind } from '../kind.ts';
import { onDay } from '../span.ts';

export const rainfall = defineKind({
  id: 'rainfall',
  name: { zh: '降水日', en: 'Rainfall' },
  fields: {
    agency,
    date: date('日期', 'Date'),
    rainMm: amount('日降水量', 'Rain of the day', 'mm'),
    reportedBy: optional(text('资料来源', 'Reported by')),
    note,
  },
  span: ({ date }) => onDay(date),
});
