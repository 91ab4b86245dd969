/** The meter, or the gateway for it, refuses with a Modbus exception; over OPC UA, with a bad status. */
import { z } from 'zod';
import { defineFault } from './fault.ts';

export const exception = defineFault({
  /** Codes of the Modbus Application Protocol V1.1b3, §7; 11: the gateway's target does not respond. */
  settings: z.strictObject({ code: z.number().int().min(1).max(11) }),
  begin: ({ code }) => ({ manner: { kind: 'exception', code } }),
});
