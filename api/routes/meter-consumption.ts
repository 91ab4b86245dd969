/** What a meter counted, from the corrected curve and after the multiplier. */
import { z } from 'zod';
import { COUNTER_IDS, QUANTITIES } from '../../domain/quantities.ts';
import { defineRoute } from '../route.ts';
import {
  amountOf,
  amountSchema,
  instantSchema,
  publishedSchema,
  resolutionSchema,
  seriesRange,
} from '../series.ts';
import { findAnyMeter, idParams } from './find.ts';

export const getMeterConsumption = defineRoute({
  method: 'get',
  path: '/api/meters/{id}/consumption',
  summary: 'What a meter counted, per hour (up to 400 days), day, month, year or heating season',
  params: idParams,
  query: z.strictObject({
    from: instantSchema,
    to: instantSchema,
    resolution: resolutionSchema.default('hour'),
    published: publishedSchema,
  }),
  response: z.array(
    z.object({
      counter: z.enum(COUNTER_IDS),
      name: z.object({ zh: z.string(), en: z.string() }),
      unit: z.string(),
      rows: z.array(amountSchema),
    }),
  ),
  async handler({ context, params, query }) {
    const meter = findAnyMeter(context, params.id);
    const calendar = context.registry.region;
    const rows = await context.store.meterConsumption({
      meterIds: [meter.id],
      resolution: query.resolution,
      range: seriesRange(query, calendar),
      published: query.published === 'true',
    });
    const options = { calendar, nowMs: context.now() };
    const body = [...Map.groupBy(rows, ({ counter }) => counter)].map(([counter, own]) => {
      const { zh, en, unit } = QUANTITIES[counter];
      return {
        counter,
        name: { zh, en },
        unit,
        rows: own.map((row) => amountOf(row, options)),
      };
    });
    return { body };
  },
});
