/** Agencies: the tree with its state, and one agency with what it occupies. */
import { z } from 'zod';
import { totalItem } from '../../domain/items.ts';
import { localDate, periodAt } from '../../domain/period.ts';
import { inForce } from '../../registry/registry.ts';
import { type Agency, TIERS } from '../../registry/schema.ts';
import { countStates, liveStatuses } from '../live.ts';
import { buildingsOf, metersOf, sharesAt } from '../occupancy.ts';
import { defineRoute } from '../route.ts';
import { amountOf, amountSchema } from '../series.ts';
import { personsOn } from '../sizes.ts';
import { findAgency, idParams } from './find.ts';
import { countsSchema, named, namedSchema } from './views.ts';

const agencySchema = namedSchema.extend({
  tier: z.enum(TIERS),
  parent: z.string().nullable(),
  meters: countsSchema,
});

const todaySchema = amountSchema.extend({ unit: z.literal('kWh') }).nullable();

function facts(agency: Agency) {
  return { ...named(agency), tier: agency.tier, parent: agency.parent ?? null };
}

export const listAgencies = defineRoute({
  method: 'get',
  path: '/api/agencies',
  summary:
    'The tree of agencies, parents first, with the state of their meters and today’s electricity',
  response: z.array(agencySchema.extend({ today: todaySchema })),
  async handler({ context }) {
    const { registry, store } = context;
    const nowMs = context.now();
    const statuses = await liveStatuses(context, registry.meters);
    const day = periodAt(nowMs, 'day', registry.region.zone);
    const rows = await store.agencyConsumption({
      agencyIds: registry.agencies.map(({ id }) => id),
      resolution: 'day',
      range: day,
    });
    const options = { calendar: registry.region, nowMs };
    const today = new Map(
      rows
        .filter(({ item }) => item === totalItem('electricity'))
        .map((row) => [row.agencyId, { ...amountOf(row, options), unit: 'kWh' as const }]),
    );
    const roots = registry.agencies.filter(({ parent }) => parent === undefined);
    const body = roots
      .flatMap(({ id }) => registry.subtreeOf(id))
      .map((agency) => ({
        ...facts(agency),
        meters: countStates(metersOf(registry, agency, nowMs), statuses),
        today: today.get(agency.id) ?? null,
      }));
    return { body };
  },
});

export const getAgency = defineRoute({
  method: 'get',
  path: '/api/agencies/{id}',
  summary: 'One agency: place in the tree, people, areas and buildings in force today',
  params: idParams,
  response: agencySchema.extend({
    creditCode: z.string().nullable(),
    /** Its own administrative division, where it is on file. */
    regionCode: z.string().nullable(),
    /** From the top of the tree down, without the agency itself. */
    ancestors: z.array(namedSchema),
    children: z.array(namedSchema),
    persons: z.number().nullable(),
    floorM2: z.number().nullable(),
    heatedM2: z.number().nullable(),
    buildings: z.array(namedSchema.extend({ share: z.number().nullable() })),
  }),
  async handler({ context, params }) {
    const { registry, ledger } = context;
    const nowMs = context.now();
    const agency = findAgency(context, params.id);
    const counts = ledger.entries('head-count', { agencyIds: [agency.id] });
    const date = localDate(nowMs, registry.region.zone);
    const area = inForce(agency.areas, date);
    const meters = metersOf(registry, agency, nowMs);
    const ancestors: Agency[] = [];
    for (let at = agency.parent; at !== undefined; at = ancestors[0]?.parent) {
      ancestors.unshift(registry.agency(at));
    }
    return {
      body: {
        ...facts(agency),
        meters: countStates(meters, await liveStatuses(context, meters)),
        creditCode: agency.creditCode ?? null,
        regionCode: agency.regionCode ?? null,
        ancestors: ancestors.map(named),
        children: registry.childrenOf(agency.id).map(named),
        persons: personsOn(agency, date, { counts }) ?? null,
        floorM2: area?.floorM2 ?? null,
        heatedM2: area?.heatedM2 ?? null,
        buildings: buildingsOf(registry, agency, nowMs).map((building) => ({
          ...named(building),
          share: sharesAt(registry, building, nowMs)[agency.id] ?? null,
        })),
      },
    };
  },
});
