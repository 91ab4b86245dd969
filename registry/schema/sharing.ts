/** Who answers for what several share, by date. */
import { z } from 'zod';
import { date, share, slug } from './primitives.ts';

/**
 * Either the shares, which add up to 1, or only the names among whom it is shared: then their
 * floor areas or head counts of each day decide.
 */
const dated = z
  .strictObject({
    from: date,
    basis: z.enum(['sole', 'area', 'heads', 'fixed']),
    shares: z.record(slug, share).optional(),
    among: z.array(slug).min(1).optional(),
  })
  .refine(({ shares, among }) => (shares === undefined) !== (among === undefined), {
    error: 'either shares or among',
    path: ['shares'],
  })
  .refine(({ basis, among }) => among === undefined || basis === 'area' || basis === 'heads', {
    error: 'shares, unless the basis is area or heads',
    path: ['among'],
  });

export const sharing = z.array(dated).min(1).optional();
export const occupancy = z.array(dated).min(1);

export type WrittenSharing = z.infer<typeof dated>;
