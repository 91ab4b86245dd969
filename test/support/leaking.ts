/** Hour rows of water meters in which something runs at night. */
import type { MeterConsumption } from '../../domain/consumption.ts';
import { DAY_MS, dateStartMs, HOUR_MS } from '../../domain/period.ts';

export interface LeakingHours {
  readonly meterId: string;
  /** Local date of the last night; its day is written up to noon. */
  readonly lastDate: string;
  readonly zone: string;
  readonly days: number;
  /** m³ an hour that never stop, by how many nights ago; `null`: not measured. */
  readonly runs: (ago: number) => number | null;
}

const LAST_HOUR = 12;

/** 1 m³ an hour from 08:00 to 18:00, and what runs away on top. */
export function leakingHours(options: LeakingHours): MeterConsumption[] {
  const { meterId, lastDate, zone, days, runs } = options;
  const lastDayMs = dateStartMs(lastDate, zone);
  const count = (days - 1) * 24 + LAST_HOUR;
  return Array.from({ length: count }, (_, index): MeterConsumption => {
    const hour = index % 24;
    const flow = runs(days - 1 - Math.floor(index / 24));
    const known = flow === null ? 0 : 1;
    return {
      ...{ meterId, counter: 'volume', resolution: 'hour' },
      startMs: lastDayMs - (days - 1) * DAY_MS + index * HOUR_MS,
      value: flow === null ? null : flow + (hour >= 8 && hour < 18 ? 1 : 0),
      ...{ coverage: known, manual: 0, estimated: 0, known, flags: [] },
      ...{ class: flow === null ? 'missing' : 'measured', ruleVersion: 1, revision: 0 },
    };
  });
}
