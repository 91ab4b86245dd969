/** Quotas and targets: what a figure is held against. */
import { z } from 'zod';
import { TIERS } from './agency.ts';
import { positive, slug, sourced } from './primitives.ts';

export const quota = z.strictObject({
  id: slug,
  metric: slug,
  tier: z.enum(TIERS),
  /** First year of accounts it applies to; absent: any. */
  validFromYear: z.number().int().optional(),
  unit: z.string(),
  constraint: positive,
  baseline: positive.optional(),
  guide: positive,
  region: z.string(),
  ...sourced,
});

export const target = z.strictObject({
  id: slug,
  metric: slug,
  baseYear: z.number().int(),
  targetYear: z.number().int(),
  /** Change wanted over the whole span, e.g. -0.05. */
  change: z.number().gt(-1).lt(1),
  ...sourced,
});
