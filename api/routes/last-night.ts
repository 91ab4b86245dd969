/** What last night said of every water meter, and of which it could say nothing. */
import { z } from 'zod';
import { waterUse } from '../../registry/schema/water-use.ts';
import { slug } from '../../registry/schema.ts';
import { metersOf } from '../occupancy.ts';
import { defineRoute } from '../route.ts';
import { NIGHT_STATES } from '../water/judged-nights.ts';
import { lastNightDate, lastNightOf } from '../water/last-night.ts';
import { schedulesOf } from '../water/schedules.ts';
import { findAgency } from './find.ts';
import { named, namedSchema } from './views.ts';

export const getLastNight = defineRoute({
  method: 'get',
  path: '/api/leaks/last-night',
  summary: 'Every water meter last night: quiet, running, or why it could not be judged',
  query: z.strictObject({ agency: slug.optional() }),
  response: z.object({
    /** The last night that is over: local hours from 02:00 to 05:00. */
    date: z.iso.date(),
    meters: z.array(
      z.object({
        meter: namedSchema,
        building: namedSchema,
        state: z.enum([...NIGHT_STATES, 'plant', 'no-hours']),
        /** What its water is for, where that is not people. */
        use: waterUse.nullable(),
        /** Schedules of the registry that held. */
        schedules: z.array(z.object({ id: z.string(), reason: z.string() })),
        leastM3PerHour: z.number().nullable(),
        limitM3PerHour: z.number().nullable(),
        usualM3PerHour: z.number().nullable(),
        runningNights: z.number().int(),
        /** Whether no meter below explains what runs. */
        isNearest: z.boolean(),
      }),
    ),
  }),
  async handler({ context, query }) {
    const { registry, now } = context;
    const date = lastNightDate(now(), registry.region.zone);
    const meters =
      query.agency === undefined
        ? registry.meters
        : metersOf(registry, findAgency(context, query.agency), now());
    const ids = new Set(meters.map(({ id }) => id));
    const found = await lastNightOf(context, ids, date);
    return {
      body: {
        date,
        meters: found.map(({ meter, state, night, runningNights, isNearest }) => ({
          meter: named(meter),
          building: named(registry.building(meter.building)),
          ...{ state, use: meter.waterUse ?? null },
          schedules: schedulesOf(registry, meter)(date).map(({ id, reason }) => ({ id, reason })),
          leastM3PerHour: night?.leastM3PerHour ?? null,
          limitM3PerHour: night?.limitM3PerHour ?? null,
          usualM3PerHour: night?.usualM3PerHour?.middle ?? null,
          ...{ runningNights, isNearest },
        })),
      },
    };
  },
});
