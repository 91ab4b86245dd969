/** What the review says of an assessment: a check that did not hold, with figures, and what to do. */
import { z } from 'zod';
import { textSchema } from '../metrics/term.ts';

const REVIEW_SEVERITIES = ['warning', 'info'] as const;

export const reviewResultSchema = z.object({
  /** Id of the check, which a note of the ledger names. */
  id: z.string(),
  name: textSchema,
  severity: z.enum(REVIEW_SEVERITIES),
  /** Carrier, sub-item, meter, metric or factor it is about. */
  subject: z.string(),
  message: textSchema,
  /** What to do about it. */
  todo: textSchema,
  /** The limit that was passed. */
  limit: z
    .object({ value: z.number(), unit: z.string(), source: z.string(), verified: z.boolean() })
    .optional(),
  /** The entry of the ledger that explains it. */
  explained: z
    .object({ kind: z.string(), id: z.string(), who: z.string(), reason: z.string() })
    .nullable(),
});

export type ReviewResult = z.infer<typeof reviewResultSchema>;
