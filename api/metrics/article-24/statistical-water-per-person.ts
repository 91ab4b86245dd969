/** A24-05: water per person of the statistics form: its head count, all metered tap water. */
import { CLAUSES } from '../clauses.ts';
import { defineMetric } from '../metric.ts';
import { carrierTotal } from '../parts/energy.ts';
import { perPerson } from '../parts/ratio.ts';
import { SOURCES } from '../sources.ts';

export const statisticalWaterPerPerson = defineMetric({
  id: 'statistical-water-per-person',
  code: 'A24-05',
  clause: CLAUSES.planning,
  name: { zh: '人均用水量（统计口径）', en: 'Water per person (statistics)' },
  unit: 'm³/人',
  formula: '年用水量 / 用能人数（统计制度口径；节水型机关口径见 A26-01）',
  inputs: [{ zh: '用水量、用能人数（统计口径）', en: 'water, head count of the statistics' }],
  source: SOURCES.efficiencyLeaders,
  insufficient: {
    zh: '用水量已知率低于 90 %，或未登记统计口径的用能人数',
    en: 'water less than 90 % known, or no head count by the statistics’ definition',
  },
  better: 'lower',
  compute: (input) => perPerson(input, carrierTotal(input, 'water')),
});
