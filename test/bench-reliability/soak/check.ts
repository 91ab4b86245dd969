/** Holds stored readings against what the simulated meters showed, and against how often they were due. */

import type { TimeRange } from '../../../domain/period.ts';
import type { QuantityId } from '../../../domain/quantities.ts';
import type { Reading } from '../../../domain/reading.ts';
import type { Meter } from '../../../registry/schema.ts';
import { indexOf, METERS_PER_GATEWAY, PERIOD_MS, TICK_MS, TIMEOUT_MS, truthOf } from './region.ts';
import type { Trouble } from './schedule.ts';

/** A poll of three reads, each answered at the last moment, on a busy machine. */
const MOST_AGE_MS = 3 * TIMEOUT_MS + 250;
/** Back-off of the link and of the unit, after the longest trouble, and the drain of a bus. */
const GRACE_MS = 60_000;
const LEAST_HEALTHY_MS = 5 * PERIOD_MS;

export interface WrongValue {
  readonly meterId: string;
  readonly atMs: number;
  readonly quantity: string;
  readonly value: number;
}

/** Values that the meter did not show within the time a poll takes. */
export function wrongValues(meter: Meter, readings: readonly Reading[], startMs: number) {
  const truth = truthOf(meter);
  const wrong: WrongValue[] = [];
  let oldestMs = 0;
  for (const { atMs, values } of readings) {
    const newest = Math.floor((atMs - startMs) / TICK_MS);
    for (const [quantity, value] of Object.entries(values)) {
      let age = 0;
      while (
        age * TICK_MS <= MOST_AGE_MS &&
        truth(newest - age)[quantity as QuantityId] !== value
      ) {
        age += 1;
      }
      if (age * TICK_MS > MOST_AGE_MS) wrong.push({ meterId: meter.id, atMs, quantity, value });
      else oldestMs = Math.max(oldestMs, age * TICK_MS);
    }
  }
  return { wrong, oldestMs };
}

function touches({ order }: Trouble, meter: Meter): boolean {
  const index = indexOf(meter.id);
  if (order.kind === 'meter') return order.index === index;
  return order.gateway === Math.floor(index / METERS_PER_GATEWAY);
}

/** When neither the meter nor its gateway had a fault, or had one shortly before. */
function healthyRanges(meter: Meter, troubles: readonly Trouble[], range: TimeRange): TimeRange[] {
  const ranges: TimeRange[] = [];
  let { fromMs } = range;
  for (const trouble of troubles.filter((candidate) => touches(candidate, meter))) {
    ranges.push({ fromMs, toMs: Math.min(trouble.fromMs, range.toMs) });
    fromMs = Math.max(fromMs, trouble.toMs + GRACE_MS);
  }
  ranges.push({ fromMs, toMs: range.toMs });
  return ranges.filter(({ fromMs: from, toMs }) => toMs - from >= LEAST_HEALTHY_MS);
}

export interface Completeness {
  readonly due: number;
  readonly missing: number;
}

export interface Observed {
  readonly meter: Meter;
  readonly readings: readonly Reading[];
  readonly troubles: readonly Trouble[];
  /** Since the start, as the times of troubles are. */
  readonly range: TimeRange;
  readonly startMs: number;
}

/** Whole periods of a range, and those of them without a reading, for polls at this phase. */
function slots({ fromMs, toMs }: TimeRange, timesMs: readonly number[], phaseMs: number) {
  const due = Math.floor((toMs - fromMs - phaseMs) / PERIOD_MS);
  const filled = new Set(timesMs.map((atMs) => Math.floor((atMs - fromMs - phaseMs) / PERIOD_MS)));
  const missing = Array.from({ length: due }, (_, slot) => slot).filter(
    (slot) => !filled.has(slot),
  );
  return { due, missing: missing.length };
}

const PHASES_MS = Array.from({ length: 20 }, (_, step) => (step * PERIOD_MS) / 20);

/**
 * Polls due and readings missing while healthy. A poll less than a period late fills its slot; where
 * in the period a meter is polled is the scheduler's choice, so the phase that fits best is taken.
 */
export function completenessOf(observed: Observed): Completeness {
  const { meter, readings, troubles, range, startMs } = observed;
  const total = { due: 0, missing: 0 };
  const timesMs = readings.map(({ atMs }) => atMs - startMs);
  for (const healthy of healthyRanges(meter, troubles, range)) {
    const fits = PHASES_MS.map((phaseMs) => slots(healthy, timesMs, phaseMs));
    const best = fits.reduce((a, b) => (b.missing < a.missing ? b : a));
    total.due += best.due;
    total.missing += best.missing;
  }
  return total;
}
