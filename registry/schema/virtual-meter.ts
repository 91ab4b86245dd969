/** Virtual meters: what a formula over other meters counts; never polled. */
import { z } from 'zod';
import { CARRIER_IDS } from '../../domain/carriers.ts';
import { ITEM_CODES } from '../../domain/items.ts';
import { level, slug, text } from './primitives.ts';
import { sharing } from './sharing.ts';

const LONGEST_FORMULA = 2000;

export const virtualMeter = z.strictObject({
  id: slug,
  name: text,
  building: slug,
  carrier: z.enum(CARRIER_IDS),
  item: z.enum(ITEM_CODES).optional(),
  level,
  /** The meter whose figure already contains this one. */
  parent: slug.optional(),
  /** Set when one agency alone answers for it; otherwise its own shares or the building's apply. */
  agency: slug.optional(),
  shares: sharing,
  /** Over ids of meters, with constant factors: `a + b - 0.5 * (c + d)`. */
  formula: z.string().min(1).max(LONGEST_FORMULA),
});
