/** What a meter counted, from the corrected curve and after the multiplier. */
import { z } from 'zod';
import { FINDINGS } from '../../domain/finding.ts';
import { COUNTER_IDS, QUANTITIES } from '../../domain/quantities.ts';
import { defineRoute } from '../route.ts';
import {
  amountOf,
  amountSchema,
  instantSchema,
  monthRows,
  resolutionSchema,
  seriesRange,
} from '../series.ts';
import { findMeter, idParams } from './find.ts';

export const getMeterConsumption = defineRoute({
  method: 'get',
  path: '/api/meters/{id}/consumption',
  summary: 'What a meter counted, per hour (up to 400 days), day or month',
  params: idParams,
  query: z.strictObject({
    from: instantSchema,
    to: instantSchema,
    resolution: resolutionSchema.default('hour'),
  }),
  response: z.array(
    z.object({
      counter: z.enum(COUNTER_IDS),
      name: z.object({ zh: z.string(), en: z.string() }),
      unit: z.string(),
      rows: z.array(
        amountSchema.extend({
          findings: z.array(
            z.object({ code: z.string(), text: z.object({ zh: z.string(), en: z.string() }) }),
          ),
        }),
      ),
    }),
  ),
  async handler({ context, params, query }) {
    const meter = findMeter(context, params.id);
    const { zone } = context.registry.region;
    const rows = await context.store.meterConsumption({
      meterIds: [meter.id],
      resolution: query.resolution === 'hour' ? 'hour' : 'day',
      range: seriesRange(query, zone),
    });
    const body = [...Map.groupBy(rows, ({ counter }) => counter)].map(([counter, own]) => {
      const { zh, en, unit } = QUANTITIES[counter];
      const nowMs = context.now();
      const series = query.resolution === 'month' ? monthRows(own, { zone, nowMs }) : own;
      return {
        counter,
        name: { zh, en },
        unit,
        rows: series.map((row) => ({
          ...amountOf(row),
          findings: row.flags.map((code) => {
            const { zh, en } = FINDINGS[code];
            return { code, text: { zh, en } };
          }),
        })),
      };
    });
    return { body };
  },
});
