/** Configuration of the rule set, and the questions the rules ask of a stretch of readings. */
import { HOUR_MS } from '../../domain/period.ts';
import type { Series } from './series.ts';

/** A registered swap: the old meter's last index and the new one's first. */
export interface Replacement {
  readonly atMs: number;
  readonly finalReading: number;
  readonly initialReading: number;
}

export interface CurveRules {
  /** A longer step between two readings is a gap: amount known, shape not. */
  readonly gapMs: number;
  /** The most the register can count in an hour. */
  readonly maxPerHour: number;
  /** Smallest step of the register. */
  readonly resolution: number;
  /** Register value at which it starts again from 0. */
  readonly modulus?: number;
  readonly replacements: readonly Replacement[];
}

/** How far ahead a reading may still explain a fall as a transient. */
const TRANSIENT_MS = 6 * HOUR_MS;
/** A run after a reset may climb this many times faster than the meter usually does. */
const BELIEVABLE = 5;
/** How many readings after a suspected reset must climb believably. */
const RUN_LENGTH = 4;
/** Relative step of a float32 register. */
const FLOAT32_STEP = 1.2e-7;

/** Rule 2: a fall up to this much is the last digit moving, not a reset. */
export function jitterTolerance(value: number, rules: CurveRules): number {
  return Math.max(2 * rules.resolution, FLOAT32_STEP * value) * (1 + 1e-9);
}

/** Whether a register may have risen from one reading to a later one. */
export function continues(
  rise: { readonly from: number; readonly to: number; readonly durationMs: number },
  rules: CurveRules,
): boolean {
  const tolerance = jitterTolerance(rise.from, rules);
  const most = (rules.maxPerHour * rise.durationMs) / HOUR_MS + tolerance;
  return rise.to >= rise.from - tolerance && rise.to - rise.from <= most;
}

/** Rule 3a: one wrap of the register explains the fall, and two could not have fitted. */
export function wrapped(from: number, to: number, durationMs: number, rules: CurveRules): boolean {
  const { modulus } = rules;
  if (modulus === undefined || from > modulus) return false;
  const most = (rules.maxPerHour * durationMs) / HOUR_MS;
  return most < modulus && modulus - from + to <= most;
}

/**
 * Rule 3b: the register started again from zero. The value counted since then must be possible,
 * and the readings after it must climb no faster than a few times the meter's usual rate.
 */
export function isReset(
  series: Series,
  index: number,
  before: { readonly atMs: number; readonly usualPerHour: number | undefined },
  rules: CurveRules,
): boolean {
  const at = series.atMs[index] ?? 0;
  const value = series.value[index] ?? 0;
  if (value > (rules.maxPerHour * (at - before.atMs)) / HOUR_MS) return false;
  const usual = before.usualPerHour;
  const most =
    usual === undefined ? rules.maxPerHour : Math.min(rules.maxPerHour, BELIEVABLE * usual);
  const last = Math.min(series.atMs.length - 1, index + RUN_LENGTH);
  // Without a reading after it nothing brackets the fall: the tail stays open.
  if (last === index) return false;
  for (let i = index + 1; i <= last; i += 1) {
    const durationMs = (series.atMs[i] ?? 0) - (series.atMs[i - 1] ?? 0);
    const rise = (series.value[i] ?? 0) - (series.value[i - 1] ?? 0);
    const tolerance = jitterTolerance(series.value[i] ?? 0, rules);
    if (rise < -tolerance || rise > (most * durationMs) / HOUR_MS + tolerance) return false;
  }
  return true;
}

/** Rule 3d: the first reading within six hours that continues from the base, if any. */
export function returnsTo(
  series: Series,
  index: number,
  base: { readonly atMs: number; readonly value: number },
  rules: CurveRules,
): number | undefined {
  for (let i = index + 1; i < series.atMs.length; i += 1) {
    const at = series.atMs[i] ?? 0;
    if (at - (series.atMs[index] ?? 0) > TRANSIENT_MS) return undefined;
    const value = series.value[i] ?? 0;
    if (continues({ from: base.value, to: value, durationMs: at - base.atMs }, rules)) return i;
  }
  return undefined;
}
