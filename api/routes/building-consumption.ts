/** What a building used over time, by carrier and sub-item, whoever occupies it, under the codes other systems know it by. */
import { z } from 'zod';
import { energyDatumCode, hourResultKey } from '../../domain/codes.ts';
import type { AccountItem } from '../../domain/consumption.ts';
import { FOUR_WAY_ITEMS, type FourWayItem } from '../../domain/items.ts';
import { defineRoute } from '../route.ts';
import { amountSchema } from '../series.ts';
import { accountQuery, accountSeries, accountSeriesSchema, selectionOf } from './account-series.ts';
import { findBuilding, idParams } from './find.ts';

const seriesSchema = z.array(
  accountSeriesSchema.element.extend({
    /** Building and item in 15 characters; `null` for what is no item of the guide, as exports. */
    datumCode: z.string().nullable(),
    rows: z.array(
      amountSchema.extend({
        /** Of an hour: datum code and local hour in 25 characters. */
        hourKey: z.string().optional(),
      }),
    ),
  }),
);

function isItem(item: AccountItem): item is FourWayItem {
  return FOUR_WAY_ITEMS.some((code) => code === item);
}

export const getBuildingConsumption = defineRoute({
  method: 'get',
  path: '/api/buildings/{id}/consumption',
  summary: 'What a building used, per hour (up to 400 days), day, month, year or heating season',
  params: idParams,
  query: accountQuery,
  response: seriesSchema,
  async handler({ context, params, query }) {
    const { id, code } = findBuilding(context, params.id);
    const { zone } = context.registry.region;
    const selection = selectionOf(context, query);
    const rows = await context.store.buildingConsumption({ buildingIds: [id], ...selection });
    const body = accountSeries(context, rows).map((series) => {
      if (!isItem(series.item)) return { ...series, datumCode: null };
      const datumCode = energyDatumCode(code, series.item);
      if (query.resolution !== 'hour') return { ...series, datumCode };
      const keyOf = (start: string) => hourResultKey(datumCode, Date.parse(start), zone);
      const keyed = series.rows.map((row) => ({ ...row, hourKey: keyOf(row.start) }));
      return { ...series, datumCode, rows: keyed };
    });
    return { body };
  },
});
