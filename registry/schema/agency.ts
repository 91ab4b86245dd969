/** Agencies: the tree of accountability, with its dated people and areas. */
import { z } from 'zod';
import { date, positive, slug, text } from './primitives.ts';

export const TIERS = ['region', 'league', 'banner', 'unit'] as const;

export const agency = z.strictObject({
  id: slug,
  name: text,
  parent: slug.optional(),
  tier: z.enum(TIERS),
  /** Unified social credit code, GB 32100: 18 characters without I, O, S, V, Z. */
  creditCode: z
    .string()
    .regex(/^[0-9A-HJ-NPQRTUWXY]{18}$/, '18 characters of GB 32100')
    .optional(),
  /** People by date; `definition` says who was counted, since three definitions are in use. */
  heads: z
    .array(z.strictObject({ from: date, persons: positive, definition: z.string() }))
    .default([]),
  /** Accountable floor and heated area by date. */
  areas: z
    .array(z.strictObject({ from: date, floorM2: positive, heatedM2: positive.optional() }))
    .default([]),
});
