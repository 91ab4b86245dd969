/** A register pair read while it changes: now and then the high word of a value to come beside the low word of now. */
import { z } from 'zod';
import { defineFault, mapCounters } from './fault.ts';

/** One more in the high word of a 32-bit register. */
const HIGH_WORD = 2 ** 16;

export const torn = defineFault({
  settings: z.strictObject({
    /** It shows so once in this time … */
    everyMs: z.number().positive(),
    /** … for so long. */
    forMs: z.number().positive(),
  }),
  begin: ({ everyMs, forMs }, { setMs, facts, valuesAt }) => ({
    valuesAt(atMs) {
      const values = valuesAt(atMs);
      if ((atMs - setMs) % everyMs < everyMs - forMs) return values;
      return mapCounters(values, facts, (value, counter) => {
        const step = facts.counters[counter]?.resolution ?? 0;
        return value + HIGH_WORD * step;
      });
    },
  }),
});
