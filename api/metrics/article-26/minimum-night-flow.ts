/** A26-08: the flow that never stops: median over the nights of the least hour between 02:00 and 05:00. */
import { CLAUSES } from '../clauses.ts';
import { defineMetric, MIN_KNOWN } from '../metric.ts';
import { insufficient, NO_DATA, tooLittle } from '../parts/terms.ts';
import { SOURCES } from '../sources.ts';

const WINDOW_HOURS = [2, 3, 4];
const DAY_MS = 24 * 3_600_000;

export const minimumNightFlow = defineMetric({
  id: 'minimum-night-flow',
  code: 'A26-08',
  clause: CLAUSES.waterPatrol,
  name: { zh: '夜间最小流量', en: 'Minimum night flow' },
  unit: 'm³/h',
  formula: 'median( min( 02:00–05:00 各小时用水量 ) )',
  inputs: [{ zh: '02:00–05:00 逐时用水量', en: 'hourly water 02:00–05:00' }],
  source: SOURCES.nightFlow,
  insufficient: { zh: '夜间逐时实测率低于 90 %', en: 'night hours less than 90 % measured' },
  better: 'lower',
  compute(input) {
    const night = input
      .hours('water')
      .filter(({ startMs }) => WINDOW_HOURS.includes(input.localHourOf(startMs)));
    if (night.length === 0) return insufficient(NO_DATA);
    const measured = night.filter(({ value, coverage }) => value !== null && coverage >= MIN_KNOWN);
    // Hours without a row were not measured either.
    const completeness = measured.length / ((input.elapsedHours * WINDOW_HOURS.length) / 24);
    if (completeness < MIN_KNOWN) return insufficient(tooLittle(completeness), [], completeness);
    // The window lies inside one UTC day in every zone from UTC+6 to UTC+12.
    const nights = Map.groupBy(measured, ({ startMs }) => Math.floor(startMs / DAY_MS));
    const least = [...nights.values()]
      .map((rows) => Math.min(...rows.map(({ value }) => value ?? Number.POSITIVE_INFINITY)))
      .sort((a, b) => a - b);
    const middle = least.length / 2;
    const median = ((least[Math.ceil(middle) - 1] ?? 0) + (least[Math.floor(middle)] ?? 0)) / 2;
    const all = input.hours('water').filter(({ value }) => value !== null);
    const mean = all.reduce((sum, { value }) => sum + (value ?? 0), 0) / all.length;
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
