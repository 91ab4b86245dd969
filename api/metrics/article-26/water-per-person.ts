/** A26-01: tap water per person, by the head count of the water-saving standards. */
import type { Text } from '../../../domain/text.ts';
import { CLAUSES } from '../clauses.ts';
import type { MetricInput } from '../input.ts';
import { defineMetric } from '../metric.ts';
import { per } from '../parts/ratio.ts';
import { tapWater } from '../parts/water.ts';
import { SOURCES } from '../sources.ts';

const OTHER_COUNT: Text = {
  zh: '未登记节水型机关口径人数（含来访），按统计制度用能人数计算',
  en: 'no head count by the water-saving definition: divided by that of the statistics',
};

/** Another definition stands in only where it is named. */
function waterPersons(input: MetricInput) {
  const own = input.persons('water-saving');
  if (own !== undefined) return { value: own, source: 'agencies.heads：water-saving', notes: [] };
  const value = input.persons('statistics');
  const notes = value === undefined ? [] : [OTHER_COUNT];
  return { value, source: 'agencies.heads：statistics', notes };
}

export const waterPerPerson = defineMetric({
  id: 'water-per-person',
  code: 'A26-01',
  clause: CLAUSES.waterManagement,
  name: { zh: '人均用水量', en: 'Water per person' },
  unit: 'm³/人',
  formula: '（用水量 − 雨水、再生水）/ 用水人数（在编与非在编，含来访）',
  inputs: [
    {
      zh: '用水量、用水人数（节水型机关口径）、雨水与再生水表',
      en: 'water, head count of the water-saving definition, meters of rain and reclaimed water',
    },
  ],
  source: SOURCES.waterSavingOrgan,
  insufficient: {
    zh: '用水量已知率低于 90 % 或未登记人数',
    en: 'water less than 90 % known or no head count',
  },
  better: 'lower',
  compute(input) {
    const { value, source, notes } = waterPersons(input);
    const name = { zh: '用水人数', en: 'people using water' };
    const outcome = per(tapWater(input), { name, value, unit: '人', source });
    return { ...outcome, reasons: [...outcome.reasons, ...notes] };
  },
});
