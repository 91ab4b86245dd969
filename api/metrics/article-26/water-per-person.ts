/** A26-01: tap water per person, by the head count of the water-saving standards. */
import { daysIn } from '../../../domain/period.ts';
import type { Text } from '../../../domain/text.ts';
import { CLAUSES } from '../clauses.ts';
import type { MetricInput } from '../input.ts';
import { defineMetric, type MetricPart } from '../metric.ts';
import { per } from '../parts/ratio.ts';
import { tapWater } from '../parts/water.ts';
import { SOURCES } from '../sources.ts';

const OTHER_COUNT: Text = {
  zh: '未登记节水型机关口径人数（含来访），按统计制度用能人数计算',
  en: 'no head count by the water-saving definition: divided by that of the statistics',
};

const LITRES_PER_M3 = 1000;

/** Working days of the calendar with its shifted weekends (调休). */
function workdaysOf(input: MetricInput): number {
  const days = daysIn(input.elapsed, input.registry.region.zone);
  return days.filter(({ id }) => input.isWorkday(id)).length;
}

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
  formula: '（用水量 − 雨水、再生水）/ 用水人数（在编与非在编，含来访）；另列每人每工作日升数',
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
    const workdays = workdaysOf(input);
    const daily: MetricPart[] =
      outcome.value === null || workdays === 0
        ? []
        : [
            {
              name: { zh: '人均工作日用水', en: 'per person and working day' },
              value: (outcome.value * LITRES_PER_M3) / workdays,
              unit: 'L/(人·工作日)',
              completeness: outcome.completeness,
            },
          ];
    return { ...outcome, reasons: [...outcome.reasons, ...notes], parts: daily };
  },
});
