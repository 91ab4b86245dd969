/** Rule 1: puts readings in order, drops what is not a value, and lets the later write win. */
import type { CounterReading } from '../../domain/reading.ts';

/** One register over time, as columns: what the rules walk over. */
export interface Series {
  readonly atMs: readonly number[];
  readonly value: readonly number[];
  /** Instants at which two different values were read. */
  readonly conflicts: readonly {
    readonly atMs: number;
    readonly values: readonly [number, number];
  }[];
}

/** Missing, NaN, infinite and negative registers are no values; none of them is a zero. */
function isRegister(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

/** Sorts by event time, whatever the order of arrival; of equal instants the last in the input counts. */
export function toSeries(readings: readonly CounterReading[]): Series {
  const valid = readings.filter((reading) => isRegister(reading.value));
  const inOrder = valid.every((reading, i) => i === 0 || reading.atMs > (valid[i - 1]?.atMs ?? 0));
  // Array.sort is stable: equal instants keep their order of arrival.
  const sorted = inOrder ? valid : valid.toSorted((a, b) => a.atMs - b.atMs);
  const atMs: number[] = [];
  const value: number[] = [];
  const conflicts: { atMs: number; values: [number, number] }[] = [];
  for (const reading of sorted) {
    const last = atMs.length - 1;
    if (atMs[last] === reading.atMs) {
      const before = value[last] ?? reading.value;
      if (before !== reading.value)
        conflicts.push({ atMs: reading.atMs, values: [before, reading.value] });
      value[last] = reading.value;
      continue;
    }
    atMs.push(reading.atMs);
    value.push(reading.value);
  }
  return { atMs, value, conflicts };
}
