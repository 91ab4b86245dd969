/** The catalogue of metrics: which clause each follows from, and how it is computed. */
import { z } from 'zod';
import { metricValueSchema } from '../assessment/schema.ts';
import { METRICS } from '../metrics/index.ts';
import { defineRoute } from '../route.ts';

const catalogueSchema = metricValueSchema.pick({
  id: true,
  article: true,
  clause: true,
  name: true,
  unit: true,
  formula: true,
  source: true,
  better: true,
});

export const listMetrics = defineRoute({
  method: 'get',
  path: '/api/metrics',
  summary: 'Every metric with its article, clause, formula and source',
  response: z.array(catalogueSchema),
  handler: async () => ({ body: [...METRICS] }),
});
