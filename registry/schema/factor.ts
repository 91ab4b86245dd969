/** Factors: what turns an amount into standard coal or carbon, dated and sourced. */
import { z } from 'zod';
import { CARRIER_IDS } from '../../domain/carriers.ts';
import { FUEL_IDS } from '../../domain/fuels.ts';
import { slug, sourced } from './primitives.ts';

export const FACTOR_PROFILES = ['national-statistics', 'db37-quota'] as const;
export type FactorProfile = (typeof FACTOR_PROFILES)[number];

export const factor = z.strictObject({
  id: slug,
  kind: z.enum(['standard-coal', 'co2', 'density']),
  carrier: z.enum([...CARRIER_IDS, ...FUEL_IDS]),
  /**
   * Sets of factors that belong together. Figures of one set are never mixed with another's:
   * electricity counts 0.1229 or some 0.31 kgce/kWh depending on who asks.
   */
  profiles: z.array(z.enum(FACTOR_PROFILES)).min(1).default(['national-statistics']),
  value: z.number().min(0),
  /** e.g. kgce/kWh, kgCO2/kWh, kg/L. */
  unit: z.string().min(1),
  /** Data year; absent for coefficients that do not change. */
  year: z.number().int().optional(),
  /** First year of accounts it may be used for. */
  validFromYear: z.number().int(),
  region: z.string(),
  ...sourced,
});
