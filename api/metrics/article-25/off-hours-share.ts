/** A25-08: the share of electricity used outside working time, by the calendar with its shifted weekends. */
import { CLAUSES } from '../clauses.ts';
import { defineMetric } from '../metric.ts';
import { type HourLoad, NOTHING_USED, usedHours } from '../parts/electricity.ts';
import { insufficient } from '../parts/terms.ts';
import { SOURCES } from '../sources.ts';

export const offHoursShare = defineMetric({
  id: 'off-hours-share',
  code: 'A25-08',
  clause: CLAUSES.energyManagement,
  name: { zh: '非工作时间用电占比', en: 'Electricity outside working time' },
  unit: '%',
  formula: 'Σ 非工作时间电量 / Σ 电量（外购 + 光伏自用）',
  inputs: [{ zh: '逐时电量、工作日历（含调休）', en: 'hourly electricity, working calendar' }],
  source: SOURCES.savingRegulation,
  insufficient: { zh: '逐时实测率低于 90 %', en: 'hours less than 90 % measured' },
  better: 'lower',
  compute(input) {
    const { hours, completeness, why } = usedHours(input);
    if (why) return why;
    const sum = (loads: readonly HourLoad[]) => loads.reduce((total, { kwh }) => total + kwh, 0);
    const all = sum(hours);
    const off = sum(hours.filter(({ startMs }) => !input.isWorkingTime(startMs)));
    const terms = [
      {
        name: { zh: '非工作时间电量', en: 'outside working time' },
        value: off,
        unit: 'kWh',
        source: '01000',
      },
      { name: { zh: '电量合计', en: 'all hours' }, value: all, unit: 'kWh', source: '01000' },
    ];
    if (all <= 0) return insufficient(NOTHING_USED, terms, completeness);
    return { value: (off / all) * 100, completeness, terms, reasons: [] };
  },
});
