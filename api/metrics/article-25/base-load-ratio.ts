/** A25-05: what runs at night beside what runs in working hours, on working days. */
import { CLAUSES } from '../clauses.ts';
import type { MetricInput } from '../input.ts';
import { defineMetric, type MetricOutcome } from '../metric.ts';
import { type HourLoad, usedHours } from '../parts/electricity.ts';
import { insufficient } from '../parts/terms.ts';
import { SOURCES } from '../sources.ts';

const NIGHT = { from: 21, to: 5 };
const DAY = { from: 8, to: 18 };

/** Bands around the guide and alarm values on file, whose source is a vendor and no standard. */
const BANDS = {
  usual: { zh: '正常（不高于引导值）', en: 'usual: within the guide value' },
  raised: { zh: '偏高（不高于报警值）', en: 'raised: within the alarm value' },
  alarm: { zh: '报警（高于报警值）', en: 'above the alarm value' },
} as const;

function gradeOf(input: MetricInput, percent: number): MetricOutcome['grade'] {
  const quota = input.quota('base-load-ratio');
  if (!quota) return undefined;
  const { guide, constraint, id, source } = quota;
  const band = percent <= guide ? 'usual' : percent <= constraint ? 'raised' : 'alarm';
  return { id: band, name: BANDS[band], source: `${id}：${source}` };
}

function meanKw(hours: readonly HourLoad[]): number | undefined {
  if (hours.length === 0) return undefined;
  return hours.reduce((sum, { kwh }) => sum + kwh, 0) / hours.length;
}

export const baseLoadRatio = defineMetric({
  id: 'base-load-ratio',
  code: 'A25-05',
  clause: CLAUSES.energyManagement,
  name: { zh: '夜间基荷比', en: 'Base load at night' },
  unit: '%',
  formula: '工作日 21:00–05:00 平均功率 / 工作日 08:00–18:00 平均功率',
  inputs: [
    {
      zh: '逐时电量（外购 + 光伏自用）、工作日历、引导值（登记 quotas）',
      en: 'hourly electricity used, working calendar, guide values (quotas)',
    },
  ],
  source: SOURCES.baseLoad,
  insufficient: {
    zh: '逐时实测率低于 90 %，或本期没有工作日',
    en: 'hours less than 90 % measured, or no working day in the period',
  },
  better: 'lower',
  compute(input) {
    const { hours, completeness, why } = usedHours(input);
    if (why) return why;
    const ofWorkdays = hours.filter(({ startMs }) => input.isWorkday(input.localDateOf(startMs)));
    const within = (inside: (hour: number) => boolean) =>
      meanKw(ofWorkdays.filter(({ startMs }) => inside(input.localHourOf(startMs))));
    const night = within((hour) => hour >= NIGHT.from || hour < NIGHT.to);
    const day = within((hour) => hour >= DAY.from && hour < DAY.to);
    if (night === undefined || day === undefined) {
      return insufficient({
        zh: '本期没有可比的工作日',
        en: 'the period has no working day to compare',
      });
    }
    const terms = [
      {
        name: { zh: '夜间平均功率', en: 'mean power at night' },
        value: night,
        unit: 'kW',
        source: '01000',
      },
      {
        name: { zh: '工作时间平均功率', en: 'mean power in working hours' },
        value: day,
        unit: 'kW',
        source: '01000',
      },
    ];
    if (day <= 0) {
      const reason = { zh: '工作时间没有用电', en: 'no electricity in working hours' };
      return insufficient(reason, terms, completeness);
    }
    const value = (night / day) * 100;
    const grade = gradeOf(input, value);
    return { value, completeness, terms, reasons: [], ...(grade ? { grade } : {}) };
  },
});
