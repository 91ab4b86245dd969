/** Factors: what turns an amount into standard coal or carbon, dated and sourced. */
import { z } from 'zod';
import { CARRIER_IDS } from '../../domain/carriers.ts';
import { slug, sourced } from './primitives.ts';

export const factor = z.strictObject({
  id: slug,
  kind: z.enum(['standard-coal', 'co2']),
  carrier: z.enum(CARRIER_IDS),
  value: z.number().min(0),
  /** e.g. kgce/kWh, kgCO2/kWh. */
  unit: z.string().min(1),
  /** Data year; absent for coefficients that do not change. */
  year: z.number().int().optional(),
  /** First year of accounts it may be used for. */
  validFromYear: z.number().int(),
  region: z.string(),
  ...sourced,
});
