/** Operating cost of a year as the cost survey asks for it (机关运行成本统计调查制度): what energy and water are held against. */
import { agency, note, optional, text, year, yuan } from '../field.ts';
import { defineKind } from '../kind.ts';
import { inYear } from '../span.ts';

export const operatingCost = defineKind({
  id: 'operating-cost',
  name: { zh: '机关运行成本', en: 'Operating cost' },
  fields: {
    agency,
    year: year('年度', 'Year'),
    totalYuan: yuan('成本总额', 'Total cost'),
    expenditureYuan: optional(yuan('机关运行经费支出', 'Operating expenditure')),
    voucher: optional(text('凭证号', 'Voucher number')),
    note,
  },
  span: ({ year }) => inYear(year),
});
