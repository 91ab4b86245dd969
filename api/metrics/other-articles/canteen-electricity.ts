/** A28-01: electricity of kitchen and canteen per meal. */
import { CLAUSES } from '../clauses.ts';
import { defineMetric } from '../metric.ts';
import { kitchenElectricity, perMeal } from '../parts/meals.ts';
import { SOURCES } from '../sources.ts';

export const canteenElectricity = defineMetric({
  id: 'canteen-electricity',
  code: 'A28-01',
  clause: CLAUSES.canteen,
  name: { zh: '食堂每餐用电', en: 'Canteen electricity per meal' },
  unit: 'kWh/人次',
  formula: 'Σ 厨房餐厅电表（01D30）电量 × 楼宇份额 / 供餐人次',
  inputs: [
    {
      zh: '厨房餐厅电表（分项 01D30）、台账供餐人次',
      en: 'kitchen meters of item 01D30, meals of the ledger',
    },
  ],
  source: SOURCES.own,
  insufficient: { zh: '没有厨房餐厅电表或供餐人次', en: 'no kitchen meter or no meals' },
  better: 'lower',
  compute: (input) => perMeal(input, kitchenElectricity),
});
