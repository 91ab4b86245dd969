/** A25-03: grid electricity per floor area; self-used generation has a metric of its own. */
import { defineMetric } from '../metric.ts';
import { carrierTotal } from '../parts/energy.ts';
import { perFloorArea } from '../parts/ratio.ts';

export const electricityPerArea = defineMetric({
  id: 'electricity-per-area',
  article: 25,
  clause: { zh: '加强能源节约管理', en: 'strengthens the management of energy saving' },
  name: { zh: '单位建筑面积电耗', en: 'Electricity per floor area' },
  unit: 'kWh/m²',
  formula: '外购电量 / 建筑面积',
  source: 'GB/T 51161-2016',
  better: 'lower',
  compute: (input) => perFloorArea(input, carrierTotal(input, 'electricity')),
});
