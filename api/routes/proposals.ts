/** Meters that look replaced although nobody registered it, with the entry that would say so. */
import { z } from 'zod';
import { DAY_MS } from '../../domain/period.ts';
import { isCounting } from '../../registry/registry.ts';
import { findingSchema } from '../explain/shapes.ts';
import { findingWords, iso } from '../explain/words.ts';
import { defineRoute } from '../route.ts';

const LOOKBACK_DAYS = 400;

export const listProposals = defineRoute({
  method: 'get',
  path: '/api/proposals',
  summary: 'Breaks that look like a meter replacement, with both indices filled in',
  response: z.array(
    z.object({
      meterId: z.string(),
      finding: findingSchema,
      /** What to enter under `replacements` of the meter, once somebody confirms it. */
      yaml: z.string(),
    }),
  ),
  async handler({ context }) {
    const { registry, store, now } = context;
    const meterIds = registry.meters.filter(isCounting).map(({ id }) => id);
    const range = { fromMs: now() - LOOKBACK_DAYS * DAY_MS, toMs: now() };
    const findings = await store.findings({ meterIds, range });
    const body = findings.flatMap((finding) => {
      const { proposal, meterId } = finding;
      if (!proposal) return [];
      const { atMs, finalReading, initialReading } = proposal;
      const yaml = `- { at: ${iso(atMs)}, finalReading: ${finalReading}, initialReading: ${initialReading} }`;
      return [{ meterId, finding: findingWords(finding), yaml }];
    });
    return { body };
  },
});
