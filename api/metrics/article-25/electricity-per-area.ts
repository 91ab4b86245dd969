/** A25-03: grid electricity per floor area; self-used generation has a metric of its own. */
import { CLAUSES } from '../clauses.ts';
import { defineMetric } from '../metric.ts';
import { carrierTotal } from '../parts/energy.ts';
import { perFloorArea } from '../parts/ratio.ts';
import { SOURCES } from '../sources.ts';

export const electricityPerArea = defineMetric({
  id: 'electricity-per-area',
  code: 'A25-03',
  clause: CLAUSES.energyManagement,
  name: { zh: '单位建筑面积电耗', en: 'Electricity per floor area' },
  unit: 'kWh/m²',
  formula: '外购电量 / 建筑面积',
  inputs: [{ zh: '外购电量、建筑面积', en: 'purchased electricity, floor area' }],
  source: SOURCES.gbt51161,
  insufficient: {
    zh: '电量已知率低于 90 % 或未登记建筑面积',
    en: 'electricity less than 90 % known or no floor area',
  },
  better: 'lower',
  compute: (input) => perFloorArea(input, carrierTotal(input, 'electricity')),
});
