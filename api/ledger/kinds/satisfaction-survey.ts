/** What those served said when they were asked (Article 39: 定期征求意见和建议). */
import { agency, count, date, note, optional, text } from '../field.ts';
import { defineKind } from '../kind.ts';
import { notAbove } from '../rule.ts';
import { onDay } from '../span.ts';

export const satisfactionSurvey = defineKind({
  id: 'satisfaction-survey',
  name: { zh: '满意度调查', en: 'Satisfaction survey' },
  fields: {
    agency,
    date: date('调查日', 'Asked on'),
    subject: optional(text('内容', 'Subject')),
    answers: count('回收问卷', 'Answers', '份'),
    satisfied: count('满意', 'Satisfied', '份'),
    note,
  },
  rules: [notAbove('satisfied', 'answers')],
  span: ({ date }) => onDay(date),
});
