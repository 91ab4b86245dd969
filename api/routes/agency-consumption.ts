/** An agency's account over time, by carrier and sub-item. */
import { defineRoute } from '../route.ts';
import { accountQuery, accountSeries, accountSeriesSchema, selectionOf } from './account-series.ts';
import { findAgency, idParams } from './find.ts';

export const getAgencyConsumption = defineRoute({
  method: 'get',
  path: '/api/agencies/{id}/consumption',
  summary:
    'What an agency is accountable for, per hour (up to 400 days), day, month, year or heating season',
  params: idParams,
  query: accountQuery,
  response: accountSeriesSchema,
  async handler({ context, params, query }) {
    const { id } = findAgency(context, params.id);
    const selection = selectionOf(context, query);
    const rows = await context.store.agencyConsumption({ agencyIds: [id], ...selection });
    return { body: accountSeries(context, rows) };
  },
});
