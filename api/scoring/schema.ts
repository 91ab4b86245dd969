/** The shape of a score: every item with its points or why there are none, and what evidence is due. */
import { z } from 'zod';
import { TRUST_LEVELS } from '../metrics/sources.ts';
import { textSchema } from '../metrics/term.ts';

const evidenceSchema = z.object({
  /** Item of the scheme, or a piece of one, that the file proves. */
  item: z.string(),
  entry: z.string(),
  fileName: z.string(),
  sha256: z.string(),
  expiresOn: z.string().nullable(),
  state: z.enum(['valid', 'expires-soon', 'expired']),
});

const ITEM_STATES = ['judged', 'no-figure', 'no-evidence', 'unknown'] as const;

const itemSchema = z.object({
  id: z.string(),
  block: textSchema,
  name: textSchema,
  max: z.number(),
  /** ★: a zero here fails the whole. */
  mayNotBeZero: z.boolean(),
  /** `unknown`: the text of the rule was not seen, the item is not scored. */
  state: z.enum(ITEM_STATES),
  /** `null` unless judged. */
  points: z.number().nullable(),
  /** Points that are neither reached nor lost: what could not be judged, and pieces nobody proved yet. */
  open: z.number(),
  why: textSchema,
  /** Code of the metric the points follow from. */
  from: z.string().optional(),
  evidence: z.array(evidenceSchema),
  /** What ledger evidence may name as its item to prove it, and whether some that holds does. */
  provable: z.array(z.object({ item: z.string(), name: textSchema, held: z.boolean() })),
});

const conditionSchema = z.object({
  id: z.string(),
  name: textSchema,
  /** `null`: it cannot be told. */
  holds: z.boolean().nullable(),
  why: textSchema,
});

export const gradeSchema = z.object({ id: z.string(), name: textSchema, from: z.number() });

export const scoreSchema = z.object({
  scheme: z.object({
    id: z.string(),
    name: textSchema,
    source: z.string(),
    trust: z.enum(TRUST_LEVELS),
    total: z.number(),
    /** Highest first; the last one is the pass. */
    grades: z.array(gradeSchema),
  }),
  agencyId: z.string(),
  /** The last local day that counts; evidence is looked at on it. */
  on: z.iso.date(),
  /** Reached for certain. */
  points: z.number(),
  /** With all that is open: more it cannot become. */
  most: z.number(),
  /** Points of the items that could be judged, of `scheme.total`. */
  judged: z.number(),
  summary: textSchema,
  /** `open`: neither is certain from what could be judged. */
  verdict: z.enum(['passed', 'failed', 'open']),
  grade: z.object({ id: z.string(), name: textSchema }).nullable(),
  conditions: z.array(conditionSchema),
  items: z.array(itemSchema),
  /** Evidence to be handed in, and what ends within thirty days or has ended. */
  due: z.array(
    z.object({
      item: z.string(),
      name: textSchema,
      what: z.enum(['missing', 'expires-soon', 'expired']),
      expiresOn: z.string().nullable(),
    }),
  ),
});

export type Score = z.infer<typeof scoreSchema>;
export type ScoredItem = Score['items'][number];
