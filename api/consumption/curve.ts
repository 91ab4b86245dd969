/**
 * The corrected cumulative curve V*(t) of one register: it never falls, bridges gaps, leaves out
 * what cannot be known. Every amount of every period is V*(b) − V*(a).
 */
import type { Finding, FindingCode } from '../../domain/finding.ts';
import { HOUR_MS } from '../../domain/period.ts';
import type { CounterReading } from '../../domain/reading.ts';
import {
  type CurveRules,
  continues,
  isReset,
  jitterTolerance,
  type Replacement,
  returnsTo,
  wrapped,
} from './rules.ts';
import { type Series, toSeries } from './series.ts';

/** `measured`: readings close enough together. `interpolated`: amount known, shape not. */
type SegmentClass = 'measured' | 'interpolated';

/** A stretch between two accepted readings over which the register rose by `amount`. */
export interface Segment {
  readonly fromMs: number;
  readonly toMs: number;
  readonly amount: number;
  readonly class: SegmentClass;
}

export interface Curve {
  /** In time order, never overlapping; where there is none, nothing is known. */
  readonly segments: readonly Segment[];
  readonly findings: readonly Omit<Finding, 'meterId'>[];
}

interface Point {
  readonly atMs: number;
  /** The register as the base of the next difference: after jitter, the higher value. */
  readonly value: number;
}

/** Everything between two registered replacements is walked by itself. */
class Walk {
  readonly points: Point[] = [];
  readonly segments: Segment[] = [];
  readonly findings: Omit<Finding, 'meterId'>[] = [];
  private readonly rules: CurveRules;

  constructor(rules: CurveRules) {
    this.rules = rules;
  }

  get base(): Point | undefined {
    return this.points.at(-1);
  }

  find(code: FindingCode, from: Point, toMs: number, evidence: readonly number[]): void {
    this.findings.push({ code, fromMs: from.atMs, toMs, evidence: [from.value, ...evidence] });
  }

  start(point: Point): void {
    this.points.push(point);
  }

  /** Accepts a reading that lies `amount` above the base. */
  accept(point: Point, amount: number, forced?: SegmentClass): void {
    const base = this.base;
    if (base && point.atMs > base.atMs) {
      const gap = point.atMs - base.atMs > this.rules.gapMs;
      if (gap) this.find('gap', base, point.atMs, [point.value]);
      const kind = forced ?? (gap ? 'interpolated' : 'measured');
      this.segments.push({ fromMs: base.atMs, toMs: point.atMs, amount, class: kind });
    }
    this.points.push(point);
  }

  /** Takes back the last accepted reading and the segment that led to it. */
  discardLast(): Point | undefined {
    this.segments.pop();
    return this.points.pop();
  }

  /** Median rate of the last segments that moved: what this meter usually counts in an hour. */
  usualPerHour(): number | undefined {
    const rates = this.segments
      .slice(-32)
      .filter((segment) => segment.amount > 0)
      .map((segment) => (segment.amount * HOUR_MS) / (segment.toMs - segment.fromMs))
      .sort((a, b) => a - b);
    return rates[Math.floor(rates.length / 2)];
  }
}

/** Rule 3c: whether the reading continues from one or two readings before the base; how many to discard. */
function spikesBefore(walk: Walk, at: Point, rules: CurveRules): 0 | 1 | 2 {
  for (const discard of [1, 2] as const) {
    const earlier = walk.points.at(-1 - discard);
    if (earlier === undefined) return 0;
    const durationMs = at.atMs - earlier.atMs;
    if (continues({ from: earlier.value, to: at.value, durationMs }, rules)) return discard;
  }
  return 0;
}

/** Rule 4: a rise that is possible over the constant run before it was read from a stale cache. */
function catchUpStart(walk: Walk, at: Point, rules: CurveRules): number | undefined {
  const base = walk.base;
  if (!base) return undefined;
  let first = walk.points.length - 1;
  while (first > 0 && walk.points[first - 1]?.value === base.value) first -= 1;
  if (first === walk.points.length - 1) return undefined;
  const start = walk.points[first];
  if (!start) return undefined;
  const durationMs = at.atMs - start.atMs;
  return continues({ from: start.value, to: at.value, durationMs }, rules) ? first : undefined;
}

