/** A figure a metric was computed from: the step down from a result to what it rests on. */
import { z } from 'zod';

export const textSchema = z.object({ zh: z.string(), en: z.string() });

/** A figure a metric was computed from, with where it comes from. */
export const termSchema = z.object({
  name: textSchema,
  value: z.number().nullable(),
  unit: z.string(),
  /** Factor id, registry entry or sub-item; what a reviewer looks up. */
  source: z.string(),
  /** Absent for measured figures; false: the number was not seen in its official document. */
  verified: z.boolean().optional(),
});

export type MetricTerm = z.infer<typeof termSchema>;
