/** What a unit of a carrier or fuel costs from a date on, for estimates where no bill says so. */
import { z } from 'zod';
import { CARRIER_IDS } from '../../domain/carriers.ts';
import { FUEL_IDS } from '../../domain/fuels.ts';
import { date, positive, slug, sourced } from './primitives.ts';

export const price = z.strictObject({
  id: slug,
  carrier: z.enum([...CARRIER_IDS, ...FUEL_IDS]),
  from: date,
  /** yuan per unit of the carrier or fuel. */
  value: positive,
  /** e.g. 元/kWh, 元/m³. */
  unit: z.string().min(1),
  region: z.string(),
  ...sourced,
});
