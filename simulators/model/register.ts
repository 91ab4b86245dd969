/** A cumulative register: an initial index, what flowed since divided by CT × PT, cut to whole steps. */

import { dateStartMs } from '../../domain/period.ts';
import type { CounterFacts } from '../../registry/profile-facts.ts';
import type { Meter } from '../../registry/schema.ts';

export interface RegisterOptions {
  readonly meter: Meter;
  readonly zone: string;
  readonly facts: CounterFacts;
  /** Index at the model epoch, unless a registered replacement says otherwise. */
  readonly initial: number;
  /** Whether the registered replacements are about this register. */
  readonly replaceable: boolean;
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
  const { meter, facts, totalAt } = options;
  const ratios = ratiosOf(meter, options.zone);
  const swaps = options.replaceable ? meter.replacements.toSorted((a, b) => a.at - b.at) : [];

  /** What the register counted since the epoch. */
  function counted(atMs: number): number {
    return ratios.reduce((sum, [fromMs, ratio], index) => {
      const toMs = Math.min(atMs, ratios[index + 1]?.[0] ?? atMs);
      return toMs <= fromMs ? sum : sum + (totalAt(toMs) - totalAt(fromMs)) / ratio;
    }, 0);
  }

  /** The old meter must arrive at its registered final reading, if it can. */
  const first = swaps[0];
  const before = first ? first.finalReading - counted(first.at) : options.initial;
  const initial = before >= 0 ? before : options.initial;

  return (atMs) => {
    const swap = swaps.findLast(({ at }) => at <= atMs);
    const index = swap
      ? swap.initialReading + counted(atMs) - counted(swap.at)
      : initial + counted(atMs);
    const steps = wholeSteps(index, facts.resolution);
    return facts.modulus === undefined ? steps : steps % facts.modulus;
  };
}
