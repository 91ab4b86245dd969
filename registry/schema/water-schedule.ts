/** Water that runs at night on purpose and by season: what a leak must not be mistaken for. */
import { z } from 'zod';
import { date, monthDay, positive, slug } from './primitives.ts';

export const waterSchedule = z
  .strictObject({
    id: slug,
    /** All water meters of the building, or one meter and those above it. */
    building: slug.optional(),
    meter: slug.optional(),
    reason: z.enum(['frost-trickle', 'heating-make-up', 'night-irrigation', 'other']),
    /** Days of the year, both included; it may run over New Year. */
    season: z.strictObject({ from: monthDay, to: monthDay }),
    /** The agreement holds from this day on, until `to` (excluded) where there is one. */
    from: date,
    to: date.optional(),
    /** What it takes at most; absent: the nights are not judged at all. */
    allowedM3PerHour: positive.optional(),
  })
  .refine(({ building, meter }) => (building === undefined) !== (meter === undefined), {
    message: 'either a building or a meter',
    path: ['meter'],
  });
