/** Rules 2 and 4: what is the last digit moving, and what a register can have counted meanwhile. */
import { HOUR_MS } from '../../../domain/period.ts';
import { type CurveRules, isOff } from '../rules.ts';

/** Relative step of a float32 register. */
const FLOAT32_STEP = 1.2e-7;
/** Decimal fractions are not exact in binary; a fall of exactly two steps is still two steps. */
const ROUNDING = 1 + 1e-9;

export interface Point {
  readonly atMs: number;
  readonly value: number;
}

/** Rule 2: a fall up to this much is the last digit moving, not a reset. */
export function jitterTolerance(value: number, rules: CurveRules): number {
  if (isOff(rules, 'jitter')) return 0;
  return Math.max(2 * rules.resolution, FLOAT32_STEP * value) * ROUNDING;
}

/** Rule 4: the most that can have been counted in a time. */
export function mostIn(durationMs: number, rules: CurveRules): number {
  if (isOff(rules, 'rate')) return Number.POSITIVE_INFINITY;
  return (rules.maxPerHour * durationMs) / HOUR_MS;
}

/** Whether a register may have come from one reading to a later one with nothing special between. */
export function continues(from: Point, to: Point, rules: CurveRules): boolean {
  const tolerance = jitterTolerance(from.value, rules);
  const rise = to.value - from.value;
  return rise >= -tolerance && rise <= mostIn(to.atMs - from.atMs, rules) + tolerance;
}
