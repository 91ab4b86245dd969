/** Agencies: the tree of accountability, with its dated people and areas. */
import { z } from 'zod';
import { CREDIT_CODE } from '../../domain/credit-code.ts';
import { HEAD_DEFINITION_IDS } from '../../domain/heads.ts';
import { date, division, positive, slug, text } from './primitives.ts';

export const TIERS = ['region', 'league', 'banner', 'unit'] as const;

/** Kinds of public institution of the statistics form (单位性质); peers are of one type. */
export const AGENCY_TYPES = [
  'state-organ',
  'education',
  'science',
  'culture',
  'health',
  'sport',
  'other-institution',
  'organisation',
] as const;

export const agency = z.strictObject({
  id: slug,
  name: text,
  parent: slug.optional(),
  tier: z.enum(TIERS),
  type: z.enum(AGENCY_TYPES).default('state-organ'),
  /** Unified social credit code, GB 32100: 18 characters without I, O, S, V, Z. */
  creditCode: z.string().regex(CREDIT_CODE, '18 characters of GB 32100').optional(),
  /** Administrative division (GB/T 2260), where it is not that of the agency above. */
  regionCode: division.optional(),
  /** People by date and definition; entries of one definition replace each other. */
  heads: z
    .array(
      z.strictObject({ from: date, persons: positive, definition: z.enum(HEAD_DEFINITION_IDS) }),
    )
    .default([]),
  /** Areas it answers for by date: built, heated, cooled, green. */
  areas: z
    .array(
      z.strictObject({
        from: date,
        floorM2: positive,
        heatedM2: positive.optional(),
        cooledM2: positive.optional(),
        greenM2: positive.optional(),
      }),
    )
    .default([]),
});
