/** A26-08: the flow that never stops: median over the nights of the least hour between 02:00 and 05:00. */
import { defineMetric, MIN_KNOWN } from '../metric.ts';
import { insufficient, NO_DATA, tooLittle } from '../parts/terms.ts';

const WINDOW_HOURS = [2, 3, 4];
const DAY_MS = 24 * 3_600_000;

export const minimumNightFlow = defineMetric({
  id: 'minimum-night-flow',
  article: 26,
  clause: {
    zh: '开展用水设备日常维护和巡查',
    en: 'maintains and patrols its water equipment daily',
  },
  name: { zh: '夜间最小流量', en: 'Minimum night flow' },
  unit: 'm³/h',
  formula: 'median( min( 02:00–05:00 各小时用水量 ) )',
  source: '夜间最小流量法，时段 02:00–05:00（IWA 水平衡实践）',
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
