/** A28-03: water of canteens per meal. */
import { CLAUSES } from '../clauses.ts';
import { defineMetric } from '../metric.ts';
import { canteenWaterUsed, perMeal } from '../parts/meals.ts';
import { SOURCES } from '../sources.ts';

const LITRES_PER_M3 = 1000;

export const canteenWater = defineMetric({
  id: 'canteen-water',
  code: 'A28-03',
  clause: CLAUSES.canteen,
  name: { zh: '食堂每餐用水', en: 'Canteen water per meal' },
  unit: 'L/人次',
  formula: 'Σ 食堂水表（用水类别 canteen）水量 × 份额 / 供餐人次',
  inputs: [
    {
      zh: '食堂水表（登记 waterUse：canteen）、台账供餐人次',
      en: 'canteen water meters (waterUse: canteen), meals of the ledger',
    },
  ],
  source: SOURCES.own,
  insufficient: {
    zh: '没有食堂水表或供餐人次，或已知率低于 90 %',
    en: 'no canteen water meter or no meals, or less than 90 % known',
  },
  better: 'lower',
  compute(input) {
    const { value, ...outcome } = perMeal(input, canteenWaterUsed);
    return { ...outcome, value: value === null ? null : value * LITRES_PER_M3 };
  },
});
