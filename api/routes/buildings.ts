/** Buildings, who occupies them and how their meters are. */
import { z } from 'zod';
import { countStates, liveStatuses } from '../live.ts';
import { sharesAt } from '../occupancy.ts';
import { defineRoute } from '../route.ts';
import { countsSchema, named, namedSchema } from './views.ts';

export const listBuildings = defineRoute({
  method: 'get',
  path: '/api/buildings',
  summary: 'All buildings with the shares in force today and the state of their meters',
  response: z.array(
    namedSchema.extend({
      code: z.string(),
      floorM2: z.number(),
      heatedM2: z.number().nullable(),
      solarKwp: z.number().nullable(),
      shares: z.array(z.object({ agency: z.string(), share: z.number() })),
      meters: countsSchema,
    }),
  ),
  async handler({ context }) {
    const { registry } = context;
    const statuses = await liveStatuses(context, registry.meters);
    const body = registry.buildings.map((building) => ({
      ...named(building),
      code: building.code,
      floorM2: building.floorM2,
      heatedM2: building.heatedM2 ?? null,
      solarKwp: building.solarKwp ?? null,
      shares: Object.entries(sharesAt(registry, building, context.now())).map(
        ([agency, share]) => ({ agency, share }),
      ),
      meters: countStates(registry.metersIn(building.id), statuses),
    }));
    return { body };
  },
});
