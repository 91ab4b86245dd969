/** An agency's account over time, by carrier and sub-item. */
import { z } from 'zod';
import { CARRIER_IDS, CARRIERS } from '../../domain/carriers.ts';
import { ACCOUNT_ITEMS, accountItemName } from '../../domain/consumption.ts';
import { defineRoute } from '../route.ts';
import {
  amountOf,
  amountSchema,
  instantSchema,
  monthRows,
  resolutionSchema,
  seriesRange,
} from '../series.ts';
import { findAgency, idParams } from './find.ts';

export const getAgencyConsumption = defineRoute({
  method: 'get',
  path: '/api/agencies/{id}/consumption',
  summary: 'What an agency is accountable for, per hour (up to 400 days), day or month',
  params: idParams,
  query: z.strictObject({
    carrier: z.enum(CARRIER_IDS).optional(),
    item: z.enum(ACCOUNT_ITEMS).optional(),
    from: instantSchema,
    to: instantSchema,
    resolution: resolutionSchema.default('day'),
  }),
  response: z.array(
    z.object({
      carrier: z.enum(CARRIER_IDS),
      item: z.enum(ACCOUNT_ITEMS),
      name: z.object({ zh: z.string(), en: z.string() }),
      unit: z.string(),
      rows: z.array(amountSchema),
    }),
  ),
  async handler({ context, params, query }) {
    const agency = findAgency(context, params.id);
    const { zone } = context.registry.region;
    const rows = await context.store.agencyConsumption({
      agencyIds: [agency.id],
      resolution: query.resolution === 'hour' ? 'hour' : 'day',
      range: seriesRange(query, zone),
    });
    const wanted = rows.filter(
      ({ carrier, item }) =>
        (query.carrier ?? carrier) === carrier && (query.item ?? item) === item,
    );
    const accounts = Map.groupBy(wanted, ({ carrier, item }) => `${carrier} ${item}`);
    const body = [...accounts.values()].flatMap((own) => {
      const [first] = own;
      if (!first) return [];
      const { carrier, item } = first;
      const nowMs = context.now();
      const series = query.resolution === 'month' ? monthRows(own, { zone, nowMs }) : own;
      const unit = CARRIERS[carrier].unit;
      return [{ carrier, item, name: accountItemName(item), unit, rows: series.map(amountOf) }];
    });
    return { body };
  },
});
