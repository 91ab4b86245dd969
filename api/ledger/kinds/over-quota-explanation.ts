/** What an agency above its quota has filed to explain it. */
import { agency, date, note, slugText, text, year } from '../field.ts';
import { defineKind } from '../kind.ts';
import { inYear } from '../span.ts';

export const overQuotaExplanation = defineKind({
  id: 'over-quota-explanation',
  name: { zh: '超定额说明', en: 'Over-quota explanation' },
  fields: {
    agency,
    year: year('超定额年度', 'Year over quota'),
    metric: slugText('指标编号', 'Metric'),
    filedOn: date('提交日', 'Filed on'),
    reason: text('原因', 'Reason'),
    note,
  },
  span: ({ year }) => inYear(year),
});
