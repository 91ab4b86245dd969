/** Buildings and who occupies them. */
import { z } from 'zod';
import { AIR_CONDITIONING, HEATING_KINDS, lettersOf } from '../../domain/building-kinds.ts';
import { BUILDING_CODE } from '../../domain/codes.ts';
import { positive, slug, text } from './primitives.ts';
import { occupancy } from './sharing.ts';

export const building = z.strictObject({
  id: slug,
  name: text,
  /** Division 6 + category letter + number 3, e.g. 150102A001. */
  code: z.string().regex(BUILDING_CODE, 'region 6 digits, category A–H, number 3 digits'),
  station: slug,
  floorM2: positive,
  heatedM2: positive.optional(),
  cooledM2: positive.optional(),
  /** Letters of the guide, as they stand in its form. */
  airConditioning: z.enum(lettersOf(AIR_CONDITIONING)).optional(),
  heatingKind: z.enum(lettersOf(HEATING_KINDS)).optional(),
  solarKwp: positive.optional(),
  /** GB 50176 class, where it is not the region's. */
  climateZone: z.string().min(1).optional(),
  /** Who answers for what no meter of their own measures. */
  occupancy,
});
