/** A25-08: the share of electricity used outside working time, by the calendar with its shifted weekends. */
import { CLAUSES } from '../clauses.ts';
import { defineMetric, MIN_KNOWN } from '../metric.ts';
import { insufficient, NO_DATA, tooLittle } from '../parts/terms.ts';
import { SOURCES } from '../sources.ts';

export const offHoursShare = defineMetric({
  id: 'off-hours-share',
  code: 'A25-08',
  clause: CLAUSES.energyManagement,
  name: { zh: '非工作时间用电占比', en: 'Electricity outside working time' },
  unit: '%',
  formula: 'Σ 非工作时间电量 / Σ 电量',
  inputs: [{ zh: '逐时电量、工作日历（含调休）', en: 'hourly electricity, working calendar' }],
  source: SOURCES.savingRegulation,
  insufficient: { zh: '逐时实测率低于 90 %', en: 'hours less than 90 % measured' },
  better: 'lower',
  compute(input) {
    const hours = input.hours('electricity');
    // An hour whose shape is a guess says nothing about when it was used.
    const measured = hours.filter(({ value, coverage }) => value !== null && coverage >= MIN_KNOWN);
    if (hours.length === 0) return insufficient(NO_DATA);
    const completeness = measured.length / input.elapsedHours;
    if (completeness < MIN_KNOWN) return insufficient(tooLittle(completeness), [], completeness);
    const sum = (rows: typeof measured) =>
      rows.reduce((total, { value }) => total + (value ?? 0), 0);
    const all = sum(measured);
    const off = sum(measured.filter(({ startMs }) => !input.isWorkingTime(startMs)));
    const terms = [
      {
        name: { zh: '非工作时间电量', en: 'outside working time' },
        value: off,
        unit: 'kWh',
        source: '01000',
      },
      { name: { zh: '电量合计', en: 'all hours' }, value: all, unit: 'kWh', source: '01000' },
    ];
    if (all <= 0)
      return insufficient(
        { zh: '本期没有用电', en: 'no electricity was used' },
        terms,
        completeness,
      );
    return { value: (off / all) * 100, completeness, terms, reasons: [] };
  },
});
