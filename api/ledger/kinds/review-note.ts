/** Why something that the review before export asks about is as it is. */
import { agency, date, note, optional, slugText, text } from '../field.ts';
import { defineKind } from '../kind.ts';
import { notAbove } from '../rule.ts';
import { days } from '../span.ts';

export const reviewNote = defineKind({
  id: 'review-note',
  name: { zh: '审核说明', en: 'Review note' },
  fields: {
    agency,
    firstDay: date('起始日', 'First day'),
    lastDay: date('截止日（含）', 'Last day, included'),
    check: slugText('审核项编号', 'Check'),
    /** Absent: whatever the check is about. */
    subject: optional(text('对象编号', 'Subject')),
    reason: text('原因', 'Reason'),
    note,
  },
  rules: [notAbove('firstDay', 'lastDay')],
  span: ({ firstDay, lastDay }) => days(firstDay, lastDay),
});
