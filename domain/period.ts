/** How time is cut: half-open ranges of UTC milliseconds, days and months by the rules of a time zone. */
import { Temporal } from 'temporal-polyfill';

/** Half-open: `fromMs` belongs to it, `toMs` does not. UTC milliseconds since 1970. */
export interface TimeRange {
  readonly fromMs: number;
  readonly toMs: number;
}

/** What rows are cut by; a `season` is a heating season, named by its start. */
export const RESOLUTIONS = ['hour', 'day', 'month', 'year', 'season'] as const;
export type Resolution = (typeof RESOLUTIONS)[number];

/** `2026`, `2026-10` or `2026-10-05`, as written in addresses and file names. */
export interface Period extends TimeRange {
  readonly id: string;
  readonly kind: 'year' | 'month' | 'day';
}

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

const PERIOD_PATTERN = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/;

function startMs(date: Temporal.PlainDate, zone: string): number {
  return date.toZonedDateTime(zone).epochMilliseconds;
}

/** The period a text names, cut at local midnights of `zone`; `undefined` when it names none. */
export function parsePeriod(id: string, zone: string): Period | undefined {
  const match = PERIOD_PATTERN.exec(id);
  if (!match) return undefined;
  const [, year, month, day] = match;
  try {
    const from = Temporal.PlainDate.from(
      { year: Number(year), month: Number(month ?? 1), day: Number(day ?? 1) },
      { overflow: 'reject' },
    );
    const kind = day ? 'day' : month ? 'month' : 'year';
    const to = from.add(
      kind === 'day' ? { days: 1 } : kind === 'month' ? { months: 1 } : { years: 1 },
    );
    return { id, kind, fromMs: startMs(from, zone), toMs: startMs(to, zone) };
  } catch {
    return undefined;
  }
}

/** By zone, then UTC hour. */
const offsets = new Map<string, Map<number, number>>();
const MOST_OFFSETS = 100_000;

/** Offset of a zone at an instant. Zones change on whole UTC hours, so an hour is asked for once. */
function zoneOffsetMs(atMs: number, zone: string): number {
  const hour = Math.floor(atMs / HOUR_MS);
  const ofZone = offsets.get(zone) ?? new Map<number, number>();
  const known = ofZone.get(hour);
  if (known !== undefined) return known;
  if (ofZone.size >= MOST_OFFSETS) ofZone.clear();
  offsets.set(zone, ofZone);
  const at = Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(zone);
  const offsetMs = at.offsetNanoseconds / 1e6;
  ofZone.set(hour, offsetMs);
  return offsetMs;
}

/** Whether a zone exists and its clocks differ from UTC by whole hours, which hour rows rely on. */
export function isWholeHourZone(zone: string): boolean {
  try {
    return [0, 182].every(
      (day) => zoneOffsetMs(Date.UTC(2025, 0, 1) + day * DAY_MS, zone) % HOUR_MS === 0,
    );
  } catch {
    return false;
  }
}

/** Dates by days since the epoch: a year of hours falls on few of them. */
const dates = new Map<number, string>();
const MOST_DATES = 20_000;

/** The calendar date (`2026-10-05`) an instant falls on in `zone`. */
export function localDate(atMs: number, zone: string): string {
  const day = Math.floor((atMs + zoneOffsetMs(atMs, zone)) / DAY_MS);
  const known = dates.get(day);
  if (known !== undefined) return known;
  if (dates.size >= MOST_DATES) dates.clear();
  const date = new Date(day * DAY_MS).toISOString().slice(0, 10);
  dates.set(day, date);
  return date;
}

/** Local hour 0…23 of an instant. */
export function localHour(atMs: number, zone: string): number {
  const localMs = atMs + zoneOffsetMs(atMs, zone);
  return Math.floor(localMs / HOUR_MS) - 24 * Math.floor(localMs / DAY_MS);
}

/** Start of the local day an instant falls on. */
export function dayStartMs(atMs: number, zone: string): number {
  const hourMs = Math.floor(atMs / HOUR_MS) * HOUR_MS;
  const byClockMs = hourMs - localHour(atMs, zone) * HOUR_MS;
  const isMidnight =
    localHour(byClockMs, zone) === 0 && localHour(byClockMs - HOUR_MS, zone) === 23;
  // Clocks that were changed since midnight say something else.
  return isMidnight ? byClockMs : periodAt(atMs, 'day', zone).fromMs;
}

/** By zone, then id: whoever walks over a year asks for each of its days. */
const periods = new Map<string, Map<string, Period>>();
const MOST_PERIODS = 20_000;

/** The period a text names, worked out once; `undefined` when it names none. */
function knownPeriod(id: string, zone: string): Period | undefined {
  const ofZone = periods.get(zone) ?? new Map<string, Period>();
  const known = ofZone.get(id);
  if (known) return known;
  if (ofZone.size >= MOST_PERIODS) ofZone.clear();
  periods.set(zone, ofZone);
  const period = parsePeriod(id, zone);
  if (period) ofZone.set(id, period);
  return period;
}

/** Start of a calendar date (`2026-10-05`) in `zone`. */
export function dateStartMs(date: string, zone: string): number {
  const day = knownPeriod(date, zone);
  return day?.kind === 'day' ? day.fromMs : startMs(Temporal.PlainDate.from(date), zone);
}

/** The period of a kind that contains an instant. */
export function periodAt(atMs: number, kind: Period['kind'], zone: string): Period {
  const date = localDate(atMs, zone);
  const id = kind === 'year' ? date.slice(0, 4) : kind === 'month' ? date.slice(0, 7) : date;
  return knownPeriod(id, zone) as Period;
}

/** The period just before, of the same kind. */
export function previousPeriod(period: Period, zone: string): Period {
  return periodAt(period.fromMs - 1, period.kind, zone);
}

/** The local days that touch a range, in order. A day lasts 23, 24 or 25 hours. */
export function daysIn(range: TimeRange, zone: string): Period[] {
  const days: Period[] = [];
  for (let at = range.fromMs; at < range.toMs; ) {
    const day = periodAt(at, 'day', zone);
    days.push(day);
    at = day.toMs;
  }
  return days;
}

/** The part two ranges share; empty ranges have `toMs <= fromMs`. */
export function intersect(a: TimeRange, b: TimeRange): TimeRange {
  return { fromMs: Math.max(a.fromMs, b.fromMs), toMs: Math.min(a.toMs, b.toMs) };
}
