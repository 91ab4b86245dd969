/** A frozen display: the same values for ever, though the flow goes on. */
import { z } from 'zod';
import { defineFault } from './fault.ts';

export const stuck = defineFault<object>({
  settings: z.strictObject({}),
  begin(_, { setMs, valuesAt }) {
    const frozen = valuesAt(setMs);
    return { valuesAt: () => frozen };
  },
});
