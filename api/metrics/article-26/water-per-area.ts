/** A26-03: tap water per floor area. */
import { CLAUSES } from '../clauses.ts';
import { defineMetric } from '../metric.ts';
import { carrierTotal } from '../parts/energy.ts';
import { perFloorArea } from '../parts/ratio.ts';
import { SOURCES } from '../sources.ts';

export const waterPerArea = defineMetric({
  id: 'water-per-area',
  code: 'A26-03',
  clause: CLAUSES.waterManagement,
  name: { zh: '单位建筑面积用水量', en: 'Water per floor area' },
  unit: 'm³/m²',
  formula: '用水量 / 建筑面积',
  inputs: [{ zh: '用水量、建筑面积', en: 'water, floor area' }],
  source: SOURCES.statistics,
  insufficient: {
    zh: '用水量已知率低于 90 % 或未登记建筑面积',
    en: 'water less than 90 % known or no floor area',
  },
  better: 'lower',
  compute: (input) => perFloorArea(input, carrierTotal(input, 'water')),
});
