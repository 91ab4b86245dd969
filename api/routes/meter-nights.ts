/** The nights of a water meter with what is usual, the limit and suspected leaks, as a chart shows them. */
import { z } from 'zod';
import { DAY_MS, localDate } from '../../domain/period.ts';
import { isCounting } from '../../registry/registry.ts';
import { defineRoute } from '../route.ts';
import { checkRange, instantSchema } from '../series.ts';
import { judgedNights, NIGHT_STATES } from '../water/judged-nights.ts';
import { leaksOf } from '../water/leaks.ts';
import { isWatched } from '../water/plant.ts';
import { readNights } from '../water/read-nights.ts';
import { watchAll } from '../water/watched.ts';
import { findAnyMeter, idParams } from './find.ts';
import { iso } from './views.ts';

const LONGEST_DAYS = 400;
const DEFAULT_DAYS = 60;
/** Nights before the first one shown, which it is judged by. */
const CONTEXT_DAYS = 30;

const nightSchema = z.object({
  /** Local date of the hours from 02:00 to 05:00. */
  date: z.iso.date(),
  from: z.iso.datetime(),
  state: z.enum(NIGHT_STATES),
  /** Least hour, less what a schedule allows; `null`: not all hours were measured. */
  leastM3PerHour: z.number().nullable(),
  limitM3PerHour: z.number().nullable(),
  usualM3PerHour: z.object({ low: z.number(), middle: z.number(), high: z.number() }).nullable(),
});

export const getMeterNights = defineRoute({
  method: 'get',
  path: '/api/meters/{id}/nights',
  summary: 'Nights of a water meter with what is usual, the limit and suspected leaks; 60 days',
  params: idParams,
  query: z.strictObject({ from: instantSchema.optional(), to: instantSchema.optional() }),
  response: z.object({
    /** Water meters are, unless their water is for plant or gardens. */
    watched: z.boolean(),
    from: z.iso.date(),
    nights: z.array(nightSchema),
    leaks: z.array(
      z.object({
        id: z.string(),
        since: z.iso.datetime(),
        until: z.iso.datetime(),
        open: z.boolean(),
      }),
    ),
  }),
  async handler({ context, params, query }) {
    const { registry, now } = context;
    const meter = findAnyMeter(context, params.id);
    const to = query.to ?? now();
    const range = checkRange({ from: query.from ?? to - DEFAULT_DAYS * DAY_MS, to }, LONGEST_DAYS);
    const first = localDate(range.fromMs, registry.region.zone);
    if (!isCounting(meter) || meter.carrier !== 'water' || !isWatched(meter)) {
      return { body: { watched: false, from: first, nights: [], leaks: [] } };
    }
    const around = registry
      .metersIn(meter.building)
      .filter(isCounting)
      .filter(({ carrier }) => carrier === 'water');
    const nightsOf = await readNights(context, around, {
      fromMs: range.fromMs - CONTEXT_DAYS * DAY_MS,
      toMs: range.toMs,
    });
    const own = watchAll(registry, around, nightsOf).find((one) => one.meter.id === meter.id);
    const nights = own ? judgedNights(own).filter(({ date }) => date >= first) : [];
    const leaks = await leaksOf(context, [meter.id], range);
    return {
      body: {
        watched: true,
        from: first,
        nights: nights.map(({ fromMs, ...night }) => ({ ...night, from: iso(fromMs) })),
        leaks: leaks.map(({ id, fromMs, toMs, open }) => ({
          ...{ id, since: iso(fromMs), until: iso(toMs), open },
        })),
      },
    };
  },
});
