/** A25-02N: heat per heated area as it would have been in a typical year; whole years only. */
import { CLAUSES } from '../clauses.ts';
import { defineMetric } from '../metric.ts';
import { heatKgce, perMeteredArea, seasonHeat, toTypicalYear } from '../parts/heating.ts';
import { insufficient } from '../parts/terms.ts';
import { SOURCES } from '../sources.ts';

export const heatingPerAreaNormalised = defineMetric({
  id: 'heating-per-area-normalised',
  code: 'A25-02N',
  clause: CLAUSES.measures,
  name: { zh: '单位采暖面积供暖能耗（气候修正）', en: 'Heating per heated area, typical year' },
  unit: 'kgce/m²',
  formula: '供热量 × 系数 / 采暖面积 × HDD18（标准年）/ HDD18（本年）',
  inputs: [
    {
      zh: '供热量、采暖面积、室外气温、标准年度日数（登记 stations.normals）',
      en: 'heat, heated area, outdoor temperature, degree days of a typical year (stations.normals)',
    },
  ],
  source: SOURCES.jgj26,
  insufficient: {
    zh: '热力无计量、有气温的天数低于 90 %、没有标准年度日数，或年度尚未结束',
    en: 'heat not metered, temperatures on less than 90 % of days, no typical year, or the year still runs',
  },
  better: 'lower',
  yearly: true,
  compute(input) {
    // Part of a year's degree days against a whole typical year would annualise.
    if (!input.ended || input.periodKind !== 'year') {
      return insufficient({
        zh: '标准年度日数是全年的，年度结束后才能修正',
        en: 'the typical year is a whole one: the figure is there once the year has ended',
      });
    }
    const heat = heatKgce(input, seasonHeat(input));
    return perMeteredArea(input, toTypicalYear(input, heat));
  },
});
