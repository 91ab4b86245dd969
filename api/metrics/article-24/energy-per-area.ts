/** A24-03: energy without vehicle fuel per floor area. */
import { CLAUSES } from '../clauses.ts';
import { defineMetric } from '../metric.ts';
import { energyKgce } from '../parts/energy.ts';
import { perFloorArea } from '../parts/ratio.ts';
import { SOURCES } from '../sources.ts';

export const energyPerArea = defineMetric({
  id: 'energy-per-area',
  code: 'A24-03',
  clause: CLAUSES.planning,
  name: { zh: '单位建筑面积能耗', en: 'Energy per floor area' },
  unit: 'kgce/m²',
  formula: '(年度能源消耗总量 − 公务用车能源消耗量) / 建筑面积',
  inputs: [
    {
      zh: '综合能耗、公务用车能耗、建筑面积',
      en: 'comprehensive energy, vehicle fuel, floor area',
    },
  ],
  source: SOURCES.efficiencyLeaders,
  insufficient: {
    zh: '综合能耗不足或未登记建筑面积',
    en: 'energy insufficient or no floor area on file',
  },
  better: 'lower',
  compute: (input) => perFloorArea(input, energyKgce(input, { vehicles: 'out' })),
});
