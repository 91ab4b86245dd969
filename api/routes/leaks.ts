/** Suspected leaks: since when, how much runs now, what was lost, and what the suspicion rests on. */
import { z } from 'zod';
import { DAY_MS, localDate } from '../../domain/period.ts';
import { inForce, isCounting } from '../../registry/registry.ts';
import { slug } from '../../registry/schema.ts';
import type { ApiContext } from '../context.ts';
import { textSchema } from '../metrics/term.ts';
import { metersOf } from '../occupancy.ts';
import { defineRoute } from '../route.ts';
import { checkRange, instantSchema } from '../series.ts';
import { groundsOf, leakText } from '../water/leak-text.ts';
import { type Leak, leaksOf } from '../water/leaks.ts';
import { findAgency } from './find.ts';

const LONGEST_DAYS = 400;
const DEFAULT_DAYS = 90;

const leakSchema = z.object({
  /** What a work order names as its alert. */
  id: z.string(),
  meterId: z.string(),
  meter: textSchema,
  building: z.string(),
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
  judgedNights: z.number().int(),
  nights: z.number().int(),
  text: textSchema,
  grounds: z.array(textSchema),
});

/** yuan per m³ in force on the first day. */
function priceOn({ registry }: ApiContext, atMs: number): number | undefined {
  const prices = registry.prices
    .filter(({ carrier }) => carrier === 'water')
    .toSorted((a, b) => a.from.localeCompare(b.from));
  return inForce(prices, localDate(atMs, registry.region.zone))?.value;
}

function view(context: ApiContext, leak: Leak): z.input<typeof leakSchema> {
  const { registry } = context;
  const { name, building } = registry.meter(leak.meterId);
  const yuanPerM3 = priceOn(context, leak.fromMs);
  const iso = (atMs: number) => new Date(atMs).toISOString();
  const { id, meterId, open, flowM3PerHour, nightFlowM3PerHour, usualM3PerHour } = leak;
  return {
    ...{ id, meterId, meter: name, building, open },
    since: iso(leak.fromMs),
    detected: iso(leak.detectedMs),
    over: open ? null : iso(leak.toMs),
    ...{ flowM3PerHour, nightFlowM3PerHour, usualM3PerHour, lostM3: leak.lostM3 },
    lostYuan: yuanPerM3 === undefined ? null : leak.lostM3 * yuanPerM3,
    ...{ judgedNights: leak.judgedNights, nights: leak.nights },
    text: leakText(leak, { zone: registry.region.zone, yuanPerM3 }),
    grounds: groundsOf(leak),
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
