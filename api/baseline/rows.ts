/** What models are fitted to: amounts of days or billing periods beside the driver of each of their days. */
import { DAY_MS, localDate } from '../../domain/period.ts';

/** A local day's amount; `null` when it is not known. */
export interface DayAmount {
  readonly date: string;
  readonly value: number | null;
}

/** Mean outdoor temperature of a local day; `null` when too few hours were measured. */
export interface DayTemperature {
  readonly date: string;
  readonly meanC: number | null;
}

/** Anything else a day's use follows, e.g. people at work. */
export interface DayDriver {
  readonly date: string;
  readonly value: number | null;
}

/** One day, or one billing period. */
export interface Row {
  /** First local day. */
  readonly date: string;
  readonly amount: number | null;
  readonly days: number;
  /** Temperature or other driver of each day that has one. */
  readonly drivers: readonly number[];
}

/** A row with both sides known: only these are fitted and compared (CalTRACK 3.6.1). */
export interface KnownRow extends Row {
  readonly amount: number;
}

export function isKnown(row: Row): row is KnownRow {
  return row.amount !== null && row.drivers.length > 0;
}

/** Days since 1970 of a calendar date; differences are lengths in days. */
export function dayNumber(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY_MS;
}

export function dateOf(dayNumberOfDate: number): string {
  return new Date(dayNumberOfDate * DAY_MS).toISOString().slice(0, 10);
}

/** Share of a day that must be known (CalTRACK 2.2.2.1). */
const KNOWN_SHARE = 0.5;

/**
 * Day rows of a meter or an account as amounts of whole days: what is missing of a day is taken to
 * be like the rest of it (CalTRACK 2.2.2.1), and with more than half missing nothing is known.
 */
export function dayAmounts(
  rows: readonly {
    readonly startMs: number;
    readonly value: number | null;
    /** Share of the day that is known, 0…1. */
    readonly known: number;
  }[],
  zone: string,
): DayAmount[] {
  return rows.map(({ startMs, value, known }) => ({
    date: localDate(startMs, zone),
    value: value === null || known < KNOWN_SHARE ? null : value / known,
  }));
}

/** Every day from the first to the last given, each beside its driver; a day without amount is unknown. */
export function dayRows(days: readonly DayAmount[], drivers: readonly DayDriver[]): Row[] {
  const numbers = days.map(({ date }) => dayNumber(date));
  if (numbers.length === 0) return [];
  const amounts = new Map(days.map(({ date, value }) => [date, value]));
  const byDate = new Map(drivers.map(({ date, value }) => [date, value]));
  const first = numbers.reduce((a, b) => Math.min(a, b));
  const last = numbers.reduce((a, b) => Math.max(a, b));
  return Array.from({ length: last - first + 1 }, (_, i) => {
    const date = dateOf(first + i);
    const driver = byDate.get(date) ?? null;
    const amount = amounts.get(date) ?? null;
    return { date, amount, days: 1, drivers: driver === null ? [] : [driver] };
  });
}
