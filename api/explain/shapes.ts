/** The shape of an explanation: a figure, what it is made of, and how to go one step further down. */
import { z } from 'zod';
import { CARRIER_IDS } from '../../domain/carriers.ts';
import { COUNTER_IDS } from '../../domain/quantities.ts';
import { textSchema } from '../metrics/term.ts';
import { amountSchema } from '../series.ts';

export const instant = z.iso.datetime();
const evidenceSchema = z.array(z.object({ at: instant, value: z.number() }));

const proposalSchema = z.object({
  at: instant,
  finalReading: z.number(),
  initialReading: z.number(),
});

/** What the rules decided about a stretch of readings, and the readings that made them. */
export const findingSchema = z.object({
  meterId: z.string(),
  code: z.string(),
  text: textSchema,
  severity: z.enum(['info', 'warning']),
  from: instant,
  to: instant,
  evidence: evidenceSchema,
  /** Readings still to come decide. */
  provisional: z.boolean(),
  proposal: proposalSchema.optional(),
});

export const restatementSchema = z.object({
  resolution: z.string(),
  start: instant,
  revision: z.number().int(),
  before: z.number().nullable(),
  after: z.number().nullable(),
  at: instant,
  cause: z.string(),
});

const entrySchema = z.object({ kind: z.string(), id: z.string(), from: instant, to: instant });

const partSchema = z.object({
  /** A meter's part of the account, or an agency below with the same account. */
  kind: z.enum(['meter', 'agency']),
  id: z.string(),
  name: textSchema,
  /** Tenants' own meters that are taken off before sharing. */
  minus: z.array(z.string()),
  counter: z.enum(COUNTER_IDS).optional(),
  /** The share of it that counts here, and what the share rests on. */
  factor: z.number(),
  basis: z.string(),
  from: instant,
  to: instant,
  /** What it adds to the figure: the sum over its hours. */
  value: z.number().nullable(),
  /** Hours of the range in which it is known. */
  knownHours: z.number().int(),
  hours: z.number().int(),
});

export const figureSchema = amountSchema.omit({ start: true, findings: true, revision: true });

export const agencyExplanationSchema = z.object({
  agency: z.object({ id: z.string(), name: textSchema }),
  carrier: z.enum(CARRIER_IDS),
  item: z.string(),
  name: textSchema,
  unit: z.string(),
  from: instant,
  to: instant,
  /** The figure as stored: the sum of its hour rows. */
  figure: figureSchema,
  parts: z.array(partSchema),
  /** Whether the parts add up to the figure; if not, rows are waiting to be computed anew. */
  agrees: z.boolean(),
  days: z.array(amountSchema),
  findings: z.array(findingSchema),
  restatements: z.array(restatementSchema),
  /** Bills and readings by hand of these meters. */
  entries: z.array(entrySchema),
});

export type AgencyExplanation = z.infer<typeof agencyExplanationSchema>;
