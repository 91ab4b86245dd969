/** Rule 3: the hypotheses for a fall — rolled over, reset, or an earlier spike. */
import { HOUR_MS } from '../../../domain/period.ts';
import { type CurveRules, isOff } from '../rules.ts';
import { MEASURED, pointOf, START, type Track } from '../track.ts';
import { pointAt, type Series } from './order.ts';
import { continues, jitterTolerance, mostIn, type Point } from './rate.ts';

/** A run after a reset may climb this many times faster than the meter usually does. */
const BELIEVABLE = 5;
/** How many readings after a suspected reset must climb believably. */
const RUN_LENGTH = 4;
/** What the meter usually counts is the median of this many steps that moved. */
const USUAL_STEPS = 96;

/** Rule 3a: `wrapped` when one wrap of the register explains the fall and two could not have fitted. */
export function wrapOf(base: Point, at: Point, rules: CurveRules): 'wrapped' | 'ambiguous' | 'no' {
  const { modulus } = rules;
  if (modulus === undefined || base.value > modulus || isOff(rules, 'rollover')) return 'no';
  const most = mostIn(at.atMs - base.atMs, rules);
  if (modulus - base.value + at.value > most) return 'no';
  return most < modulus ? 'wrapped' : 'ambiguous';
}

/** Median rate of the last steps that moved, without the newest `except`: what an hour usually counts. */
function usualPerHour(track: Track, except = 0): number | undefined {
  const rates: number[] = [];
  for (let i = track.length - 1 - except; i > 0 && rates.length < USUAL_STEPS; i -= 1) {
    const amount = track.amount[i] ?? 0;
    if (track.kind[i] === START || amount <= 0) continue;
    rates.push((amount * HOUR_MS) / ((track.atMs[i] ?? 0) - (track.atMs[i - 1] ?? 0)));
  }
  return rates.sort((a, b) => a - b)[Math.floor(rates.length / 2)];
}

/**
 * Rule 3b: the register started again from zero. The value counted since then must be possible,
 * and the readings after it must climb no faster than a few times the meter's usual rate, until
 * the register falls again.
 */
export function isReset(series: Series, index: number, track: Track, rules: CurveRules): boolean {
  if (isOff(rules, 'reset')) return false;
  const at = pointAt(series, index);
  if (at.value > mostIn(at.atMs - pointOf(track).atMs, rules)) return false;
  const usual = usualPerHour(track);
  const most =
    usual === undefined ? rules.maxPerHour : Math.min(rules.maxPerHour, BELIEVABLE * usual);
  const last = Math.min(series.atMs.length - 1, index + RUN_LENGTH);
  let before = at;
  for (let i = index + 1; i <= last; i += 1) {
    const next = pointAt(series, i);
    if (before.value > at.value && next.value < before.value) return true;
    if (!continues(before, next, { ...rules, maxPerHour: most })) return false;
    before = next;
  }
  return true;
}

/** Rule 3c: whether the reading continues from one or two readings before the base; how many to discard. */
export function spikesBefore(track: Track, at: Point, rules: CurveRules): 0 | 1 | 2 {
  if (isOff(rules, 'spike')) return 0;
  for (const discard of [1, 2] as const) {
    const newest = track.length - discard;
    if (newest < 1 || track.kind[newest] === START) return 0;
    if (continues(pointOf(track, discard), at, rules)) return discard;
  }
  return 0;
}

/**
 * A young register makes resets and spikes look alike. The reset, which discards nothing, is
 * believed unless the rise it lets stand, or what it counts since zero, is out of all proportion.
 */
export function isRatherSpike(track: Track, at: Point, spikes: number): boolean {
  const usual = usualPerHour(track, spikes);
  if (usual === undefined) return false;
  const newest = track.length - 1;
  const mostMs = (durationMs: number) => (BELIEVABLE * usual * durationMs) / HOUR_MS;
  const base = pointOf(track);
  if (at.value > mostMs(at.atMs - base.atMs)) return true;
  for (let i = newest; i > newest - spikes; i -= 1) {
    const durationMs = (track.atMs[i] ?? 0) - (track.atMs[i - 1] ?? 0);
    if (track.kind[i] === MEASURED && (track.amount[i] ?? 0) > mostMs(durationMs)) return true;
  }
  return false;
}

/** Rule 2: whether a fall is the last digit moving. */
export function isJitter(base: Point, at: Point, rules: CurveRules): boolean {
  return base.value - at.value <= jitterTolerance(base.value, rules);
}
