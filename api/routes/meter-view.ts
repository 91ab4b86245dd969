/** A meter as a list shows it: state, last reading, or the formula of a virtual one. */
import { z } from 'zod';
import { CARRIER_IDS, CARRIERS } from '../../domain/carriers.ts';
import { ITEMS } from '../../domain/items.ts';
import { localDate } from '../../domain/period.ts';
import { QUANTITIES, type QuantityId } from '../../domain/quantities.ts';
import type { Reading } from '../../domain/reading.ts';
import { datumCodeOf } from '../../registry/datum-code.ts';
import {
  type AnyMeter,
  counterOf,
  inForce,
  isCounting,
  isVirtual,
  type Registry,
} from '../../registry/registry.ts';
import type { Meter, VirtualMeter } from '../../registry/schema.ts';
import { derivedMeters } from '../consumption/derived/order.ts';
import type { ApiContext } from '../context.ts';
import { type LiveStatus, lastReadings, liveStatuses } from '../live.ts';
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
  itemName: z.object({ zh: z.string(), en: z.string() }).nullable(),
  /** Building and item in the 15 characters by which other systems know what is measured. */
  datumCode: z.string().nullable(),
  level: z.number().int(),
  /** CT × PT in force today. */
  multiplier: z.number(),
  /** The register consumption is computed from; `null` for a weather station. */
  counter: z.string().nullable(),
  /** What a virtual meter adds up; `null` for one that is polled. */
  formula: z.string().nullable(),
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

/** In the order somebody has to look at them. */
const WORST_FIRST = ['offline', 'error', 'late', 'unknown', 'ok'] as const;

const WEATHER = { zh: '气象', en: 'Weather' };

/** What it is and what it counts. */
function identity(registry: Registry, meter: AnyMeter) {
  const { zh, en } = meter.carrier === 'weather' ? WEATHER : CARRIERS[meter.carrier];
  return {
    ...named(meter),
    building: named(registry.building(meter.building)),
    carrier: meter.carrier,
    carrierName: { zh, en },
    item: meter.item ?? null,
    itemName: meter.item ? ITEMS[meter.item] : null,
    datumCode: datumCodeOf(registry, meter) ?? null,
    level: meter.level,
  };
}

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
  return {
    ...identity(context.registry, meter),
    multiplier:
      inForce(meter.multiplier, localDate(context.now(), context.registry.region.zone))?.factor ??
      1,
    counter: counting ? counterOf(meter) : null,
    formula: null,
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

/** The polled meters a virtual one rests on, through others if need be. */
function leavesOf(registry: Registry, id: string): string[] {
  const derived = derivedMeters(registry).find(({ meter }) => meter.id === id);
  return derived ? [...derived.formula.keys()].flatMap((part) => leavesOf(registry, part)) : [id];
}

/** As bad as the worst of the meters it rests on. */
function virtualView(
  context: ApiContext,
  meter: VirtualMeter,
  statuses: ReadonlyMap<string, LiveStatus>,
): z.input<typeof meterSchema> {
  const { registry } = context;
  const states = leavesOf(registry, meter.id).map((id) => statuses.get(id)?.state ?? 'unknown');
  return {
    ...identity(registry, meter),
    multiplier: 1,
    counter: counterOf(meter),
    formula: meter.formula,
    state: WORST_FIRST.find((state) => states.includes(state)) ?? 'unknown',
    reason: null,
    statusAt: null,
    reading: null,
  };
}

export async function viewMeters(context: ApiContext, meters: readonly AnyMeter[]) {
  const { registry } = context;
  const asked = meters.flatMap(({ id }) => leavesOf(registry, id));
  const polled = [...new Set(asked)].flatMap((id) => registry.findMeter(id) ?? []);
  const statuses = await liveStatuses(context, polled);
  const readings = await lastReadings(
    context,
    meters.filter((meter) => !isVirtual(meter)).map(({ id }) => id),
  );
  return meters.map((meter) =>
    isVirtual(meter)
      ? virtualView(context, meter, statuses)
      : view(context, meter, { status: statuses.get(meter.id), reading: readings.get(meter.id) }),
  );
}
