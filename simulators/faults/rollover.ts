/** A register that is about to wrap at its modulus, so that nobody has to wait for years. */
import { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import { defineFault, mapCounters } from './fault.ts';

export const rollover = defineFault({
  settings: z.strictObject({
    /** What the meter still counts before it starts again from 0, in the canonical unit. */
    ahead: z.number().positive(),
    /** Needed where the profile names none. */
    modulus: z.number().positive().optional(),
  }),
  begin({ ahead, modulus }, { meter, setMs, facts, valuesAt }) {
    const start = valuesAt(setMs);
    const moduli = Object.values(facts.counters).map((counter) => counter.modulus ?? modulus);
    if (moduli.includes(undefined)) {
      throw new AppError(
        'request.invalid',
        `meter ${meter.id}: profile ${meter.profile} names no modulus to roll over at; give one`,
        { meter: meter.id, profile: meter.profile },
      );
    }
    return {
      valuesAt: (atMs) =>
        mapCounters(valuesAt(atMs), facts, (value, counter) => {
          const wrap = facts.counters[counter]?.modulus ?? modulus ?? Number.POSITIVE_INFINITY;
          return (wrap - ahead + value - (start[counter] ?? 0)) % wrap;
        }),
    };
  },
});
