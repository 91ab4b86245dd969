/** A25-02: heat per heated area in the heating season, not yet weather-normalised. */
import { defineMetric } from '../metric.ts';
import { carrierTotal } from '../parts/energy.ts';
import { perHeatedArea } from '../parts/ratio.ts';
import { insufficient } from '../parts/terms.ts';

export const heatingPerArea = defineMetric({
  id: 'heating-per-area',
  article: 25,
  clause: { zh: '采取措施降低能源消耗', en: 'takes measures to lower energy consumption' },
  name: { zh: '单位采暖面积耗热量', en: 'Heat per heated area' },
  unit: 'GJ/m²',
  formula: '供热量 / 采暖面积',
  source: 'GB/T 51161-2016',
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
