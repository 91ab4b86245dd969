/** Time-of-use tariffs: which slot each local hour of each month falls into, dated and sourced. */
import { z } from 'zod';
import { CARRIER_IDS } from '../../domain/carriers.ts';
import { TARIFF_SLOTS, type TariffSlot } from '../../domain/tariff.ts';
import { date, positive, slug, sourced } from './primitives.ts';

const slot = z.enum(Object.keys(TARIFF_SLOTS) as [TariffSlot, ...TariffSlot[]]);
const month = z.number().int().min(1).max(12);
const hour = z.number().int().min(0).max(23);

export const tariff = z.strictObject({
  id: slug,
  carrier: z.enum(CARRIER_IDS),
  region: z.string(),
  from: date,
  /** Local hours 0…23; without months, of every month. Each hour of each month stands once. */
  slots: z
    .array(
      z.strictObject({
        slot,
        months: z.array(month).min(1).optional(),
        hours: z.array(hour).min(1),
      }),
    )
    .min(1),
  /** yuan per unit of the carrier; a slot without one has no known price. */
  prices: z.partialRecord(slot, positive).default({}),
  ...sourced,
});
