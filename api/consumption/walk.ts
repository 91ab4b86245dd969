/** Walks the readings of one physical meter in order and decides what each one means. */
import type { FindingCode } from '../../domain/finding.ts';
import { type Ahead, lookAhead } from './rules/ahead.ts';
import { isJitter, isRatherSpike, isReset, spikesBefore, wrapOf } from './rules/falls.ts';
import { pointAt, type Series } from './rules/order.ts';
import { jitterTolerance, mostIn, type Point } from './rules/rate.ts';
import { staleRun } from './rules/rises.ts';
import { isExactUnitRatio, isUnitRatio } from './rules/units.ts';
import { type CurveFinding, type CurveRules, isOff } from './rules.ts';
import { INTERPOLATED, MANUAL, MEASURED, pointOf, START, type Track } from './track.ts';

/** A finding and the reading it is about. */
export interface Decision {
  readonly atMs: number;
  readonly finding: CurveFinding;
}

export interface Walk {
  readonly series: Series;
  readonly rules: CurveRules;
  readonly track: Track;
  readonly decisions: Decision[];
  /** No reading after the series is known yet: what it does not decide is provisional. */
  readonly isOpen: boolean;
}

/** A long run is told by its ends. */
const EVIDENCE_END = 6;

function find(
  walk: Walk,
  code: FindingCode,
  points: readonly Point[],
  extra: Partial<CurveFinding> = {},
): void {
  const ends =
    points.length > 2 * EVIDENCE_END
      ? [...points.slice(0, EVIDENCE_END), ...points.slice(-EVIDENCE_END)]
      : points;
  const evidence = ends.map(({ atMs, value }) => ({ atMs, value }));
  const fromMs = points[0]?.atMs ?? 0;
  const toMs = points.at(-1)?.atMs ?? fromMs;
  walk.decisions.push({
    atMs: points[1]?.atMs ?? fromMs,
    finding: { code, fromMs, toMs, evidence, ...extra },
  });
}

function push({ track }: Walk, point: Point, amount: number, kind: number): void {
  const index = track.length;
  track.atMs[index] = point.atMs;
  track.value[index] = point.value;
  track.amount[index] = amount;
  track.kind[index] = kind;
  track.byHand[index] = 0;
  track.length = index + 1;
}

function start(walk: Walk, index: number): void {
  push(walk, pointAt(walk.series, index), 0, START);
  walk.track.byHand[walk.track.length - 1] = walk.series.byHand[index] ?? 0;
}

/** Accepts the reading at `index`, which lies `amount` above the base, as the new base `value`. */
function accept(walk: Walk, index: number, value: number, amount: number): void {
  const { track, series, rules } = walk;
  const atMs = series.atMs[index] ?? 0;
  const newest = track.length - 1;
  const byHand = (series.byHand[index] ?? 0) | (track.byHand[newest] ?? 0);
  const isGap = atMs - (track.atMs[newest] ?? 0) > rules.gapMs && !isOff(rules, 'gap');
  push(walk, { atMs, value }, amount, byHand ? MANUAL : isGap ? INTERPOLATED : MEASURED);
  track.byHand[newest + 1] = series.byHand[index] ?? 0;
}

/** Takes back the newest points and what was decided about the stretch they ended. */
function takeBack(walk: Walk, count: number): Point[] {
  const taken = Array.from({ length: count }, (_, i) => pointOf(walk.track, count - 1 - i));
  walk.track.length -= count;
  const endMs = pointOf(walk.track).atMs;
  while ((walk.decisions.at(-1)?.atMs ?? endMs) > endMs) walk.decisions.pop();
  return taken;
}

/** Nothing brackets the reading yet: it and all after it have no value until something does. */
function leaveOpen(walk: Walk, code: FindingCode, index: number): number {
  const { series } = walk;
  const points = Array.from({ length: series.atMs.length - index }, (_, i) =>
    pointAt(series, index + i),
  );
  find(walk, code, [pointOf(walk.track), ...points], { provisional: true });
  return series.atMs.length;
}

/** The run up to the reading that continues from the base was false. */
function discardRun(walk: Walk, code: FindingCode, index: number, returns: number): number {
  const run = Array.from({ length: returns - index + 1 }, (_, i) =>
    pointAt(walk.series, index + i),
  );
  find(walk, code, [pointOf(walk.track), ...run]);
  return returns;
}

/** Nothing explains the reading: its stretch has no value, and it is the base from here on. */
function cut(walk: Walk, code: FindingCode, index: number, ahead: Ahead): number {
  const base = pointOf(walk.track);
  const at = pointAt(walk.series, index);
  if (code === 'break' && isOff(walk.rules, 'break')) {
    accept(walk, index, at.value, 0);
    return index + 1;
  }
  const looksLikeSwap = ahead.climbs && code !== 'unit_change_suspected';
  const proposal = {
    kind: 'replacement',
    atMs: at.atMs,
    finalReading: base.value,
    initialReading: at.value,
  } as const;
  find(walk, code, [base, at], looksLikeSwap ? { proposal } : {});
  start(walk, index);
  return index + 1;
}

