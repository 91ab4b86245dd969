/** Scoring schemes to choose from, each with how much of its text could be read. */
import { z } from 'zod';
import { TRUST_LEVELS } from '../metrics/sources.ts';
import { textSchema } from '../metrics/term.ts';
import { defineRoute } from '../route.ts';
import { gradeSchema } from '../scoring/schema.ts';
import { SCHEMES } from '../scoring/schemes/index.ts';

export const listSchemes = defineRoute({
  method: 'get',
  path: '/api/schemes',
  summary:
    'Schemes an agency can be scored by, with their grades and the points that can be judged',
  response: z.array(
    z.object({
      id: z.string(),
      name: textSchema,
      source: z.string(),
      trust: z.enum(TRUST_LEVELS),
      total: z.number(),
      /** Points of items whose rule is known. */
      readable: z.number(),
      /** Highest first; the last one is the pass. */
      grades: z.array(gradeSchema),
    }),
  ),
  async handler() {
    const body = SCHEMES.map(({ id, name, source, total, grades, items }) => {
      const unread = items.filter(({ kind }) => kind === 'unknown');
      const readable = total - unread.reduce((sum, { max }) => sum + max, 0);
      return {
        ...{ id, name, total, readable, grades: [...grades] },
        ...{ source: source.text, trust: source.trust },
      };
    });
    return { body };
  },
});
