/** What a meter's registers read, as stored. */
import { z } from 'zod';
import { QUANTITY_IDS } from '../../domain/quantities.ts';
import { invalidRequest } from '../problem.ts';
import { defineRoute } from '../route.ts';
import { checkRange, instantSchema } from '../series.ts';
import { findMeter, idParams } from './find.ts';
import { iso } from './views.ts';

const LONGEST_DAYS = 31;
const MOST_ROWS = 50_000;

export const getMeterReadings = defineRoute({
  method: 'get',
  path: '/api/meters/{id}/readings',
  summary: 'Readings of a meter, oldest first (up to 31 days and 50 000 rows)',
  params: idParams,
  query: z.strictObject({
    from: instantSchema,
    to: instantSchema,
    quantity: z.enum(QUANTITY_IDS).optional(),
  }),
  response: z.array(
    z.object({
      at: z.iso.datetime(),
      /** Bits: 1 out of range, 2 clock skew, 4 uncertain, 8 host clock. */
      quality: z.number().int(),
      /** By quantity, in its canonical unit, before the multiplier. */
      values: z.record(z.string(), z.number()),
    }),
  ),
  async handler({ context, params, query }) {
    const meter = findMeter(context, params.id);
    const range = checkRange(query, LONGEST_DAYS);
    const readings = await context.store.readings(meter.id, range, MOST_ROWS + 1);
    if (readings.length > MOST_ROWS) {
      throw invalidRequest([
        {
          path: 'query.to',
          expected: `a range of at most ${MOST_ROWS} readings`,
          found: `more; the first ${MOST_ROWS} end at ${iso(readings.at(-2)?.atMs ?? 0)}`,
        },
      ]);
    }
    const { quantity } = query;
    const body = readings.flatMap(({ atMs, quality, values }) => {
      if (quantity === undefined) return [{ at: iso(atMs), quality, values }];
      const value = values[quantity];
      return value === undefined ? [] : [{ at: iso(atMs), quality, values: { [quantity]: value } }];
    });
    return { body };
  },
});
