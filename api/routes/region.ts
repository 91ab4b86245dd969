/** The region everything lies in. */
import { z } from 'zod';
import { defineRoute } from '../route.ts';
import { iso, namedSchema } from './views.ts';

export const getRegion = defineRoute({
  method: 'get',
  path: '/api/region',
  summary: 'The region: name, time zone, climate and heating season',
  response: namedSchema.extend({
    /** Administrative division, where it is on file. */
    code: z.string().nullable(),
    zone: z.string(),
    climateZone: z.string(),
    heatingSeason: z.object({ from: z.string(), to: z.string() }),
    /** The clock all answers go by. */
    now: z.iso.datetime(),
  }),
  handler: async ({ context }) => ({
    body: {
      ...context.registry.region,
      code: context.registry.region.code ?? null,
      now: iso(context.now()),
    },
  }),
});
