/** A28-02: gas per meal, for agencies whose gas goes to the kitchen. */
import { CLAUSES } from '../clauses.ts';
import { defineMetric } from '../metric.ts';
import { carrierTotal } from '../parts/energy.ts';
import { perMeal } from '../parts/meals.ts';
import { SOURCES } from '../sources.ts';

export const canteenGas = defineMetric({
  id: 'canteen-gas',
  code: 'A28-02',
  clause: CLAUSES.canteen,
  name: { zh: '每餐用气', en: 'Gas per meal' },
  unit: 'm³/人次',
  formula: '燃气用量 / 供餐人次（燃气也用于供暖的单位不适用）',
  inputs: [{ zh: '燃气用量、台账供餐人次', en: 'gas, meals of the ledger' }],
  source: SOURCES.own,
  insufficient: { zh: '没有燃气计量或供餐人次', en: 'no gas meter or no meals' },
  better: 'lower',
  compute: (input) => perMeal(input, (unit) => carrierTotal(unit, 'gas')),
});
