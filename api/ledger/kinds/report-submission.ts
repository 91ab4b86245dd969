/** A statistics report: when it was due, when it went out, whether it was complete. */
import { agency, choice, date, flag, note, optional, year } from '../field.ts';
import { defineKind } from '../kind.ts';
import { QUARTERS } from '../quarters.ts';
import { type Rule, together } from '../rule.ts';
import { onDay } from '../span.ts';

const QUARTER_SUITS: Rule<'report' | 'quarter'> = {
  fields: ['report', 'quarter'],
  expected: 'a quarter for a quarterly report, none for an annual one',
  holds: ({ report, quarter }) => (report === 'quarterly') === (quarter !== undefined),
};

export const reportSubmission = defineKind({
  id: 'report-submission',
  name: { zh: '统计报送', en: 'Report submission' },
  fields: {
    agency,
    report: choice(['报表', 'Report'], {
      quarterly: { zh: '季报', en: 'Quarterly' },
      annual: { zh: '年报', en: 'Annual' },
    }),
    year: year('年度', 'Year'),
    quarter: optional(choice(['季度', 'Quarter'], QUARTERS)),
    due: date('截止日', 'Due'),
    submittedOn: optional(date('报出日', 'Submitted on')),
    complete: optional(flag('数据完整', 'Complete')),
    note,
  },
  rules: [together('submittedOn', 'complete'), QUARTER_SUITS],
  span: ({ due }) => onDay(due),
});
