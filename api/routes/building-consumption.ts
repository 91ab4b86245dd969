/** What a building used over time, by carrier and sub-item, whoever occupies it. */
import { defineRoute } from '../route.ts';
import { accountQuery, accountSeries, accountSeriesSchema, selectionOf } from './account-series.ts';
import { findBuilding, idParams } from './find.ts';

export const getBuildingConsumption = defineRoute({
  method: 'get',
  path: '/api/buildings/{id}/consumption',
  summary: 'What a building used, per hour (up to 400 days), day, month, year or heating season',
  params: idParams,
  query: accountQuery,
  response: accountSeriesSchema,
  async handler({ context, params, query }) {
    const { id } = findBuilding(context, params.id);
    const selection = selectionOf(context, query);
    const rows = await context.store.buildingConsumption({ buildingIds: [id], ...selection });
    return { body: accountSeries(context, rows) };
  },
});
