/** Buildings and who occupies them. */
import { z } from 'zod';
import { date, positive, share, slug, text } from './primitives.ts';

export const building = z.strictObject({
  id: slug,
  name: text,
  /** Region 6 + category letter + number 3, e.g. 150102A001. */
  code: z.string().regex(/^\d{6}[A-H]\d{3}$/, 'region 6 digits, category A–H, number 3 digits'),
  station: slug,
  floorM2: positive,
  heatedM2: positive.optional(),
  solarKwp: positive.optional(),
  /** Who answers for what no meter of their own measures; parts of a date add up to 1. */
  occupancy: z
    .array(
      z.strictObject({
        from: date,
        basis: z.enum(['sole', 'area', 'heads', 'fixed']),
        shares: z.record(slug, share),
      }),
    )
    .min(1),
});
