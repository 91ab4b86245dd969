/** A25-02: heat per heated area in the heating season, in GJ and in standard coal. */
import { CLAUSES } from '../clauses.ts';
import { defineMetric } from '../metric.ts';
import { heatKgce, perMeteredArea, seasonHeat } from '../parts/heating.ts';
import { SOURCES } from '../sources.ts';

export const heatingPerArea = defineMetric({
  id: 'heating-per-area',
  code: 'A25-02',
  clause: CLAUSES.measures,
  name: { zh: '单位采暖面积耗热量', en: 'Heat per heated area' },
  unit: 'GJ/m²',
  formula: '供热量 / 采暖面积；折标煤 = 供热量 × 系数 / 采暖面积',
  inputs: [{ zh: '供热量、采暖面积、采暖期', en: 'heat, heated area, heating season' }],
  source: SOURCES.gbt51161,
  insufficient: {
    zh: '不在采暖期、热力无计量（按面积计费）或未登记采暖面积',
    en: 'outside the season, heat not metered (charged by area), or no heated area',
  },
  better: 'lower',
  compute(input) {
    const heat = seasonHeat(input);
    const outcome = perMeteredArea(input, heat);
    const coal = perMeteredArea(input, heatKgce(input, heat));
    if (outcome.value === null || coal.value === null) return outcome;
    const { completeness } = outcome;
    const parts = [
      { name: { zh: '耗热量', en: 'Heat' }, value: outcome.value, unit: 'GJ/m²', completeness },
      {
        name: { zh: '供暖能耗（折标煤）', en: 'Heating, standard coal' },
        value: coal.value,
        unit: 'kgce/m²',
        completeness,
      },
    ];
    return { ...coal, value: outcome.value, parts };
  },
});
