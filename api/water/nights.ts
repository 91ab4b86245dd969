/** What a water meter's hours say of each night: the least flow between 02:00 and 05:00, and the day's mean. */
import type { MeterConsumption } from '../../domain/consumption.ts';
import { dayStartMs, HOUR_MS, localDate, localHour } from '../../domain/period.ts';
import type { MeterNight } from '../../store/schema.ts';

/** Minimum night flow window: nobody washes, cisterns are full (facts of the IWA practice). */
const WINDOW_HOURS: readonly number[] = [2, 3, 4];
const WINDOW_FROM_MS = 2 * HOUR_MS;
const WINDOW_TO_MS = 5 * HOUR_MS;
const HOURS_A_DAY = 24;
/** Share of an hour, and of a day's hours, that must be measured to count. */
const MIN_MEASURED = 0.9;

export type HourRow = Pick<MeterConsumption, 'startMs' | 'value' | 'coverage'>;

/** A night as it is stored, whoever's it is. */
export type NightSums = Omit<MeterNight, 'meterId' | 'counter'>;

export interface Night {
  /** Local date of the window and of the day around it. */
  readonly date: string;
  /** The window: the third to the fifth hour of the day. */
  readonly fromMs: number;
  readonly toMs: number;
  /** The least hour; `undefined` unless the whole window was measured. */
  readonly leastM3PerHour: number | undefined;
  /** Mean of the day around it; `undefined` when less than 90 % of its hours were measured. */
  readonly meanM3PerHour: number | undefined;
  /** Whether some hour of the day counted nothing; `undefined` unless all were measured or one is 0. */
  readonly stopped: boolean | undefined;
}

/** Hours in order, added up by local day; a day without a row has no night. */
export function addNights(hours: readonly HourRow[], zone: string): NightSums[] {
  const nights: NightSums[] = [];
  let night: { -readonly [K in keyof NightSums]: NightSums[K] } | undefined;
  let clockDayMs = Number.NaN;
  for (const { startMs, value, coverage } of hours) {
    const hour = localHour(startMs, zone);
    // By the clock most hours lie in the day of the hour before.
    if (startMs - hour * HOUR_MS !== clockDayMs) {
      clockDayMs = startMs - hour * HOUR_MS;
      const dayMs = dayStartMs(startMs, zone);
      if (night?.startMs !== dayMs) {
        night = { startMs: dayMs, hours: 0, zeroHours: 0, sumM3: 0, windowHours: 0, leastM3: null };
        nights.push(night);
      }
    }
    if (!night || value === null || coverage < MIN_MEASURED) continue;
    night.hours += 1;
    night.sumM3 += value;
    if (value === 0) night.zeroHours += 1;
    if (!WINDOW_HOURS.includes(hour)) continue;
    night.windowHours += 1;
    night.leastM3 = Math.min(night.leastM3 ?? value, value);
  }
  return nights;
}

/** What can be said of a night by its sums. */
export function nightOf(sums: NightSums, zone: string): Night {
  const { startMs, hours, zeroHours, sumM3, windowHours, leastM3 } = sums;
  return {
    date: localDate(startMs, zone),
    fromMs: startMs + WINDOW_FROM_MS,
    toMs: startMs + WINDOW_TO_MS,
    leastM3PerHour: windowHours < WINDOW_HOURS.length ? undefined : (leastM3 ?? undefined),
    meanM3PerHour: hours < HOURS_A_DAY * MIN_MEASURED ? undefined : sumM3 / hours,
    stopped: zeroHours > 0 ? true : hours < HOURS_A_DAY ? undefined : false,
  };
}

/** Nights in order, of hours in order. */
export function nightsOf(hours: readonly HourRow[], zone: string): Night[] {
  return addNights(hours, zone).map((sums) => nightOf(sums, zone));
}
