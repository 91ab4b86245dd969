/** Power off or cable out: no answer at all. */
import { z } from 'zod';
import { defineFault } from './fault.ts';

export const offline = defineFault<object>({
  settings: z.strictObject({}),
  begin: () => ({ manner: { kind: 'silent' } }),
});
