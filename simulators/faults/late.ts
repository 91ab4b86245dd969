/** A slow meter or radio link: the right answer, too late. Over OPC UA, values as old as the delay. */
import { z } from 'zod';
import { defineFault } from './fault.ts';

export const late = defineFault({
  settings: z.strictObject({ delayMs: z.number().int().min(1).max(3_600_000) }),
  begin: ({ delayMs }) => ({ manner: { kind: 'late', delayMs } }),
});