/** Decides one fall or impossible rise; returns the index of the next reading to look at. */
function decide(walk: Walk, series: Series, index: number, rules: CurveRules): number {
  const base = walk.base as Point;
  const at: Point = { atMs: series.atMs[index] ?? 0, value: series.value[index] ?? 0 };
  const durationMs = at.atMs - base.atMs;
  const fell = at.value < base.value;

  if (fell && wrapped(base.value, at.value, durationMs, rules)) {
    walk.find('rollover', base, at.atMs, [at.value]);
    walk.accept(at, (rules.modulus ?? 0) - base.value + at.value);
    return index + 1;
  }

  const spikes = fell ? spikesBefore(walk, at, rules) : 0;
  if (spikes > 0) {
    const dropped = Array.from({ length: spikes }, () => walk.discardLast()?.value ?? Number.NaN);
    const earlier = walk.base as Point;
    walk.find('spike_rejected', earlier, at.atMs, [...dropped.reverse(), at.value]);
    walk.accept(
      { atMs: at.atMs, value: Math.max(earlier.value, at.value) },
      Math.max(0, at.value - earlier.value),
    );
    return index + 1;
  }

  if (
    fell &&
    isReset(series, index, { atMs: base.atMs, usualPerHour: walk.usualPerHour() }, rules)
  ) {
    walk.find('reset', base, at.atMs, [at.value]);
    walk.accept(at, at.value);
    return index + 1;
  }

  const back = returnsTo(series, index, base, rules);
  if (back !== undefined) {
    const code = fell ? 'transient_rejected' : 'spike_rejected';
    walk.find(code, base, series.atMs[back] ?? 0, series.value.slice(index, back + 1));
    return back;
  }

  const stale = fell ? undefined : catchUpStart(walk, at, rules);
  if (stale !== undefined) {
    while (walk.points.length - 1 > stale) walk.discardLast();
    const start = walk.base as Point;
    walk.accept(at, at.value - start.value, 'interpolated');
    return index + 1;
  }

  // Nothing explains it: this stretch has no value, and the new reading is the base from here on.
  walk.find(fell ? 'break' : 'implausible_jump', base, at.atMs, [at.value]);
  walk.start(at);
  return index + 1;
}

/** Walks the readings [from, to) of one physical meter. */
function walkSeries(walk: Walk, series: Series, rules: CurveRules): void {
  let index = 0;
  while (index < series.atMs.length) {
    const at: Point = { atMs: series.atMs[index] ?? 0, value: series.value[index] ?? 0 };
    const base = walk.base;
    if (!base) {
      walk.start(at);
      index += 1;
      continue;
    }
    const rise = at.value - base.value;
    if (rise < 0 && -rise <= jitterTolerance(base.value, rules)) {
      walk.find('jitter', base, at.atMs, [at.value]);
      walk.accept({ atMs: at.atMs, value: base.value }, 0);
      index += 1;
      continue;
    }
    if (continues({ from: base.value, to: at.value, durationMs: at.atMs - base.atMs }, rules)) {
      walk.accept(at, rise);
      index += 1;
      continue;
    }
    index = decide(walk, series, index, rules);
  }
}

function slice(series: Series, fromMs: number, toMs: number): Series {
  const first = series.atMs.findIndex((at) => at >= fromMs);
  if (first < 0) return { atMs: [], value: [], conflicts: [] };
  const end = series.atMs.findIndex((at) => at >= toMs);
  const last = end < 0 ? series.atMs.length : end;
  return {
    atMs: series.atMs.slice(first, last),
    value: series.value.slice(first, last),
    conflicts: [],
  };
}

/** Rule 5: the swap splits the segment at its time: up to the old final, on from the new initial. */
function replace(walk: Walk, replacement: Replacement): Walk['segments'] {
  const base = walk.base;
  const { atMs, finalReading } = replacement;
  if (base) {
    walk.find('replacement', base, atMs, [finalReading, replacement.initialReading]);
    if (finalReading >= base.value)
      walk.accept({ atMs, value: finalReading }, finalReading - base.value);
  }
  return walk.segments;
}

/** Builds the curve of one register. Pure: the result does not depend on the order of the readings. */
export function buildCurve(readings: readonly CounterReading[], rules: CurveRules): Curve {
  const series = toSeries(readings);
  const findings: Omit<Finding, 'meterId'>[] = series.conflicts.map((conflict) => ({
    code: 'conflict' as const,
    fromMs: conflict.atMs,
    toMs: conflict.atMs,
    evidence: conflict.values,
  }));
  const segments: Segment[] = [];
  const swaps = rules.replacements.toSorted((a, b) => a.atMs - b.atMs);
  let fromMs = Number.NEGATIVE_INFINITY;
  let initial: Point | undefined;
  for (const swap of [...swaps, undefined]) {
    const toMs = swap?.atMs ?? Number.POSITIVE_INFINITY;
    const walk = new Walk(rules);
    if (initial) walk.start(initial);
    walkSeries(walk, swaps.length === 0 ? series : slice(series, fromMs, toMs), rules);
    if (swap) replace(walk, swap);
    for (const segment of walk.segments) segments.push(segment);
    for (const finding of walk.findings) findings.push(finding);
    if (swap) initial = { atMs: swap.atMs, value: swap.initialReading };
    fromMs = toMs;
  }
  return { segments, findings };
}
