/** Metrics that grade the agency as a whole and found it over its quota (A24-09). */
import { defineCheck, shown } from '../check.ts';

export const quotaOver = defineCheck({
  id: 'quota-over',
  name: { zh: '超定额', en: 'Over quota' },
  severity: 'warning',
  isQuota: true,
  todo: {
    zh: '提交超定额说明，或录入审核说明',
    en: 'file an over-quota explanation, or enter a review note',
  },
  look: ({ metrics }) =>
    metrics.flatMap(({ id, name, grade, value, unit }) => {
      if (grade?.id !== 'over') return [];
      const figure = value === null ? '' : ` ${shown(value, unit)}`;
      const message = {
        zh: `${name.zh}${figure}：${grade.name.zh}`,
        en: `${name.en}${figure}: ${grade.name.en}`,
      };
      return [{ subject: id, message }];
    }),
});
