/** A28-01: electricity of kitchen and canteen per meal. */
import { CLAUSES } from '../clauses.ts';
import { defineMetric } from '../metric.ts';
import { carrierTotal } from '../parts/energy.ts';
import { perMeal } from '../parts/meals.ts';
import { SOURCES } from '../sources.ts';

export const canteenElectricity = defineMetric({
  id: 'canteen-electricity',
  code: 'A28-01',
  clause: CLAUSES.canteen,
  name: { zh: '食堂每餐用电', en: 'Canteen electricity per meal' },
  unit: 'kWh/人次',
  formula: '厨房餐厅用电（01D30）/ 供餐人次',
  inputs: [{ zh: '厨房餐厅分项电量、台账供餐人次', en: 'canteen sub-item, meals of the ledger' }],
  source: SOURCES.own,
  insufficient: { zh: '没有厨房餐厅分项或供餐人次', en: 'no canteen sub-item or no meals' },
  better: 'lower',
  compute: (input) => perMeal(input, carrierTotal(input, 'electricity', '01D30')),
});
