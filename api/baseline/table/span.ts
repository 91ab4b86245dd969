/** Stretches of calendar days as people write them, both ends included: `2025-01-01..2025-12-31`, `2025-03..2026-02`, `2025`. */
import { Temporal } from 'temporal-polyfill';
import { dateOf, dayNumber } from '../rows.ts';

export interface Span {
  readonly fromDate: string;
  /** The first day that is not in it any more. */
  readonly toDate: string;
}

const POINT = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;

/** The day, month or year that a text names. */
function pointOf(text: string): Span | undefined {
  const match = POINT.exec(text.trim());
  if (!match) return undefined;
  const [, year, month, day] = match;
  try {
    const from = Temporal.PlainDate.from(
      { year: Number(year), month: Number(month ?? 1), day: Number(day ?? 1) },
      { overflow: 'reject' },
    );
    const length = day ? { days: 1 } : month ? { months: 1 } : { years: 1 };
    return { fromDate: from.toString(), toDate: from.add(length).toString() };
  } catch {
    return undefined;
  }
}

export function parseSpan(text: string): Span | undefined {
  const [first = '', last = first, ...more] = text.split('..');
  const [from, to] = [pointOf(first), pointOf(last)];
  if (!from || !to || more.length > 0 || to.toDate <= from.fromDate) return undefined;
  return { fromDate: from.fromDate, toDate: to.toDate };
}

export function daysOf({ fromDate, toDate }: Span): string[] {
  const first = dayNumber(fromDate);
  return Array.from({ length: dayNumber(toDate) - first }, (_, i) => dateOf(first + i));
}

export function overlaps(a: Span, b: Span): boolean {
  return a.fromDate < b.toDate && b.fromDate < a.toDate;
}

/** With its last day, as it is written. */
export function formatSpan({ fromDate, toDate }: Span): string {
  return `${fromDate}..${dateOf(dayNumber(toDate) - 1)}`;
}
