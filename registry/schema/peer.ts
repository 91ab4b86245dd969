/** Published means of the same type in the same region: the scale of peer comparison. */
import { z } from 'zod';
import { AGENCY_TYPES } from './agency.ts';
import { positive, slug, sourced } from './primitives.ts';

export const peerMean = z.strictObject({
  id: slug,
  metric: slug,
  type: z.enum(AGENCY_TYPES),
  /** The calendar year the mean was taken over. */
  year: z.number().int(),
  value: positive,
  unit: z.string().min(1),
  region: z.string(),
  ...sourced,
});
