/** Suspected leaks: since when, how much runs now, what was lost, and what the suspicion rests on. */
import { z } from 'zod';
import { DAY_MS, localDate } from '../../domain/period.ts';
import { inForce, isCounting, type Registry } from '../../registry/registry.ts';
import { type Meter, slug } from '../../registry/schema.ts';
import type { ApiContext } from '../context.ts';
import { textSchema } from '../metrics/term.ts';
import { metersOf, sharesAt } from '../occupancy.ts';
import { defineRoute } from '../route.ts';
import { checkRange, instantSchema } from '../series.ts';
import { answersLeak } from '../water/leak-orders.ts';
import { groundsOf, leakText } from '../water/leak-text.ts';
import { leaksOf } from '../water/leaks.ts';
import type { Leak } from '../water/nearest.ts';
import { findAgency } from './find.ts';
import { iso, named, namedSchema } from './views.ts';

const LONGEST_DAYS = 400;
const DEFAULT_DAYS = 90;

const leakSchema = z.object({
  /** What a work order names as its alert. */
  id: z.string(),
  meterId: z.string(),
  meter: textSchema,
  building: namedSchema,
  /** Who answers for the meter: its own agency, or those in the building. */
  agencies: z.array(namedSchema),
  open: z.boolean(),
  since: z.iso.datetime(),
  detected: z.iso.datetime(),
  /** Start of the first quiet night; `null` while it runs. */
  over: z.iso.datetime().nullable(),
  flowM3PerHour: z.number(),
  nightFlowM3PerHour: z.number(),
  usualM3PerHour: z.number().nullable(),
  lostM3: z.number(),
  /** `null` without a price on file. */
  lostYuan: z.number().nullable(),
  /** What a cubic metre is taken to cost. */
  price: z
    .object({ value: z.number(), unit: z.string(), source: z.string(), verified: z.boolean() })
    .nullable(),
  judgedNights: z.number().int(),
  nights: z.number().int(),
  text: textSchema,
  grounds: z.array(textSchema),
  /** Work orders of the ledger that name it, or its meter or building while it ran. */
  workOrders: z.array(
    z.object({
      id: z.string(),
      revision: z.number().int(),
      opened: z.iso.datetime(),
      closed: z.iso.datetime().nullable(),
      description: z.string(),
      who: z.string(),
    }),
  ),
});

/** yuan per m³ in force on the first day. */
function priceOn({ registry }: ApiContext, atMs: number): Registry['prices'][number] | undefined {
  const prices = registry.prices
    .filter(({ carrier }) => carrier === 'water')
    .toSorted((a, b) => a.from.localeCompare(b.from));
  return inForce(prices, localDate(atMs, registry.region.zone));
}

function agenciesOf({ registry }: ApiContext, meter: Meter, atMs: number) {
  if (meter.agency !== undefined) return [named(registry.agency(meter.agency))];
  const shares = sharesAt(registry, registry.building(meter.building), atMs);
  return Object.keys(shares).map((id) => named(registry.agency(id)));
}

function ordersOf({ registry, ledger }: ApiContext, leak: Leak) {
  const orders = ledger.entries('work-order').filter((one) => answersLeak(one, leak, registry));
  return orders.map(({ id, revision, who, body: { openedAt, closedAt, description } }) => ({
    ...{ id, revision, opened: iso(Date.parse(openedAt)), description, who },
    closed: closedAt === undefined ? null : iso(Date.parse(closedAt)),
  }));
}

function view(context: ApiContext, leak: Leak): z.input<typeof leakSchema> {
  const { registry } = context;
  const meter = registry.meter(leak.meterId);
  const price = priceOn(context, leak.fromMs);
  const yuanPerM3 = price?.value;
  const { id, meterId, open, flowM3PerHour, nightFlowM3PerHour, usualM3PerHour } = leak;
  return {
    ...{ id, meterId, meter: meter.name, open },
    building: named(registry.building(meter.building)),
    agencies: agenciesOf(context, meter, leak.toMs - 1),
    since: iso(leak.fromMs),
    detected: iso(leak.detectedMs),
    over: open ? null : iso(leak.toMs),
    ...{ flowM3PerHour, nightFlowM3PerHour, usualM3PerHour, lostM3: leak.lostM3 },
    lostYuan: yuanPerM3 === undefined ? null : leak.lostM3 * yuanPerM3,
    price: price ?? null,
    ...{ judgedNights: leak.judgedNights, nights: leak.nights },
    text: leakText(leak, { zone: registry.region.zone, yuanPerM3 }),
    grounds: groundsOf(leak),
    workOrders: ordersOf(context, leak),
  };
}

export const listLeaks = defineRoute({
  method: 'get',
  path: '/api/leaks',
  summary: 'Suspected leaks of the last 90 days, or of a range of up to 400 days',
  query: z.strictObject({
    agency: slug.optional(),
    from: instantSchema.optional(),
    to: instantSchema.optional(),
  }),
  response: z.array(leakSchema),
  async handler({ context, query }) {
    const { registry, now } = context;
    const to = query.to ?? now();
    const from = query.from ?? to - DEFAULT_DAYS * DAY_MS;
    const range = checkRange({ from, to }, LONGEST_DAYS);
    const meters =
      query.agency === undefined
        ? registry.meters
        : metersOf(registry, findAgency(context, query.agency), range.fromMs);
    const meterIds = meters.filter(isCounting).map(({ id }) => id);
    const leaks = await leaksOf(context, meterIds, range);
    return { body: leaks.map((leak) => view(context, leak)) };
  },
});
