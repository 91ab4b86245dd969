/** Meters: where they hang, what they count, and what changed about them. */
import { z } from 'zod';
import { CARRIER_IDS } from '../../domain/carriers.ts';
import { ITEM_CODES } from '../../domain/items.ts';
import { COUNTER_IDS } from '../../domain/quantities.ts';
import { equipment } from './equipment.ts';
import { date, instant, level, positive, slug, text } from './primitives.ts';
import { sharing } from './sharing.ts';
import { waterUse } from './water-use.ts';

export const meter = z.strictObject({
  id: slug,
  name: text,
  building: slug,
  connection: slug,
  /** Modbus unit id. */
  unit: z.number().int().min(0).max(255).optional(),
  /** OPC UA: the part that replaces `{node}` in the profile's node ids. */
  node: z.string().min(1).optional(),
  profile: slug,
  carrier: z.enum([...CARRIER_IDS, 'weather']),
  item: z.enum(ITEM_CODES).optional(),
  /** Of a water meter: what its water is for, or where it comes from. */
  waterUse: waterUse.optional(),
  level,
  /** The meter whose figure already contains this one. */
  parent: slug.optional(),
  /** Set when one agency alone answers for it; otherwise its own shares or the building's apply. */
  agency: slug.optional(),
  /** Of a meter whose part is not shared as the building is. */
  shares: sharing,
  /** The register consumption is computed from, when it is not the carrier's usual one. */
  counter: z.enum(COUNTER_IDS).optional(),
  /** Of a meter without a register: its consumption is its power over time, an estimate. */
  counts: z.literal('power').optional(),
  /** CT × PT by date. */
  multiplier: z.array(z.strictObject({ from: date, factor: positive })).default([]),
  replacements: z
    .array(
      z.strictObject({
        at: instant,
        finalReading: z.number().min(0),
        initialReading: z.number().min(0),
      }),
    )
    .default([]),
  /** From then on the register counts in another unit: one new count is `factor` of the former. */
  unitChanges: z.array(z.strictObject({ at: instant, factor: positive })).optional(),
  pollSeconds: positive.max(3600),
  /** Seconds between reads of a group of quantities that the profile names. */
  groups: z.record(slug, positive.max(86_400)).optional(),
  /** Rating: the most it can count in an hour, in the carrier's unit, after the multiplier. */
  maxPerHour: positive,
  ...equipment,
});
