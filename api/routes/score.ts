/** An agency's score by a scheme such as 节水型单位: points, why, and what evidence is due. */
import { z } from 'zod';
import { loadAccount } from '../assessment/account.ts';
import { defineRoute } from '../route.ts';
import { scoreSchema } from '../scoring/schema.ts';
import { SCHEMES } from '../scoring/schemes/index.ts';
import { scoreBy } from '../scoring/score.ts';
import { findAgency, idParams } from './find.ts';
import { findPeriod } from './find-period.ts';

export const getScore = defineRoute({
  method: 'get',
  path: '/api/agencies/{id}/score',
  summary: 'Points of a year by a scheme; items that cannot be judged are named, not guessed',
  params: idParams,
  query: z.strictObject({
    scheme: z.enum(SCHEMES.map(({ id }) => id)),
    period: z.string().regex(/^\d{4}$/, 'a year such as 2026'),
  }),
  response: scoreSchema,
  async handler({ context, params, query }) {
    const agency = findAgency(context, params.id);
    const period = findPeriod(context, query.period);
    const scheme = SCHEMES.find(({ id }) => id === query.scheme);
    if (!scheme) throw new RangeError(`no scheme '${query.scheme}'`);
    const { input } = await loadAccount(context, agency.id, period);
    return { body: scoreBy(scheme, input) };
  },
});
