/** Quotas and targets: what a figure is held against. */
import { z } from 'zod';
import { HEAD_DEFINITION_IDS } from '../../domain/heads.ts';
import { TIERS } from './agency.ts';
import { FACTOR_PROFILES } from './factor.ts';
import { positive, slug, sourced } from './primitives.ts';

export const quota = z.strictObject({
  id: slug,
  metric: slug,
  tier: z.enum(TIERS),
  /** Climate zone it is made for, as the region names its own; absent: any. */
  climateZone: z.string().optional(),
  /** Factors and head count of the standard it comes from; absent: those of the national statistics. */
  profile: z.enum(FACTOR_PROFILES).optional(),
  heads: z.enum(HEAD_DEFINITION_IDS).optional(),
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
