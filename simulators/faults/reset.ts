/** The registers start again from 0, as after a change of the meter's board that nobody reported. */
import { z } from 'zod';
import { defineFault, mapCounters } from './fault.ts';

export const reset = defineFault({
  /** `atMs`: when it happens; at once when absent. */
  settings: z.strictObject({ atMs: z.number().optional() }),
  begin({ atMs: resetMs }, { setMs, facts, valuesAt }) {
    const fromMs = resetMs ?? setMs;
    const lost = valuesAt(fromMs);
    return {
      valuesAt(atMs) {
        const values = valuesAt(atMs);
        if (atMs < fromMs) return values;
        return mapCounters(values, facts, (value, counter) => value - (lost[counter] ?? 0));
      },
    };
  },
});
