/** Consumption rows as the api answers them: hours and days as stored, months as sums of days. */
import { z } from 'zod';
import { CONSUMPTION_CLASSES, type ConsumptionClass } from '../domain/consumption.ts';
import { DAY_MS, type Period, periodAt, type TimeRange } from '../domain/period.ts';
import { classOf } from './consumption/amounts.ts';
import { invalidRequest } from './problem.ts';

export const resolutionSchema = z.enum(['hour', 'day', 'month']);
export type SeriesResolution = z.infer<typeof resolutionSchema>;

export const amountSchema = z.object({
  start: z.iso.datetime(),
  /** `null`: nothing is known. */
  value: z.number().nullable(),
  /** Share of the period covered by measured readings, 0…1. */
  coverage: z.number(),
  /** Share of the period whose amount is known, 0…1. */
  known: z.number(),
  class: z.enum(CONSUMPTION_CLASSES),
});

interface Amount {
  readonly startMs: number;
  readonly value: number | null;
  readonly coverage: number;
  readonly known: number;
  readonly class: ConsumptionClass;
}

const LONGEST_DAYS: Readonly<Record<SeriesResolution, number>> = {
  hour: 400,
  day: 4000,
  month: 4000,
};

export const instantSchema = z.iso
  .datetime({ offset: true, error: 'an ISO 8601 instant such as 2026-10-01T00:00:00+08:00' })
  .transform((text) => Date.parse(text));

/** A half-open range of at most `longestDays`. @throws AppError `request.invalid` */
export function checkRange(
  query: { readonly from: number; readonly to: number },
  longestDays: number,
): TimeRange {
  const iso = (atMs: number) => new Date(atMs).toISOString();
  if (query.to <= query.from) {
    throw invalidRequest([
      { path: 'query.to', expected: `an instant after ${iso(query.from)}`, found: iso(query.to) },
    ]);
  }
  if (query.to - query.from > longestDays * DAY_MS) {
    const days = Math.ceil((query.to - query.from) / DAY_MS);
    throw invalidRequest([
      {
        path: 'query.to',
        expected: `at most ${longestDays} days after 'from'`,
        found: `${days} days`,
      },
    ]);
  }
  return { fromMs: query.from, toMs: query.to };
}

/** The range to read for a resolution: months are whole, since half a month is none. */
export function seriesRange(
  query: { readonly from: number; readonly to: number; readonly resolution: SeriesResolution },
  zone: string,
): TimeRange {
  const range = checkRange(query, LONGEST_DAYS[query.resolution]);
  if (query.resolution !== 'month') return range;
  return {
    fromMs: periodAt(range.fromMs, 'month', zone).fromMs,
    toMs: periodAt(range.toMs - 1, 'month', zone).toMs,
  };
}

/** Shares are weighted by the length of the days; days that are not there count as unknown. */
function sumOf<T extends Amount>(month: Period, days: readonly T[], options: MonthOptions): T[] {
  const [first] = days;
  if (!first) return [];
  const elapsedMs = Math.min(month.toMs, Math.max(options.nowMs, month.fromMs + 1)) - month.fromMs;
  const share = (of: (day: T) => number) => {
    const knownMs = days.reduce((sum, day) => {
      const { fromMs, toMs } = periodAt(day.startMs, 'day', options.zone);
      return sum + of(day) * (toMs - fromMs);
    }, 0);
    return Math.min(1, knownMs / elapsedMs);
  };
  const values = days.flatMap(({ value }) => (value === null ? [] : [value]));
  const amount = {
    value: values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0),
    coverage: share(({ coverage }) => coverage),
    known: share(({ known }) => known),
  };
  return [{ ...first, ...amount, startMs: month.fromMs, class: classOf(amount) }];
}

interface MonthOptions {
  readonly zone: string;
  /** What lies after it is not missing, only not yet there. */
  readonly nowMs: number;
}

/** Months of day rows that belong to one account or register. */
export function monthRows<T extends Amount>(days: readonly T[], options: MonthOptions): T[] {
  const byMonth = Map.groupBy(days, (day) => periodAt(day.startMs, 'month', options.zone).id);
  return [...byMonth.values()].flatMap((own) => {
    const month = periodAt(own[0]?.startMs ?? 0, 'month', options.zone);
    return sumOf(month, own, options);
  });
}

export function amountOf(row: Amount): z.input<typeof amountSchema> {
  const { startMs, value, coverage, known } = row;
  return { start: new Date(startMs).toISOString(), value, coverage, known, class: row.class };
}
