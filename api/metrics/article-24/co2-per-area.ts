/** A24-06: CO₂ per floor area. Generation used on site emits nothing; the grid's factor applies to imports. */
import { CLAUSES } from '../clauses.ts';
import { defineMetric } from '../metric.ts';
import { carbonKg } from '../parts/energy.ts';
import { perFloorArea } from '../parts/ratio.ts';
import { SOURCES } from '../sources.ts';

export const co2PerArea = defineMetric({
  id: 'co2-per-area',
  code: 'A24-06',
  clause: CLAUSES.planning,
  name: { zh: '单位建筑面积碳排放', en: 'CO₂ per floor area' },
  unit: 'kgCO₂/m²',
  formula: 'Σ Qᵢ·EFᵢ / 建筑面积（电力按外购量，含公务用车）',
  inputs: [
    {
      zh: '外购电量、燃气、热力，其他燃料和公务用车能耗（台账），碳排放因子、建筑面积',
      en: 'purchased electricity, gas, heat, other fuels and vehicles (ledger), CO₂ factors, floor area',
    },
  ],
  source: SOURCES.plan145,
  insufficient: {
    zh: '某类能源已知率低于 90 %、缺少因子或面积',
    en: 'a carrier less than 90 % known, no factor or no area',
  },
  better: 'lower',
  compute: (input) => perFloorArea(input, carbonKg(input)),
});
