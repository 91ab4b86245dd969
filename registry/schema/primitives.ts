/** What the sections of the registry are made of. */
import { z } from 'zod';

/** Ids become tag values, addresses and file names. */
export const slug = z
  .string()
  .regex(/^[a-z][a-z0-9_-]*$/, 'a slug: a–z, 0–9, - and _, a letter first');
export const text = z.strictObject({
  zh: z.string().min(1).max(128),
  en: z.string().min(1).max(128),
});
/** Administrative division of GB/T 2260; YAML reads digits without quotes as a number. */
export const division = z.string('6 digits in quotes').regex(/^\d{6}$/, '6 digits in quotes');
export const date = z.iso.date();
export const monthDay = z.string().regex(/^\d{2}-\d{2}$/, 'a day of the year, MM-DD');
export const instant = z.iso.datetime({ offset: true }).transform((value) => Date.parse(value));
export const positive = z.number().positive();
export const share = z.number().gt(0).lte(1);
/** `source` and `verified` travel with every number that is not measured. */
export const sourced = { source: z.string().min(1), verified: z.boolean() };
/** Metering level after GB 17167: 1 the whole site, 2 a sub-unit, 3 main equipment. */
export const level = z.union([z.literal(1), z.literal(2), z.literal(3)]);
