/** The shape of a meter's explanation: a polled one down to its readings, a virtual one down to its operands. */
import { z } from 'zod';
import { COUNTER_IDS } from '../../domain/quantities.ts';
import { textSchema } from '../metrics/term.ts';
import { amountSchema } from '../series.ts';
import { figureSchema, findingSchema, instant, restatementSchema } from './shapes.ts';

const segmentSchema = z.object({
  from: instant,
  to: instant,
  /** Rise of the corrected curve over it, in counts of the register. */
  amount: z.number(),
  kind: z.enum(['measured', 'interpolated', 'manual', 'estimated']),
});

const hourSchema = amountSchema.extend({
  /** The same hour computed from the readings just now; differs while late readings wait. */
  computed: z.number().nullable(),
  agrees: z.boolean(),
});

const meteredExplanationSchema = z.object({
  kind: z.literal('metered'),
  meter: z.object({ id: z.string(), name: textSchema }),
  counter: z.enum(COUNTER_IDS),
  unit: z.string(),
  from: instant,
  to: instant,
  /** What the rules were told of this register. */
  rules: z.object({
    gapMinutes: z.number(),
    maxPerHour: z.number(),
    resolution: z.number(),
    modulus: z.number().optional(),
  }),
  multipliers: z.array(z.object({ from: z.string(), factor: z.number() })),
  hours: z.array(hourSchema),
  /** Stretches of the curve that touch the range: an hour is the sum of its parts of them, times the multiplier. */
  segments: z.array(segmentSchema),
  readings: z.array(z.object({ at: instant, value: z.number(), quality: z.number().int() })),
  manual: z.array(z.object({ at: instant, value: z.number() })),
  intervals: z.array(z.object({ from: instant, to: instant, value: z.number() })),
  findings: z.array(findingSchema),
  restatements: z.array(restatementSchema),
});

const operandSchema = z.object({
  id: z.string(),
  name: textSchema,
  /** One that is virtual has a formula of its own. */
  kind: z.enum(['metered', 'virtual']),
  /** What its amount is multiplied by. */
  factor: z.number(),
  /** Its own explanation over the same range. */
  href: z.string(),
  /** The sum of its hours in the range, and of its shares that are measured and known. */
  figure: figureSchema,
  /** Hours it does not know, joined, and why. */
  unknown: z.array(z.object({ from: instant, to: instant, reasons: z.array(textSchema) })),
});

const virtualHourSchema = hourSchema.extend({
  /** Amounts of the operands, in their order; times their factors they add up to it, in that order. */
  terms: z.array(z.number().nullable()),
});

const virtualExplanationSchema = z.object({
  kind: z.literal('virtual'),
  meter: z.object({ id: z.string(), name: textSchema }),
  counter: z.enum(COUNTER_IDS),
  unit: z.string(),
  from: instant,
  to: instant,
  /** As in the registry. */
  formula: z.string(),
  operands: z.array(operandSchema),
  /** The figure as stored: the sum of its hour rows. */
  figure: figureSchema,
  /** Whether hours are what the formula makes of the operands' hours, and days the sum of hours: to the last bit. */
  agrees: z.boolean(),
  /** How far below zero last digits of registers may take an hour. */
  tolerance: z.number(),
  hours: z.array(virtualHourSchema),
  /** Stored rows of whole days in the range; `computed` is the sum of their stored hours. */
  days: z.array(hourSchema),
  /** Of the operands. */
  findings: z.array(findingSchema),
  restatements: z.array(restatementSchema),
});

export const meterExplanationSchema = z.discriminatedUnion('kind', [
  meteredExplanationSchema,
  virtualExplanationSchema,
]);

export type MeterExplanation = z.infer<typeof meteredExplanationSchema>;
export type VirtualExplanation = z.infer<typeof virtualExplanationSchema>;
