/** A26-03: tap water per floor area. */
import { defineMetric } from '../metric.ts';
import { carrierTotal } from '../parts/energy.ts';
import { perFloorArea } from '../parts/ratio.ts';

export const waterPerArea = defineMetric({
  id: 'water-per-area',
  article: 26,
  clause: { zh: '提升用水效率', en: 'raises the efficiency of water use' },
  name: { zh: '单位建筑面积用水量', en: 'Water per floor area' },
  unit: 'm³/m²',
  formula: '用水量 / 建筑面积',
  source: '公共机构能源资源消费统计调查制度',
  better: 'lower',
  compute: (input) => perFloorArea(input, carrierTotal(input, 'water')),
});
