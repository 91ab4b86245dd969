/**
 * How far a figure looks: V*(t) of a UTC day is decided by that day's readings and a bounded
 * number before and after it, so that a recomputed window equals the whole curve.
 */
import { DAY_MS, type TimeRange } from '../../domain/period.ts';
import { firstFrom } from './rules/order.ts';
import { STALE_MS } from './rules/rises.ts';

/** What decides about a UTC day, besides its own readings: time or number, whichever reaches further. */
export const CONTEXT = {
  beforeMs: 2 * DAY_MS,
  readingsBefore: 8,
  afterMs: 2 * DAY_MS,
  readingsAfter: 3,
} as const;

/** Readings [from, to) decide about those in [first, end), which lie in one UTC day. */
export interface DayContext {
  readonly fromMs: number;
  readonly toMs: number;
  readonly first: number;
  readonly end: number;
  readonly from: number;
  readonly to: number;
  /** The walk goes on until here, because later readings take back earlier ones. */
  readonly stopMs: number;
}

/** The context of the UTC day an instant falls in. */
export function dayContext(atMs: ArrayLike<number>, instantMs: number): DayContext {
  const fromMs = Math.floor(instantMs / DAY_MS) * DAY_MS;
  const toMs = fromMs + DAY_MS;
  const first = firstFrom(atMs, fromMs);
  const end = firstFrom(atMs, toMs);
  const before = Math.min(
    firstFrom(atMs, fromMs - CONTEXT.beforeMs),
    first - CONTEXT.readingsBefore,
  );
  const after = Math.max(firstFrom(atMs, toMs + CONTEXT.afterMs), end + CONTEXT.readingsAfter);
  return {
    fromMs,
    toMs,
    first,
    end,
    from: Math.max(0, before),
    to: Math.min(atMs.length, after),
    stopMs: toMs + STALE_MS,
  };
}

/**
 * Positions [from, to) of the readings, in order of time, that settle a range: a curve of these
 * with `sinceMs` at its start equals the curve of all within it. A `unit_change_suspected` that
 * touches the range belongs to it whole: nothing counts from its `fromMs` on, until it ends. So
 * does a bill: what was measured within it is taken off. A `stuck` run is seen as far as the
 * context holds it.
 */
export function contextOf(
  atMs: ArrayLike<number>,
  range: TimeRange,
): { readonly from: number; readonly to: number } {
  // Where the last day with readings before ends, the range begins.
  const { first } = dayContext(atMs, range.fromMs);
  const { from } = dayContext(atMs, atMs[first - 1] ?? range.fromMs);
  // The segment that leaves the range ends at an accepted reading, a few after it at most.
  const closing = firstFrom(atMs, range.toMs);
  const few = atMs[Math.min(atMs.length - 1, closing + CONTEXT.readingsBefore)];
  const lastMs = Math.max(range.toMs, few ?? range.toMs) + STALE_MS;
  const beyond = atMs[firstFrom(atMs, lastMs)] ?? lastMs;
  // One more, so that what is settled there is settled here.
  return { from, to: Math.min(atMs.length, dayContext(atMs, beyond).to + 1) };
}
