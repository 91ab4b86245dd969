/** Buildings and who occupies them. */
import { z } from 'zod';
import { positive, slug, text } from './primitives.ts';
import { occupancy } from './sharing.ts';

export const building = z.strictObject({
  id: slug,
  name: text,
  /** Region 6 + category letter + number 3, e.g. 150102A001. */
  code: z.string().regex(/^\d{6}[A-H]\d{3}$/, 'region 6 digits, category A–H, number 3 digits'),
  station: slug,
  floorM2: positive,
  heatedM2: positive.optional(),
  solarKwp: positive.optional(),
  /** GB 50176 class, where it is not the region's. */
  climateZone: z.string().min(1).optional(),
  /** Who answers for what no meter of their own measures. */
  occupancy,
});
