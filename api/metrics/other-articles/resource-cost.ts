/** A22-01: what energy and water cost, by carrier. */
import { CLAUSES } from '../clauses.ts';
import { defineMetric } from '../metric.ts';
import { totalCost } from '../parts/cost.ts';
import { SOURCES } from '../sources.ts';

export const resourceCost = defineMetric({
  id: 'resource-cost',
  code: 'A22-01',
  clause: CLAUSES.cost,
  name: { zh: '能源资源费用', en: 'Cost of energy and water' },
  unit: '元',
  formula: 'Σ 账单金额 + 燃料金额（含公务用车）；没有金额的按 用量 × 价格 估算并注明',
  inputs: [
    {
      zh: '缴费账单，台账其他燃料和公务用车能耗的金额',
      en: 'bills, cost of other and vehicle fuel',
    },
    { zh: '用量与价格（无金额时）', en: 'amounts and prices where no cost is entered' },
  ],
  source: SOURCES.costSurvey,
  insufficient: {
    zh: '某类能源或燃料既无金额也无价格，或用量已知率低于 90 %',
    en: 'a carrier or fuel with neither cost nor price, or less than 90 % known',
  },
  better: 'lower',
  compute: totalCost,
});
