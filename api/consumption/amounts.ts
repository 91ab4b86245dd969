/** Rules 7 and 8: what a curve says of a period — amount, how much was measured, how much is known. */
import type { ConsumptionClass } from '../../domain/consumption.ts';
import type { Curve } from './curve.ts';
import type { RuleName } from './rules.ts';
import { ESTIMATED, MANUAL, MEASURED, SEGMENT_KINDS } from './track.ts';

/** Shares are of the period's time, 0…1; interpolated is `known − coverage − manual − estimated`. */
export interface PeriodAmount {
  /** `null` when no part of the period is known. */
  readonly value: number | null;
  /** Share covered by measured segments. */
  readonly coverage: number;
  /** Share entered by hand. */
  readonly manual: number;
  /** Share estimated from power. */
  readonly estimated: number;
  /** Share covered by any segment. */
  readonly known: number;
}

/** Sums of shares differ by rounding only. */
const NEARLY_NONE = 1e-9;
const NEARLY_ALL = 1 - NEARLY_NONE;

/** The worst part names the whole. */
export function classOf(amount: PeriodAmount): ConsumptionClass {
  if (amount.value === null) return 'missing';
  if (amount.known < NEARLY_ALL) return 'partial';
  if (amount.estimated > NEARLY_NONE) return 'estimated';
  if (amount.manual > NEARLY_NONE) return 'manual';
  return amount.coverage < NEARLY_ALL ? 'interpolated' : 'measured';
}

/**
 * Amounts of consecutive periods cut at `bounds` (n + 1 rising instants give n amounts), linear on
 * V* between readings. One pass over the segments, so a year of hours costs its readings once.
 */
export function amountsBetween(
  { segments }: Pick<Curve, 'segments'>,
  bounds: ArrayLike<number>,
  without?: ReadonlySet<RuleName>,
): PeriodAmount[] {
  const count = Math.max(0, bounds.length - 1);
  const value = new Float64Array(count);
  const partMs = SEGMENT_KINDS.map(() => new Float64Array(count));
  const cutsAtReadings = without?.has('boundary') ?? false;
  let first = 0;
  for (let i = 0; i < segments.length && first < count; i += 1) {
    const segmentFromMs = segments.fromMs[i] ?? 0;
    const segmentToMs = segments.toMs[i] ?? 0;
    const perMs = (segments.amount[i] ?? 0) / (segmentToMs - segmentFromMs);
    const ofKind = partMs[segments.kind[i] ?? 0];
    while (first < count && (bounds[first + 1] ?? 0) <= segmentFromMs) first += 1;
    for (let p = first; p < count && (bounds[p] ?? 0) < segmentToMs; p += 1) {
      const fromMs = Math.max(segmentFromMs, bounds[p] ?? 0);
      const toMs = Math.min(segmentToMs, bounds[p + 1] ?? 0);
      if (toMs <= fromMs || ofKind === undefined) continue;
      ofKind[p] = (ofKind[p] ?? 0) + toMs - fromMs;
      if (!cutsAtReadings) value[p] = (value[p] ?? 0) + perMs * (toMs - fromMs);
      else if (toMs === segmentToMs) value[p] = (value[p] ?? 0) + (segments.amount[i] ?? 0);
    }
  }
  return Array.from({ length: count }, (_, p) => {
    const lengthMs = (bounds[p + 1] ?? 0) - (bounds[p] ?? 0);
    const knownMs = partMs.reduce((sum, ofKind) => sum + (ofKind[p] ?? 0), 0);
    return {
      value: knownMs > 0 ? (value[p] ?? 0) : null,
      coverage: (partMs[MEASURED]?.[p] ?? 0) / lengthMs,
      manual: (partMs[MANUAL]?.[p] ?? 0) / lengthMs,
      estimated: (partMs[ESTIMATED]?.[p] ?? 0) / lengthMs,
      known: knownMs / lengthMs,
    };
  });
}