function decideFall(walk: Walk, index: number, ahead: Ahead): number {
  const { series, rules, track } = walk;
  const base = pointOf(track);
  const at = pointAt(series, index);
  const wrap = ahead.returnsByJump === undefined ? wrapOf(base, at, rules) : 'no';
  if (wrap === 'wrapped') {
    find(walk, 'rollover', [base, at]);
    accept(walk, index, at.value, (rules.modulus ?? 0) - base.value + at.value);
    return index + 1;
  }
  if (wrap === 'ambiguous') return cut(walk, 'break', index, { ...ahead, climbs: false });

  const spikes = spikesBefore(track, at, rules);
  if (
    ahead.returnsByJump === undefined &&
    !isExactUnitRatio(base, at, rules) &&
    isReset(series, index, track, rules) &&
    !(spikes > 0 && isRatherSpike(track, at, spikes))
  ) {
    // A value that stands still may be a fault that has not ended; zero above all.
    const isBracketed = ahead.isSettled || !walk.isOpen;
    if (!isBracketed) return leaveOpen(walk, 'reset', index);
    find(walk, 'reset', [base, at]);
    accept(walk, index, at.value, at.value);
    return index + 1;
  }

  const { returns } = ahead;
  // Fewest samples: one low reading rather than two high ones before it.
  if (spikes > 0 && !(spikes === 2 && returns === index + 1)) {
    const taken = takeBack(walk, spikes);
    const earlier = pointOf(track);
    find(walk, 'spike_rejected', [earlier, ...taken, at]);
    const value = Math.max(earlier.value, at.value);
    accept(walk, index, value, value - earlier.value);
    return index + 1;
  }
  if (returns !== undefined && !isOff(rules, 'transient'))
    return discardRun(walk, 'transient_rejected', index, returns);
  const code = isUnitRatio(base, at, rules) ? 'unit_change_suspected' : 'break';
  if (walk.isOpen && !ahead.isSettled) return leaveOpen(walk, code, index);
  return cut(walk, code, index, ahead);
}

function decideRise(walk: Walk, index: number, ahead: Ahead): number {
  const { series, rules, track } = walk;
  const base = pointOf(track);
  const at = pointAt(series, index);
  const mayReturn = !isOff(rules, 'transient');
  if (ahead.returnsByJump !== undefined && mayReturn)
    return discardRun(walk, 'spike_rejected', index, ahead.returnsByJump);
  const isUnit = isUnitRatio(base, at, rules);
  const stale = isUnit ? undefined : staleRun(track, at, rules);
  if (stale !== undefined) {
    takeBack(walk, stale);
    const first = pointOf(track);
    find(walk, 'stale_catch_up', [first, base, at]);
    accept(walk, index, at.value, at.value - first.value);
    track.kind[track.length - 1] = INTERPOLATED;
    return index + 1;
  }
  if (ahead.returns !== undefined && mayReturn)
    return discardRun(walk, 'spike_rejected', index, ahead.returns);
  const code = isUnit ? 'unit_change_suspected' : 'implausible_jump';
  if (walk.isOpen && !ahead.isSettled) return leaveOpen(walk, code, index);
  return cut(walk, code, index, ahead);
}

/** Walks on until a reading after `stopMs` that is at least the `least`th. */
export function walkOn(walk: Walk, stopMs: number, least: number): void {
  const { series, rules, track } = walk;
  const { atMs, value } = series;
  const count = atMs.length;
  let index = 0;
  while (index < count) {
    const at = atMs[index] ?? 0;
    if (at >= stopMs && index >= least) return;
    const newest = track.length - 1;
    if (newest < 0) {
      start(walk, index);
      index += 1;
      continue;
    }
    const baseValue = track.value[newest] ?? 0;
    const baseMs = track.atMs[newest] ?? 0;
    const read = value[index] ?? 0;
    const rise = read - baseValue;
    const tolerance = jitterTolerance(baseValue, rules);
    if (rise >= 0 && rise <= mostIn(at - baseMs, rules) + tolerance) {
      accept(walk, index, read, rise);
      index += 1;
      continue;
    }
    const base = pointOf(track);
    const point = { atMs: at, value: read };
    if (rise < 0 && isJitter(base, point, rules)) {
      find(walk, 'jitter', [base, point]);
      accept(walk, index, baseValue, 0);
      index += 1;
      continue;
    }
    const ahead = lookAhead(series, index, base, rules);
    index = rise < 0 ? decideFall(walk, index, ahead) : decideRise(walk, index, ahead);
  }
}
