/** A22-03: cost of energy and water per person. */
import { CLAUSES } from '../clauses.ts';
import { defineMetric } from '../metric.ts';
import { totalCost } from '../parts/cost.ts';
import { perPerson } from '../parts/ratio.ts';
import { SOURCES } from '../sources.ts';

export const costPerPerson = defineMetric({
  id: 'cost-per-person',
  code: 'A22-03',
  clause: CLAUSES.cost,
  name: { zh: '人均能源资源费用', en: 'Cost per person' },
  unit: '元/人',
  formula: '能源资源费用 / 用能人数',
  inputs: [{ zh: '能源资源费用、用能人数', en: 'cost, head count' }],
  source: SOURCES.costSurvey,
  insufficient: { zh: '费用不足或未登记用能人数', en: 'cost insufficient or no head count' },
  better: 'lower',
  compute: (input) => perPerson(input, totalCost(input)),
});
