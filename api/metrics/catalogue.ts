/** A metric's words without its arithmetic: what answers, exports and reference pages print. */
import { z } from 'zod';
import type { Metric } from './metric.ts';
import { TRUST_LEVELS } from './sources.ts';
import { textSchema } from './term.ts';

export const metricFactsSchema = z.object({
  id: z.string(),
  /** Number in the catalogue, e.g. `A24-03`. */
  code: z.string(),
  /** Article of the regulation it follows from, and the words of the clause. */
  article: z.number().int(),
  clause: textSchema,
  name: textSchema,
  unit: z.string(),
  formula: z.string(),
  inputs: z.array(textSchema),
  source: z.string(),
  /** How far the source was seen. */
  trust: z.enum(TRUST_LEVELS),
  /** What leaves it without a value. */
  insufficient: textSchema,
  better: z.enum(['lower', 'higher', 'neither']),
});

export type MetricFacts = z.infer<typeof metricFactsSchema>;

export function factsOf(metric: Metric): MetricFacts {
  const { id, code, clause, name, unit, formula, inputs, source, insufficient, better } = metric;
  return {
    id,
    code,
    article: clause.article,
    clause: { zh: clause.zh, en: clause.en },
    name,
    unit,
    formula,
    inputs: [...inputs],
    source: source.text,
    trust: source.trust,
    insufficient,
    better,
  };
}
