/** A22-02: cost of energy and water per floor area. */
import { CLAUSES } from '../clauses.ts';
import { defineMetric } from '../metric.ts';
import { totalCost } from '../parts/cost.ts';
import { perFloorArea } from '../parts/ratio.ts';
import { SOURCES } from '../sources.ts';

export const costPerArea = defineMetric({
  id: 'cost-per-area',
  code: 'A22-02',
  clause: CLAUSES.cost,
  name: { zh: '单位建筑面积能源资源费用', en: 'Cost per floor area' },
  unit: '元/m²',
  formula: '能源资源费用 / 建筑面积',
  inputs: [{ zh: '能源资源费用、建筑面积', en: 'cost, floor area' }],
  source: SOURCES.costSurvey,
  insufficient: { zh: '费用不足或未登记建筑面积', en: 'cost insufficient or no floor area' },
  better: 'lower',
  compute: (input) => perFloorArea(input, totalCost(input)),
});
