/** A25-02: heat per heated area in the heating season, not yet weather-normalised. */
import { CLAUSES } from '../clauses.ts';
import { defineMetric } from '../metric.ts';
import { carrierTotal } from '../parts/energy.ts';
import { perHeatedArea } from '../parts/ratio.ts';
import { insufficient } from '../parts/terms.ts';
import { SOURCES } from '../sources.ts';

export const heatingPerArea = defineMetric({
  id: 'heating-per-area',
  code: 'A25-02',
  clause: CLAUSES.measures,
  name: { zh: '单位采暖面积耗热量', en: 'Heat per heated area' },
  unit: 'GJ/m²',
  formula: '供热量 / 采暖面积',
  inputs: [{ zh: '供热量、采暖面积、采暖期', en: 'heat, heated area, heating season' }],
  source: SOURCES.gbt51161,
  insufficient: {
    zh: '不在采暖期、热力无计量或未登记采暖面积',
    en: 'outside the season, heat not metered or no heated area',
  },
  better: 'lower',
  compute(input) {
    if (input.heatingDays === 0) {
      return insufficient({
        zh: '本期不在采暖期',
        en: 'the period lies outside the heating season',
      });
    }
    return perHeatedArea(input, carrierTotal(input, 'heat'));
  },
});
