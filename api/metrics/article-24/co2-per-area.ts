/** A24-06: CO₂ per floor area. Generation used on site emits nothing; the grid's factor applies to imports. */
import { defineMetric } from '../metric.ts';
import { weightedEnergy } from '../parts/energy.ts';
import { perFloorArea } from '../parts/ratio.ts';

export const co2PerArea = defineMetric({
  id: 'co2-per-area',
  article: 24,
  clause: {
    zh: '制定并组织实施公共机构节能规划、制度',
    en: 'draws up and carries out plans and rules of energy saving',
  },
  name: { zh: '单位建筑面积碳排放', en: 'CO₂ per floor area' },
  unit: 'kgCO₂/m²',
  formula: 'Σ Qᵢ·EFᵢ / 建筑面积（电力按外购量）',
  source: '“十四五”公共机构节约能源资源工作规划；因子见各项',
  better: 'lower',
  compute: (input) =>
    perFloorArea(input, weightedEnergy(input, 'co2', ['electricity', 'gas', 'heat'])),
});
