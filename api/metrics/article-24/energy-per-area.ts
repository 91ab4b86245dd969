/** A24-03: energy without vehicle fuel per floor area. */
import { defineMetric } from '../metric.ts';
import { energyKgce } from '../parts/energy.ts';
import { perFloorArea } from '../parts/ratio.ts';

export const energyPerArea = defineMetric({
  id: 'energy-per-area',
  article: 24,
  clause: {
    zh: '制定并组织实施公共机构节能规划、制度',
    en: 'draws up and carries out plans and rules of energy saving',
  },
  name: { zh: '单位建筑面积能耗', en: 'Energy per floor area' },
  unit: 'kgce/m²',
  formula: '(年度能源消耗总量 − 公务用车能源消耗量) / 建筑面积',
  source: '节约型公共机构示范单位及能效领跑者评价标准 说明七',
  better: 'lower',
  // The meters never see vehicle fuel, which this indicator excludes anyway.
  compute: (input) => perFloorArea(input, energyKgce(input)),
});
