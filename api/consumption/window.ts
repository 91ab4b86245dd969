/** What has to be read to compute a stretch of a register as its whole history would have it, and how far a change reaches. */
import { DAY_MS, HOUR_MS, periodAt, type TimeRange } from '../../domain/period.ts';
import type { QuantityId } from '../../domain/quantities.ts';
import type { CounterColumns, Store } from '../../store/port.ts';
import { CONTEXT, contextOf } from './context.ts';
import { firstFrom } from './rules/order.ts';

export interface Register {
  readonly meterId: string;
  /** The register, or the power of a meter that has none. */
  readonly quantity: QuantityId;
  /** When the first thing known of the meter was read. */
  readonly firstMs: number;
  /** When something was known of it that is not a reading of ours: by hand, from a bill. */
  readonly otherMs: readonly number[];
}

export interface Stretch extends TimeRange {
  readonly zone: string;
  readonly nowMs: number;
  /** Days before and after whose figures the change may have decided; without it a sweep follows. */
  readonly isExact: boolean;
}

export interface Window {
  readonly registers: CounterColumns;
  /** Whole local days whose rows are to be computed; the last may end with the running hour. */
  readonly range: TimeRange;
}

/** A look that finds nothing goes on this many times as far. */
const FURTHER = 4;
/** A figure looks at the days around its UTC day, so a reading is looked at from one day more. */
const REACH_MS = Math.max(CONTEXT.beforeMs, CONTEXT.afterMs) + DAY_MS;

/** Whole local days around a range. */
export function wholeDays(range: TimeRange, zone: string): TimeRange {
  const { fromMs } = periodAt(range.fromMs, 'day', zone);
  return { fromMs, toMs: periodAt(Math.max(fromMs, range.toMs - 1), 'day', zone).toMs };
}

/** From the first start to the last end; nothing of nothing. */
export function union(ranges: Iterable<TimeRange>): TimeRange | undefined {
  const all = [...ranges];
  if (all.length === 0) return undefined;
  return {
    fromMs: all.reduce((min, { fromMs }) => Math.min(min, fromMs), Number.POSITIVE_INFINITY),
    toMs: all.reduce((max, { toMs }) => Math.max(max, toMs), Number.NEGATIVE_INFINITY),
  };
}

/** Local months of a range, so that memory does not grow with it; every part is whole days. */
export function monthsIn(range: TimeRange, zone: string): TimeRange[] {
  const parts: TimeRange[] = [];
  for (let at = range.fromMs; at < range.toMs; ) {
    const toMs = Math.min(range.toMs, periodAt(at, 'month', zone).toMs);
    parts.push({ fromMs: at, toMs });
    at = toMs;
  }
  return parts;
}

function isInstant(atMs: number | undefined): atMs is number {
  return atMs !== undefined && Number.isFinite(atMs);
}

/**
 * The days a change of readings in a stretch decides about: from the last reading before to the
 * first one after, since the step between two readings is one segment of the curve however long it
 * is, and as far around as figures look.
 */
function reachOf(atMs: Float64Array, register: Register, stretch: Stretch): TimeRange {
  const { isExact, zone, nowMs } = stretch;
  const endMs = Math.ceil(nowMs / HOUR_MS) * HOUR_MS;
  const first = firstFrom(atMs, stretch.fromMs);
  const after = firstFrom(atMs, stretch.toMs);
  const [back, ahead] = isExact ? [CONTEXT.readingsAfter + 1, CONTEXT.readingsBefore + 1] : [1, 1];
  const reachMs = isExact ? REACH_MS : 0;
  const earlier = register.otherMs.filter((at) => at < stretch.fromMs);
  const later = register.otherMs.filter((at) => at >= stretch.toMs);
  const isNew = first < atMs.length || earlier.length < register.otherMs.length;
  // Without anything new the past is decided as it was.
  const before = isNew ? [atMs[Math.max(0, first - back)], Math.max(...earlier)] : [];
  const beforeMs = Math.min(stretch.fromMs, ...before.filter(isInstant));
  const afterMs = Math.max(
    stretch.toMs,
    ...[atMs[Math.min(atMs.length - 1, after + ahead - 1)], Math.min(...later)].filter(isInstant),
  );
  const days = wholeDays(
    {
      fromMs: Math.min(beforeMs, stretch.fromMs - reachMs),
      toMs: Math.max(afterMs, stretch.toMs + reachMs),
    },
    zone,
  );
  return {
    fromMs: Math.max(days.fromMs, Math.floor(register.firstMs / HOUR_MS) * HOUR_MS),
    toMs: Math.min(days.toMs, endMs),
  };
}

/** The readings that decide about a stretch and what it reaches. */
export async function windowOf(
  store: Store,
  register: Register,
  stretch: Stretch,
): Promise<Window> {
  const { meterId, quantity, firstMs } = register;
  const endMs = stretch.nowMs + DAY_MS;
  const aroundMs = REACH_MS + 2 * DAY_MS;
  let { fromMs } = wholeDays(stretch, stretch.zone);
  fromMs -= aroundMs + (stretch.isExact ? REACH_MS : 0);
  let toMs = stretch.toMs + aroundMs + (stretch.isExact ? REACH_MS : 0);
  for (let further = aroundMs; ; further *= FURTHER) {
    const columns = { fromMs, toMs: Math.min(toMs, endMs) };
    const registers = await store.counterColumns(meterId, quantity, columns);
    const { atMs } = registers;
    const range = reachOf(atMs, register, stretch);
    const context = contextOf(atMs, range);
    // A silent stretch has nothing to decide, whatever was long before.
    const isSilent = atMs.length === 0 && toMs >= endMs && register.otherMs.length === 0;
    const isAllBack = context.from > 0 || fromMs <= firstMs || isSilent;
    const isAllAhead = context.to < atMs.length || toMs >= endMs;
    if (isAllBack && isAllAhead) return { registers, range };
    if (!isAllBack) fromMs -= further;
    if (!isAllAhead) toMs += further;
  }
}
