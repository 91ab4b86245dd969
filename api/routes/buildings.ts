/** Buildings, who occupies them and how their meters are. */
import { z } from 'zod';
import {
  AIR_CONDITIONING,
  BUILDING_CATEGORIES,
  HEATING_KINDS,
} from '../../domain/building-kinds.ts';
import { parseBuildingCode } from '../../domain/codes.ts';
import type { Text } from '../../domain/text.ts';
import { countStates, liveStatuses } from '../live.ts';
import { sharesAt } from '../occupancy.ts';
import { defineRoute } from '../route.ts';
import { countsSchema, named, namedSchema } from './views.ts';

/** A letter of the sub-item data guide, and what it stands for. */
const kindSchema = z
  .object({ code: z.string(), name: z.object({ zh: z.string(), en: z.string() }) })
  .nullable();

function kindOf<T extends string>(kinds: Readonly<Record<T, Text>>, code: T | undefined) {
  return code === undefined ? null : { code, name: kinds[code] };
}

export const listBuildings = defineRoute({
  method: 'get',
  path: '/api/buildings',
  summary: 'All buildings with the shares in force today and the state of their meters',
  response: z.array(
    namedSchema.extend({
      code: z.string(),
      /** By the letter of the code. */
      category: kindSchema,
      /** GB 50176 class, the region's where it has none of its own. */
      climateZone: z.string(),
      airConditioning: kindSchema,
      heatingKind: kindSchema,
      floorM2: z.number(),
      heatedM2: z.number().nullable(),
      cooledM2: z.number().nullable(),
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
      category: kindOf(BUILDING_CATEGORIES, parseBuildingCode(building.code)?.category),
      climateZone: building.climateZone ?? registry.region.climateZone,
      airConditioning: kindOf(AIR_CONDITIONING, building.airConditioning),
      heatingKind: kindOf(HEATING_KINDS, building.heatingKind),
      floorM2: building.floorM2,
      heatedM2: building.heatedM2 ?? null,
      cooledM2: building.cooledM2 ?? null,
      solarKwp: building.solarKwp ?? null,
      shares: Object.entries(sharesAt(registry, building, context.now())).map(
        ([agency, share]) => ({ agency, share }),
      ),
      meters: countStates(registry.metersIn(building.id), statuses),
    }));
    return { body };
  },
});
