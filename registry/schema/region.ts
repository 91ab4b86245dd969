/** The region, its zone and season, and the weather stations in it. */
import { z } from 'zod';
import { isWholeHourZone } from '../../domain/period.ts';
import { division, monthDay, slug, sourced, text } from './primitives.ts';

export const region = z.strictObject({
  id: slug,
  name: text,
  /** Administrative division that all codes of its buildings lie in. */
  code: division.optional(),
  zone: z
    .string()
    .refine(isWholeHourZone, 'an IANA time zone whose clocks differ from UTC by whole hours')
    .default('Asia/Shanghai'),
  /** GB 50176 class, e.g. 1C. */
  climateZone: z.string(),
  heatingSeason: z.strictObject({ from: monthDay, to: monthDay }),
  /** Rooms in working time: no warmer than this while heated, no colder than that while cooled. */
  roomTemperature: z
    .strictObject({ heatedMaxC: z.number(), cooledMinC: z.number(), ...sourced })
    .optional(),
  /** What is made public names no unit of fewer people: they are shown together. */
  disclosure: z.strictObject({ fewestPersons: z.int().min(1), ...sourced }).optional(),
});

export const station = z.strictObject({
  id: slug,
  name: text,
  latitudeDeg: z.number().min(-90).max(90),
  longitudeDeg: z.number().min(-180).max(180),
  /** The meter whose `airTemperature` is the station's. */
  sensor: slug.optional(),
  /** Degree days of a typical year, by the first year of accounts they are used for. */
  normals: z
    .array(
      z.strictObject({
        validFromYear: z.number().int(),
        hdd18: z.number().min(0),
        cdd26: z.number().min(0),
        ...sourced,
      }),
    )
    .optional(),
});
