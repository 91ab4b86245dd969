/** A fault is a behaviour: what a meter's display says while it lasts, or how the meter answers. */
import type { z } from 'zod';
import type { CounterId } from '../../domain/quantities.ts';
import { COUNTER_IDS } from '../../domain/quantities.ts';
import type { ProfileFacts } from '../../registry/profile-facts.ts';
import type { Meter } from '../../registry/schema.ts';
import { wholeSteps } from '../model/register.ts';
import type { Values } from '../model/values.ts';

interface FaultContext {
  readonly meter: Meter;
  readonly facts: ProfileFacts;
  /** When the fault was set. */
  readonly setMs: number;
  /** What the healthy meter would show. */
  valuesAt(atMs: number): Values;
}

/** How a meter answers when it does not simply answer. */
export type Manner =
  | { readonly kind: 'silent' }
  | { readonly kind: 'late'; readonly delayMs: number }
  | { readonly kind: 'exception'; readonly code: number };

export interface Symptoms {
  readonly manner?: Manner;
  /** What the sick meter shows; the healthy values when absent. */
  valuesAt?(atMs: number): Values;
}

export interface FaultDefinition<Settings> {
  readonly settings: z.ZodType<Settings>;
  /** @throws AppError `request.invalid` when this meter cannot have the fault. */
  begin(settings: Settings, context: FaultContext): Symptoms;
}

/** Checks the literal and infers its settings from the schema. */
export function defineFault<Settings>(
  definition: FaultDefinition<Settings>,
): FaultDefinition<Settings> {
  return definition;
}

/** The same values with each register changed and cut to its steps again. */
export function mapCounters(
  values: Values,
  facts: ProfileFacts,
  change: (value: number, counter: CounterId) => number,
): Values {
  const changed = COUNTER_IDS.flatMap((counter) => {
    const value = values[counter];
    const step = facts.counters[counter]?.resolution;
    if (value === undefined || step === undefined) return [];
    return [[counter, wholeSteps(change(value, counter), step)] as const];
  });
  return { ...values, ...Object.fromEntries(changed) };
}
