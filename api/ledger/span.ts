/** When an entry holds: local days, first and last included, or an instant; cut to milliseconds by zone. */
import { parsePeriod, type TimeRange } from '../../domain/period.ts';

/** `last` is `null` for what holds until a later entry of its kind says otherwise. */
export type Span =
  | { readonly first: string; readonly last: string | null }
  | { readonly at: string };

export function onDay(date: string): Span {
  return { first: date, last: date };
}

export function days(first: string, last: string | undefined): Span {
  return { first, last: last ?? null };
}

/** From this day on, until a later entry of its kind. */
export function since(first: string): Span {
  return { first, last: null };
}

export function inYear(year: number): Span {
  return { first: `${year}-01-01`, last: `${year}-12-31` };
}

export function atInstant(at: string): Span {
  return { at };
}

/** Entries share their days: bills of a month all begin and end alike. */
const dayRanges = new Map<string, TimeRange>();
const MOST_DAYS = 10_000;

function dayRange(date: string, zone: string): TimeRange {
  const key = `${date} ${zone}`;
  const known = dayRanges.get(key);
  if (known) return known;
  const day = parsePeriod(date, zone);
  if (!day) throw new RangeError(`${date} is no day`);
  if (dayRanges.size >= MOST_DAYS) dayRanges.clear();
  dayRanges.set(key, day);
  return day;
}

/** Half-open; an entry that still holds ends at `Infinity`. */
export function rangeOf(span: Span, zone: string): TimeRange {
  if ('at' in span) {
    const atMs = Date.parse(span.at);
    return { fromMs: atMs, toMs: atMs + 1 };
  }
  const { fromMs } = dayRange(span.first, zone);
  const toMs = span.last === null ? Number.POSITIVE_INFINITY : dayRange(span.last, zone).toMs;
  return { fromMs, toMs };
}
