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
  formula: 'Σ 账单金额；无账单的能源按 用量 × 价格 估算并注明',
  inputs: [
    { zh: '缴费账单', en: 'bills' },
    { zh: '用量与价格（无账单时）', en: 'amounts and prices where there is no bill' },
  ],
  source: SOURCES.costSurvey,
  insufficient: {
    zh: '某类能源既无账单也无价格，或用量已知率低于 90 %',
    en: 'a carrier with neither bill nor price, or less than 90 % known',
  },
  better: 'lower',
  compute: totalCost,
});
