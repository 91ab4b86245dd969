/** What a walk over the readings can do with one of them: accept, take back, discard, cut, leave open. */
import type { FindingCode } from '../../domain/finding.ts';
import type { Ahead } from './rules/ahead.ts';
import { pointAt, type Series } from './rules/order.ts';
import type { Point } from './rules/rate.ts';
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

/** Notes a finding from the first of its readings to the last. */
export function find(
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

/** The reading is a base to which no amount leads. */
export function start(walk: Walk, index: number): void {
  push(walk, pointAt(walk.series, index), 0, START);
  walk.track.byHand[walk.track.length - 1] = walk.series.byHand[index] ?? 0;
}

/** Accepts the reading at `index`, which lies `amount` above the base, as the new base `value`. */
export function accept(walk: Walk, index: number, value: number, amount: number): void {
  const { track, series, rules } = walk;
  const atMs = series.atMs[index] ?? 0;
  const newest = track.length - 1;
  const byHand = (series.byHand[index] ?? 0) | (track.byHand[newest] ?? 0);
  const isGap = atMs - (track.atMs[newest] ?? 0) > rules.gapMs && !isOff(rules, 'gap');
  push(walk, { atMs, value }, amount, byHand ? MANUAL : isGap ? INTERPOLATED : MEASURED);
  track.byHand[newest + 1] = series.byHand[index] ?? 0;
}

/** Takes back the newest points and what was decided about the stretch they ended. */
export function takeBack(walk: Walk, count: number): Point[] {
  const taken = Array.from({ length: count }, (_, i) => pointOf(walk.track, count - 1 - i));
  walk.track.length -= count;
  const endMs = pointOf(walk.track).atMs;
  while ((walk.decisions.at(-1)?.atMs ?? endMs) > endMs) walk.decisions.pop();
  return taken;
}

/** Nothing brackets the reading yet: it and all after it have no value until something does. */
export function leaveOpen(walk: Walk, code: FindingCode, index: number): number {
  const { series } = walk;
  const points = Array.from({ length: series.atMs.length - index }, (_, i) =>
    pointAt(series, index + i),
  );
  find(walk, code, [pointOf(walk.track), ...points], { provisional: true });
  return series.atMs.length;
}

/** The run up to the reading that continues from the base was false. */
export function discardRun(walk: Walk, code: FindingCode, index: number, returns: number): number {
  const run = Array.from({ length: returns - index + 1 }, (_, i) =>
    pointAt(walk.series, index + i),
  );
  find(walk, code, [pointOf(walk.track), ...run]);
  return returns;
}

/** Nothing explains the reading: its stretch has no value, and it is the base from here on. */
export function cut(walk: Walk, code: FindingCode, index: number, ahead: Ahead): number {
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
