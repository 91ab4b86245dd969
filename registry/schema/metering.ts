/** Metering points (计量点), each with the meters it has and lacks, and the limits their rates are held against. */
import { z } from 'zod';
import { ACCURACY_CLASS_IDS } from '../../domain/accuracy.ts';
import { CARRIER_IDS } from '../../domain/carriers.ts';
import { PLACE_IDS } from '../../domain/places.ts';
import { date, level, positive, slug, sourced, text } from './primitives.ts';

const carrier = z.enum(CARRIER_IDS);

export const meteringPoint = z.strictObject({
  id: slug,
  name: text,
  building: slug,
  /** Whose it is; absent: of all who occupy the building. */
  agency: slug.optional(),
  place: z.enum(PLACE_IDS),
  level,
  /** What it needs meters of; absent: what its place needs. */
  carriers: z.array(carrier).min(1).optional(),
  /** Power of its fixed equipment: small zones need no meter. */
  ratedKw: positive.optional(),
  /** First day it exists, and the first day it does no longer. */
  from: date.optional(),
  until: date.optional(),
  /** By carrier the meter it has; one without is not installed. */
  meters: z.partialRecord(carrier, slug).default({}),
});

const limit = { id: slug, from: date, ...sourced };

export const meteringLimit = z.discriminatedUnion('kind', [
  /** Share of what is needed that must be installed (配备率). */
  z.strictObject({
    ...limit,
    kind: z.literal('rate'),
    level,
    /** Absent: of all carriers together. */
    carrier: carrier.optional(),
    percent: positive.max(100),
  }),
  /** The worst accuracy class permitted. */
  z.strictObject({
    ...limit,
    kind: z.literal('accuracy'),
    carrier,
    /** Of meters of one level only. */
    level: level.optional(),
    /** Of meters above one diameter, or up to one. */
    aboveMm: positive.optional(),
    upToMm: positive.optional(),
    accuracyClass: z.enum(ACCURACY_CLASS_IDS),
  }),
  /** Zones need a meter when their fixed equipment is above it. */
  z.strictObject({ ...limit, kind: z.literal('zone-power'), aboveKw: positive }),
]);
