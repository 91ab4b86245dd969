/** What a reviewer would ask about an assessment, before it is exported. */
import { z } from 'zod';
import { assessmentOf } from '../assessment/freeze.ts';
import { reviewResultSchema } from '../review/result.ts';
import { defineRoute } from '../route.ts';
import { findAgency, idParams } from './find.ts';
import { findPeriod, periodText } from './find-period.ts';

export const getReview = defineRoute({
  method: 'get',
  path: '/api/agencies/{id}/review',
  summary:
    'Checks of an assessment that do not hold, with figures, what to do and what explains them',
  params: idParams,
  query: z.strictObject({ period: periodText }),
  response: z.array(reviewResultSchema),
  async handler({ context, params, query }) {
    const agency = findAgency(context, params.id);
    const period = findPeriod(context, query.period);
    const { review } = await assessmentOf(context, agency.id, period);
    return { body: review };
  },
});
