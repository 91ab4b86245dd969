/** A25-07: mean load by peak load, and the peak itself; by the hour, which is no 15-minute demand. */
import { CLAUSES } from '../clauses.ts';
import { defineMetric } from '../metric.ts';
import { gridHours, NOTHING_USED } from '../parts/electricity.ts';
import { insufficient } from '../parts/terms.ts';
import { SOURCES } from '../sources.ts';

export const loadFactor = defineMetric({
  id: 'load-factor',
  code: 'A25-07',
  clause: CLAUSES.energyManagement,
  name: { zh: '负荷率（小时）', en: 'Load factor, by the hour' },
  unit: '%',
  formula: '外购电平均功率 / 最大小时平均功率（小时值，非 15 分钟需量）',
  inputs: [{ zh: '逐时外购电量', en: 'hourly purchased electricity' }],
  source: SOURCES.own,
  insufficient: { zh: '逐时实测率低于 90 %', en: 'hours less than 90 % measured' },
  better: 'higher',
  compute(input) {
    const { hours, completeness, why } = gridHours(input);
    if (why) return why;
    const meanKw = hours.reduce((sum, { kwh }) => sum + kwh, 0) / hours.length;
    const peak = hours.reduce((a, b) => (b.kwh > a.kwh ? b : a));
    const at = `${input.localDateOf(peak.startMs)} ${input.localHourOf(peak.startMs)}:00`;
    const parts = [
      {
        name: { zh: `最大小时平均功率（${at}）`, en: `highest hourly demand (${at})` },
        value: peak.kwh,
        unit: 'kW',
        completeness,
      },
      { name: { zh: '平均功率', en: 'mean power' }, value: meanKw, unit: 'kW', completeness },
    ];
    const terms = parts.map(({ name, value, unit }) => ({ name, value, unit, source: '01000' }));
    if (peak.kwh <= 0) return insufficient(NOTHING_USED, terms, completeness);
    return { value: (meanKw / peak.kwh) * 100, completeness, terms, reasons: [], parts };
  },
});
