/** A cumulative register: an initial index, what flowed since divided by CT × PT, cut to whole steps. */

import { dateStartMs } from '../../domain/period.ts';
import type { CounterFacts } from '../../registry/profile-facts.ts';
import type { Meter } from '../../registry/schema.ts';
import type { Swap } from './stories.ts';

export interface RegisterOptions {
  readonly meter: Meter;
  readonly zone: string;
  readonly facts: CounterFacts;
  /** Index at the model epoch, unless an exchange says otherwise. */
  readonly initial: number;
  /** When another meter took this one's place, in order of time. */
  readonly swaps: readonly (Swap & { readonly finalReading?: number })[];
  /** What flowed since the epoch, after the multiplier. */
  totalAt(atMs: number): number;
}

/** Dated CT × PT as instants; 1 before the first entry. */
export function ratiosOf(meter: Meter, zone: string): readonly (readonly [number, number])[] {
  return [
    [Number.NEGATIVE_INFINITY, 1],
    ...meter.multiplier.map(({ from, factor }) => [dateStartMs(from, zone), factor] as const),
  ];
}

/** The largest number of whole steps below a value; a step such as 0.01 divides without a remainder. */
export function wholeSteps(value: number, step: number): number {
  const perUnit = Math.round(1 / step);
  const decimal = perUnit > 0 && Math.abs(perUnit * step - 1) < 1e-12;
  // A hair above the double's own rounding, so that an exact step is not cut to the one below.
  const steps = Math.floor((decimal ? value * perUnit : value / step) + 1e-6);
  return decimal ? steps / perUnit : steps * step;
}

/** The register's reading at an instant. */
export function createRegister(options: RegisterOptions): (atMs: number) => number {
  const { meter, facts, totalAt, swaps } = options;
  const ratios = ratiosOf(meter, options.zone);

  /** What the register counted since the epoch. */
  function counted(atMs: number): number {
    return ratios.reduce((sum, [fromMs, ratio], index) => {
      const toMs = Math.min(atMs, ratios[index + 1]?.[0] ?? atMs);
      return toMs <= fromMs ? sum : sum + (totalAt(toMs) - totalAt(fromMs)) / ratio;
    }, 0);
  }

  /** The old meter must arrive at its registered final reading, if it can. */
  const first = swaps[0];
  const { initial: usual } = options;
  const before = first?.finalReading === undefined ? usual : first.finalReading - counted(first.at);
  const initial = before >= 0 ? before : usual;

  return (atMs) => {
    const swap = swaps.findLast(({ at }) => at <= atMs);
    const index = swap
      ? swap.initialReading + counted(atMs) - counted(swap.at)
      : initial + counted(atMs);
    const steps = wholeSteps(index, facts.resolution);
    return facts.modulus === undefined ? steps : steps % facts.modulus;
  };
}
