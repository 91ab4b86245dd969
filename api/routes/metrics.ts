/** The catalogue of metrics: which clause each follows from, and how it is computed. */
import { z } from 'zod';
import { factsOf, metricFactsSchema } from '../metrics/catalogue.ts';
import { METRICS } from '../metrics/index.ts';
import { defineRoute } from '../route.ts';

export const listMetrics = defineRoute({
  method: 'get',
  path: '/api/metrics',
  summary: 'Every metric with its article, clause, formula and source',
  response: z.array(metricFactsSchema),
  handler: async () => ({ body: METRICS.map(factsOf) }),
});
