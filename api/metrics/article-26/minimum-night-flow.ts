/** A26-08: the flow that never stops: median over the nights of the least hour between 02:00 and 05:00. */
import { medianOf } from '../../water/median.ts';
import { nightsOf } from '../../water/nights.ts';
import { CLAUSES } from '../clauses.ts';
import { defineMetric, MIN_KNOWN } from '../metric.ts';
import { insufficient, NO_DATA, tooLittle } from '../parts/terms.ts';
import { SOURCES } from '../sources.ts';

export const minimumNightFlow = defineMetric({
  id: 'minimum-night-flow',
  code: 'A26-08',
  clause: CLAUSES.waterPatrol,
  name: { zh: '夜间最小流量', en: 'Minimum night flow' },
  unit: 'm³/h',
  formula: 'median( min( 02:00–05:00 各小时用水量 ) )',
  inputs: [{ zh: '02:00–05:00 逐时用水量', en: 'hourly water 02:00–05:00' }],
  source: SOURCES.nightFlow,
  insufficient: {
    zh: '02:00–05:00 逐时全部实测的夜晚不足 90 %',
    en: 'less than 90 % of the nights measured in every hour from 02:00 to 05:00',
  },
  better: 'lower',
  compute(input) {
    const hours = input.hours('water');
    const nights = nightsOf(hours, input.registry.region.zone);
    if (nights.length === 0) return insufficient(NO_DATA);
    const least = nights.flatMap(({ leastM3PerHour }) => leastM3PerHour ?? []);
    // Nights without a row were not measured either.
    const completeness = least.length / (input.elapsedHours / 24);
    const median = medianOf(least);
    if (completeness < MIN_KNOWN || median === undefined) {
      return insufficient(tooLittle(completeness), [], completeness);
    }
    const all = hours.flatMap(({ value }) => value ?? []);
    const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
    const terms = [
      { name: { zh: '夜数', en: 'nights' }, value: least.length, unit: '夜', source: '02000' },
      { name: { zh: '平均流量', en: 'mean flow' }, value: mean, unit: 'm³/h', source: '02000' },
      {
        name: { zh: '夜间最小流量与平均流量之比', en: 'night to mean flow' },
        value: mean > 0 ? median / mean : null,
        unit: '1',
        source: '02000',
      },
    ];
    return { value: median, completeness, terms, reasons: [] };
  },
});
