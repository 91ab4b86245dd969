/** Rules 6 to 8: what a curve says of a period — amount, how much was measured, how much is known. */
import type { ConsumptionClass } from '../../domain/consumption.ts';
import type { Curve } from './curve.ts';

export interface PeriodAmount {
  /** `null` when no part of the period is known. */
  readonly value: number | null;
  /** Share covered by measured segments, 0…1. */
  readonly coverage: number;
  /** Share covered by any segment, 0…1. */
  readonly known: number;
}

/** A second is the finest that coverage is worth; below it sums of shares differ by rounding only. */
const NEARLY_ONE = 1 - 1e-9;

export function classOf(amount: PeriodAmount): ConsumptionClass {
  if (amount.value === null) return 'missing';
  if (amount.known < NEARLY_ONE) return 'partial';
  return amount.coverage < NEARLY_ONE ? 'interpolated' : 'measured';
}

/**
 * Amounts of consecutive periods cut at `bounds` (n + 1 instants give n amounts), linear on V*
 * between readings. One pass over the segments, so a year of hours costs its readings once.
 */
export function amountsBetween(curve: Curve, bounds: readonly number[]): PeriodAmount[] {
  const count = Math.max(0, bounds.length - 1);
  const value = new Float64Array(count);
  const measuredMs = new Float64Array(count);
  const knownMs = new Float64Array(count);
  let period = 0;
  for (const segment of curve.segments) {
    const lengthMs = segment.toMs - segment.fromMs;
    while (period < count && (bounds[period + 1] ?? 0) <= segment.fromMs) period += 1;
    for (let p = period; p < count && (bounds[p] ?? 0) < segment.toMs; p += 1) {
      const fromMs = Math.max(segment.fromMs, bounds[p] ?? 0);
      const toMs = Math.min(segment.toMs, bounds[p + 1] ?? 0);
      const partMs = toMs - fromMs;
      if (partMs <= 0) continue;
      value[p] = (value[p] ?? 0) + (segment.amount * partMs) / lengthMs;
      knownMs[p] = (knownMs[p] ?? 0) + partMs;
      if (segment.class === 'measured') measuredMs[p] = (measuredMs[p] ?? 0) + partMs;
    }
  }
  return Array.from({ length: count }, (_, p) => {
    const lengthMs = (bounds[p + 1] ?? 0) - (bounds[p] ?? 0);
    const known = (knownMs[p] ?? 0) / lengthMs;
    return {
      value: known > 0 ? (value[p] ?? 0) : null,
      coverage: (measuredMs[p] ?? 0) / lengthMs,
      known,
    };
  });
}
