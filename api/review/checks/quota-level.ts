/** Figures beside their quota: above the constraint they need an explanation, below the guide a second look. */
import { defineCheck, type Remark, type Reviewed, shown } from '../check.ts';

function remarks({ metrics }: Reviewed, grade: 'guide' | 'over'): Remark[] {
  return metrics.flatMap(({ id, name, value, unit, quota }) => {
    if (value === null || quota?.grade !== grade) return [];
    const figure = shown(value, unit);
    const message =
      grade === 'over'
        ? {
            zh: `${name.zh} ${figure}，高于约束值 ${shown(quota.constraint)}`,
            en: `${name.en} ${figure}: above the constraint value ${shown(quota.constraint)}`,
          }
        : {
            zh: `${name.zh} ${figure}，低于引导值 ${shown(quota.guide)}`,
            en: `${name.en} ${figure}: below the guide value ${shown(quota.guide)}`,
          };
    return [{ subject: id, message }];
  });
}

export const aboveConstraint = defineCheck({
  id: 'above-constraint',
  name: { zh: '高于约束值', en: 'Above the constraint value' },
  severity: 'warning',
  isQuota: true,
  todo: {
    zh: '提交超定额说明，或录入审核说明',
    en: 'file an over-quota explanation, or enter a review note',
  },
  look: (reviewed) => remarks(reviewed, 'over'),
});

export const belowGuide = defineCheck({
  id: 'below-guide',
  name: { zh: '低于引导值', en: 'Below the guide value' },
  severity: 'info',
  todo: {
    zh: '核实是否漏报能源种类、建筑或人数偏大',
    en: 'check that no carrier or building was left out and that heads are right',
  },
  look: (reviewed) => remarks(reviewed, 'guide'),
});
