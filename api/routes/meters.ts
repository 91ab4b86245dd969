/** Meters: what state they are in and what they last read. */
import { z } from 'zod';
import { QUANTITIES } from '../../domain/quantities.ts';
import { VERIFICATION_STATES } from '../../registry/equipment.ts';
import { type AnyMeter, isVirtual, type Registry } from '../../registry/registry.ts';
import { type Meter, slug } from '../../registry/schema.ts';
import { buildingsOf } from '../occupancy.ts';
import { defineRoute } from '../route.ts';
import { equipmentSchema, isInState, viewEquipment } from './equipment-view.ts';
import { findAgency, findAnyMeter, findBuilding, idParams } from './find.ts';
import { meterSchema, viewMeters } from './meter-view.ts';
import { iso, named, namedSchema, stateSchema } from './views.ts';

export const listMeters = defineRoute({
  method: 'get',
  path: '/api/meters',
  summary: 'Meters with state and last reading, by agency, building, state or verification',
  query: z.strictObject({
    agency: slug.optional(),
    building: slug.optional(),
    state: stateSchema.optional(),
    verification: z.enum(VERIFICATION_STATES).optional(),
  }),
  response: z.array(meterSchema),
  async handler({ context, query }) {
    const { registry } = context;
    const agency = query.agency && findAgency(context, query.agency);
    const buildings = agency ? buildingsOf(registry, agency, context.now()) : registry.buildings;
    const building = query.building && findBuilding(context, query.building).id;
    const wanted = new Set(buildings.map(({ id }) => id).filter((id) => id === (building ?? id)));
    const all = [...registry.meters, ...registry.virtualMeters];
    const meters = all.filter(
      (meter) => wanted.has(meter.building) && isInState(context, meter, query.verification),
    );
    const views = await viewMeters(context, meters);
    return { body: views.filter(({ state }) => (query.state ?? state) === state) };
  },
});

function addressOf(registry: Registry, meter: Meter): string {
  const connection = registry.connection(meter.connection);
  if (connection.kind === 'opcua') return `${connection.endpoint} ${meter.node}`;
  const line = 'path' in connection ? connection.path : `${connection.host}:${connection.port}`;
  return `${line} #${meter.unit}`;
}

/** How it is polled and counted; nothing of that for a virtual one. */
function polled(registry: Registry, meter: AnyMeter) {
  if (isVirtual(meter)) {
    const nothing = { profile: null, connection: null, pollSeconds: null, maxPerHour: null };
    return { ...nothing, quantities: [], replacements: [] };
  }
  const { id, kind } = registry.connection(meter.connection);
  return {
    profile: meter.profile,
    connection: { id, kind, address: addressOf(registry, meter) },
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
  };
}

export const getMeter = defineRoute({
  method: 'get',
  path: '/api/meters/{id}',
  summary: 'One meter: state, last reading, and how it is connected and counted',
  params: idParams,
  response: meterSchema.extend({
    /** What only a polled meter has is `null` for a virtual one. */
    profile: z.string().nullable(),
    connection: z.object({ id: z.string(), kind: z.string(), address: z.string() }).nullable(),
    parent: namedSchema.nullable(),
    agency: namedSchema.nullable(),
    pollSeconds: z.number().nullable(),
    maxPerHour: z.number().nullable(),
    equipment: equipmentSchema.nullable(),
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
    const meter = findAnyMeter(context, params.id);
    const [live] = await viewMeters(context, [meter]);
    if (!live) throw new RangeError(`no view of meter '${meter.id}'`);
    const parent = registry.findAnyMeter(meter.parent ?? '');
    return {
      body: {
        ...live,
        ...polled(registry, meter),
        equipment: viewEquipment(context, meter),
        parent: parent ? named(parent) : null,
        agency: meter.agency === undefined ? null : named(registry.agency(meter.agency)),
      },
    };
  },
});
