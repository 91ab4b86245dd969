/** Meters: what state they are in and what they last read. */
import { z } from 'zod';
import { CARRIER_IDS, CARRIERS } from '../../domain/carriers.ts';
import { localDate } from '../../domain/period.ts';
import { QUANTITIES, type QuantityId } from '../../domain/quantities.ts';
import type { Reading } from '../../domain/reading.ts';
import { counterOf, inForce, isCounting, type Registry } from '../../registry/registry.ts';
import { type Meter, slug } from '../../registry/schema.ts';
import type { ApiContext } from '../context.ts';
import { type LiveStatus, lastReadings, liveStatuses } from '../live.ts';
import { metersOf } from '../occupancy.ts';
import { defineRoute } from '../route.ts';
import { findAgency, findBuilding, findMeter, idParams } from './find.ts';
import { iso, named, namedSchema, stateSchema } from './views.ts';

const valueSchema = z.object({
  quantity: z.string(),
  name: z.object({ zh: z.string(), en: z.string() }),
  kind: z.enum(['counter', 'gauge']),
  /** As the register shows it, before the multiplier. */
  value: z.number(),
  unit: z.string(),
});

export const meterSchema = namedSchema.extend({
  building: namedSchema,
  carrier: z.enum([...CARRIER_IDS, 'weather']),
  carrierName: z.object({ zh: z.string(), en: z.string() }),
  item: z.string().nullable(),
  level: z.number().int(),
  /** CT × PT in force today. */
  multiplier: z.number(),
  /** The register consumption is computed from; `null` for a weather station. */
  counter: z.string().nullable(),
  state: stateSchema,
  /** Error code of the last poll. */
  reason: z.string().nullable(),
  /** When the state was last told. */
  statusAt: z.iso.datetime().nullable(),
  /** The newest reading there is; its age says whether it still means anything. */
  reading: z
    .object({
      at: z.iso.datetime(),
      ageSeconds: z.number(),
      quality: z.number().int(),
      values: z.array(valueSchema),
    })
    .nullable(),
});

const WEATHER = { zh: '气象', en: 'Weather' };

function valuesOf(reading: Reading) {
  return (Object.entries(reading.values) as [QuantityId, number][]).map(([quantity, value]) => {
    const { zh, en, kind, unit } = QUANTITIES[quantity];
    return { quantity, name: { zh, en }, kind, value, unit };
  });
}

function view(
  context: ApiContext,
  meter: Meter,
  seen: { readonly status: LiveStatus | undefined; readonly reading: Reading | undefined },
): z.input<typeof meterSchema> {
  const { status, reading } = seen;
  const counting = isCounting(meter);
  const { zh, en } = counting ? CARRIERS[meter.carrier] : WEATHER;
  return {
    ...named(meter),
    building: named(context.registry.building(meter.building)),
    carrier: meter.carrier,
    carrierName: { zh, en },
    item: meter.item ?? null,
    level: meter.level,
    multiplier:
      inForce(meter.multiplier, localDate(context.now(), context.registry.region.zone))?.factor ??
      1,
    counter: counting ? counterOf(meter) : null,
    state: status?.state ?? 'unknown',
    reason: status?.reason ?? null,
    statusAt: status?.atMs === undefined ? null : iso(status.atMs),
    reading: reading
      ? {
          at: iso(reading.atMs),
          ageSeconds: (context.now() - reading.atMs) / 1000,
          quality: reading.quality,
          values: valuesOf(reading),
        }
      : null,
  };
}

async function viewAll(context: ApiContext, meters: readonly Meter[]) {
  const statuses = await liveStatuses(context, meters);
  const readings = await lastReadings(
    context,
    meters.map(({ id }) => id),
  );
  return meters.map((meter) =>
    view(context, meter, { status: statuses.get(meter.id), reading: readings.get(meter.id) }),
  );
}

export const listMeters = defineRoute({
  method: 'get',
  path: '/api/meters',
  summary: 'Meters with state and last reading, by agency, building or state',
  query: z.strictObject({
    agency: slug.optional(),
    building: slug.optional(),
    state: stateSchema.optional(),
  }),
  response: z.array(meterSchema),
  async handler({ context, query }) {
    const { registry } = context;
    const among = query.agency
      ? metersOf(registry, findAgency(context, query.agency), context.now())
      : registry.meters;
    const building = query.building && findBuilding(context, query.building).id;
    const meters = among.filter((meter) => (building ?? meter.building) === meter.building);
    const views = await viewAll(context, meters);
    return { body: views.filter(({ state }) => (query.state ?? state) === state) };
  },
});

function addressOf(registry: Registry, meter: Meter): string {
  const connection = registry.connection(meter.connection);
  if (connection.kind === 'opcua') return `${connection.endpoint} ${meter.node}`;
  const line = 'path' in connection ? connection.path : `${connection.host}:${connection.port}`;
  return `${line} #${meter.unit}`;
}

export const getMeter = defineRoute({
  method: 'get',
  path: '/api/meters/{id}',
  summary: 'One meter: state, last reading, and how it is connected and counted',
  params: idParams,
  response: meterSchema.extend({
    profile: z.string(),
    connection: z.object({ id: z.string(), kind: z.string(), address: z.string() }),
    parent: namedSchema.nullable(),
    agency: namedSchema.nullable(),
    pollSeconds: z.number(),
    maxPerHour: z.number(),
    quantities: z.array(
      z.object({
        id: z.string(),
        name: z.object({ zh: z.string(), en: z.string() }),
        unit: z.string(),
        kind: z.enum(['counter', 'gauge']),
      }),
    ),
    replacements: z.array(
      z.object({ at: z.iso.datetime(), finalReading: z.number(), initialReading: z.number() }),
    ),
  }),
  async handler({ context, params }) {
    const { registry } = context;
    const meter = findMeter(context, params.id);
    const [live] = await viewAll(context, [meter]);
    const { id, kind } = registry.connection(meter.connection);
    return {
      body: {
        ...(live ?? view(context, meter, { status: undefined, reading: undefined })),
        profile: meter.profile,
        connection: { id, kind, address: addressOf(registry, meter) },
        parent: meter.parent === undefined ? null : named(registry.meter(meter.parent)),
        agency: meter.agency === undefined ? null : named(registry.agency(meter.agency)),
        pollSeconds: meter.pollSeconds,
        maxPerHour: meter.maxPerHour,
        quantities: (registry.profiles.get(meter.profile)?.quantities ?? []).map((quantity) => {
          const { zh, en, unit, kind } = QUANTITIES[quantity];
          return { id: quantity, name: { zh, en }, unit, kind };
        }),
        replacements: meter.replacements.map(({ at, finalReading, initialReading }) => ({
          at: iso(at),
          finalReading,
          initialReading,
        })),
      },
    };
  },
});
