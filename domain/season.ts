/** Heating seasons as periods, and the span a row of any resolution covers. */
import { type HeatingSeason, inHeatingSeason } from './calendar.ts';
import { DAY_MS, dateStartMs, HOUR_MS, localDate, periodAt, type Resolution } from './period.ts';

/** How a region cuts its time. */
export interface LocalCalendar {
  readonly zone: string;
  readonly heatingSeason: HeatingSeason;
}

/** A stretch of local time with a name that is a slug: `day-2026-10-05`, `season-2025`. */
export interface Span {
  readonly kind: Resolution;
  readonly id: string;
  readonly fromMs: number;
  readonly toMs: number;
}

/** The heating season (采暖季) an instant lies in, named by the year it starts in; none in between. */
export function seasonAt(atMs: number, calendar: LocalCalendar): Span | undefined {
  const { zone, heatingSeason: season } = calendar;
  const date = localDate(atMs, zone);
  if (!inHeatingSeason(date, season)) return undefined;
  const year = Number(date.slice(0, 4));
  const overNewYear = season.from > season.to;
  const first = overNewYear && date.slice(5) < season.from ? year - 1 : year;
  const last = overNewYear ? first + 1 : first;
  const lastDayMs = dateStartMs(`${last}-${season.to}`, zone);
  return {
    kind: 'season',
    id: `season-${first}`,
    fromMs: dateStartMs(`${first}-${season.from}`, zone),
    toMs: periodAt(lastDayMs, 'day', zone).toMs,
  };
}

/** The span of a resolution an instant lies in; outside the heating season there is no season. */
export function spanAt(atMs: number, kind: Resolution, calendar: LocalCalendar): Span | undefined {
  if (kind === 'season') return seasonAt(atMs, calendar);
  if (kind === 'hour') {
    const fromMs = Math.floor(atMs / HOUR_MS) * HOUR_MS;
    return { kind, id: `hour-${fromMs / HOUR_MS}`, fromMs, toMs: fromMs + HOUR_MS };
  }
  const { id, fromMs, toMs } = periodAt(atMs, kind, calendar.zone);
  return { kind, id: `${kind}-${id}`, fromMs, toMs };
}

/** The spans of a resolution that touch a range, in order. */
export function spansIn(
  range: { readonly fromMs: number; readonly toMs: number },
  kind: Resolution,
  calendar: LocalCalendar,
): Span[] {
  const spans: Span[] = [];
  for (let at = range.fromMs; at < range.toMs; ) {
    const span = spanAt(at, kind, calendar);
    if (span) spans.push(span);
    // Between two seasons there is nothing: on to the next local day.
    at = span ? span.toMs : periodAt(at, 'day', calendar.zone).toMs;
  }
  return spans;
}

/** Length of a row's span; a season that its region no longer has counts as a day. */
export function spanMs(atMs: number, kind: Resolution, calendar: LocalCalendar): number {
  if (kind === 'hour') return HOUR_MS;
  const span = spanAt(atMs, kind, calendar);
  return span ? span.toMs - span.fromMs : DAY_MS;
}
