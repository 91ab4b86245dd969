/** Rule 1: puts readings in order, drops what is not a value, and lets the later write win. */
import type { CounterColumns, ManualReading } from '../../../domain/reading.ts';
import { type CurveFinding, type CurveRules, isOff } from '../rules.ts';
import type { Point } from './rate.ts';

/** One register over time, strictly in order: what the rules walk over. */
export interface Series {
  readonly atMs: Float64Array;
  readonly value: Float64Array;
  /** 1 where the reading is a person's. */
  readonly byHand: Uint8Array;
}

interface Ordered {
  readonly series: Series;
  readonly findings: readonly CurveFinding[];
}

/** Clocks differ; what is further ahead cannot have been read yet. */
const AHEAD_MS = 5 * 60_000;

export function pointAt({ atMs, value }: Series, index: number): Point {
  return { atMs: atMs[index] ?? Number.NaN, value: value[index] ?? Number.NaN };
}

/** Index of the first reading at or after an instant. */
export function firstFrom(atMs: ArrayLike<number>, fromMs: number): number {
  let low = 0;
  let high = atMs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((atMs[middle] ?? 0) < fromMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function sliceSeries({ atMs, value, byHand }: Series, from: number, to: number): Series {
  return {
    atMs: atMs.subarray(from, to),
    value: value.subarray(from, to),
    byHand: byHand.subarray(from, to),
  };
}

/**
 * What integers of 32 and 64 bits hold when there is nothing to hold, for meters whose profile does
 * not say so. A register that really passes one of them loses nothing: the next reading counts it.
 */
const FULL_REGISTERS: ReadonlySet<number> = new Set([2 ** 31 - 1, 2 ** 32 - 1, 2 ** 63, 2 ** 64]);

/** Missing, NaN, infinite, negative and full registers are no values; none of them is a zero. */
function isRegister(value: number | undefined): value is number {
  return (
    value !== undefined &&
    value >= 0 &&
    value < Number.POSITIVE_INFINITY &&
    !FULL_REGISTERS.has(value)
  );
}

/** Positions in order of event time; of equal instants, in order of arrival. */
function positionsInOrder(atMs: ArrayLike<number>, rules: CurveRules): Uint32Array | undefined {
  let inOrder = true;
  for (let i = 1; i < atMs.length && inOrder; i += 1)
    inOrder = (atMs[i] ?? 0) >= (atMs[i - 1] ?? 0);
  if (inOrder || isOff(rules, 'order')) return undefined;
  const positions = Uint32Array.from({ length: atMs.length }, (_, i) => i);
  return positions.sort((a, b) => (atMs[a] ?? 0) - (atMs[b] ?? 0) || a - b);
}

/** Sorts by event time, whatever the order of arrival; of equal instants the last in the input counts. */
export function toSeries(columns: CounterColumns, rules: CurveRules): Ordered {
  const { length } = columns.atMs;
  const positions = positionsInOrder(columns.atMs, rules);
  const keepsFirst = isOff(rules, 'last-write');
  const readsZero = isOff(rules, 'no-value');
  const endMs = isOff(rules, 'future') ? undefined : rules.nowMs;
  const latestMs = endMs === undefined ? Number.POSITIVE_INFINITY : endMs + AHEAD_MS;
  const atMs = new Float64Array(length);
  const value = new Float64Array(length);
  const findings: CurveFinding[] = [];
  let last = -1;
  for (let i = 0; i < length; i += 1) {
    const position = positions === undefined ? i : (positions[i] ?? 0);
    const at = columns.atMs[position] ?? Number.NaN;
    let read = columns.value[position];
    if (!isRegister(read)) {
      if (!readsZero) continue;
      read = 0;
    }
    if (at > latestMs) {
      const evidence = [{ atMs: at, value: read }];
      findings.push({ code: 'future', fromMs: at, toMs: at, evidence });
      continue;
    }
    if (last >= 0 && at === atMs[last]) {
      const before = value[last] ?? read;
      if (before === read) continue;
      const evidence = [
        { atMs: at, value: before },
        { atMs: at, value: read },
      ];
      findings.push({ code: 'conflict', fromMs: at, toMs: at, evidence });
      if (!keepsFirst) value[last] = read;
      continue;
    }
    // Only with the rule off, or NaN for a time: what goes back in time is lost.
    if (!(at > (atMs[last] ?? Number.NEGATIVE_INFINITY))) continue;
    last += 1;
    atMs[last] = at;
    value[last] = read;
  }
  const series = { atMs, value, byHand: new Uint8Array(length) };
  return { series: sliceSeries(series, 0, last + 1), findings };
}

/** Puts a person's readings where the meter's own are too far apart to be measured. */
export function withManual(
  { series, findings }: Ordered,
  manual: readonly ManualReading[],
  rules: CurveRules,
): Ordered {
  if (manual.length === 0) return { series, findings };
  const columns = { atMs: manual.map(({ atMs }) => atMs), value: manual.map(({ value }) => value) };
  const byHand = toSeries(columns, rules);
  const isNeeded = (at: number) => {
    const next = firstFrom(series.atMs, at);
    const beforeMs = series.atMs[next - 1];
    const afterMs = series.atMs[next];
    return (afterMs ?? at) - (beforeMs ?? at) > rules.gapMs || series.atMs.length === 0;
  };
  const kept = Array.from(byHand.series.atMs, (_, i) => pointAt(byHand.series, i)).filter(
    ({ atMs }) => isNeeded(atMs),
  );
  const own = Array.from(series.atMs, (_, i) => pointAt(series, i));
  const all = [
    ...own.map((point) => ({ ...point, hand: 0 })),
    ...kept.map((point) => ({ ...point, hand: 1 })),
  ].sort((a, b) => a.atMs - b.atMs);
  return {
    series: {
      atMs: Float64Array.from(all, ({ atMs }) => atMs),
      value: Float64Array.from(all, ({ value }) => value),
      byHand: Uint8Array.from(all, ({ hand }) => hand),
    },
    findings: [...findings, ...byHand.findings],
  };
}
