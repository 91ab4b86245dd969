/** A26-01: tap water per person. */
import { CLAUSES } from '../clauses.ts';
import { defineMetric } from '../metric.ts';
import { carrierTotal } from '../parts/energy.ts';
import { perPerson } from '../parts/ratio.ts';
import { SOURCES } from '../sources.ts';

export const waterPerPerson = defineMetric({
  id: 'water-per-person',
  code: 'A26-01',
  clause: CLAUSES.waterManagement,
  name: { zh: '人均用水量', en: 'Water per person' },
  unit: 'm³/人',
  formula: '用水量 / 用水人数（不含非常规水源）',
  inputs: [{ zh: '用水量、用水人数', en: 'water, head count' }],
  source: SOURCES.waterSavingOrgan,
  insufficient: {
    zh: '用水量已知率低于 90 % 或未登记人数',
    en: 'water less than 90 % known or no head count',
  },
  better: 'lower',
  compute: (input) => perPerson(input, carrierTotal(input, 'water')),
});
