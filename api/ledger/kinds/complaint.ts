/** What people in the building complained about, and when it was settled. */
import { agency, building, choice, date, note, optional, text } from '../field.ts';
import { defineKind } from '../kind.ts';
import { notAbove } from '../rule.ts';
import { onDay } from '../span.ts';

export const complaint = defineKind({
  id: 'complaint',
  name: { zh: '投诉建议', en: 'Complaint' },
  fields: {
    agency,
    building: optional(building),
    date: date('日期', 'Date'),
    subject: choice(['事由', 'Subject'], {
      temperature: { zh: '室温', en: 'Temperature' },
      water: { zh: '用水', en: 'Water' },
      lighting: { zh: '照明', en: 'Lighting' },
      other: { zh: '其他', en: 'Other' },
    }),
    description: text('内容', 'Description'),
    settledOn: optional(date('办结日', 'Settled on')),
    note,
  },
  rules: [notAbove('date', 'settledOn')],
  span: ({ date }) => onDay(date),
});
