/**
 * The shape of an assessment: an agency's account of one month or year, with what each figure rests
 * on. Frozen ones are read by it for ever: a field that is added has a default or is optional.
 */
import { z } from 'zod';
import { CARRIER_IDS } from '../../domain/carriers.ts';
import { CONSUMPTION_CLASSES } from '../../domain/consumption.ts';
import { metricFactsSchema } from '../metrics/catalogue.ts';
import { termSchema, textSchema } from '../metrics/term.ts';
import { reviewResultSchema } from '../review/result.ts';
import { basisSchema } from './basis.ts';

/** How much of a figure was measured. */
const completenessSchema = z.object({
  /** Share of the period covered by measured readings, 0…1. */
  coverage: z.number(),
  /** Share of the period whose amount is known, measured or interpolated, 0…1. */
  known: z.number(),
});

export const totalSchema = completenessSchema.extend({
  carrier: z.enum(CARRIER_IDS),
  /** Sub-item code, or `export`. */
  item: z.string(),
  name: textSchema,
  unit: z.string(),
  /** `null` when nothing is known: missing is never zero. */
  value: z.number().nullable(),
  class: z.enum(CONSUMPTION_CLASSES),
});

const METRIC_STATUSES = ['ok', 'partial', 'insufficient'] as const;

const partSchema = z.object({
  name: textSchema,
  value: z.number().nullable(),
  unit: z.string(),
  completeness: z.number(),
});

export const metricValueSchema = metricFactsSchema.extend({
  value: z.number().nullable(),
  /** `insufficient`: data did not suffice, there is no value. `partial`: a value with a gap named in `reasons`. */
  status: z.enum(METRIC_STATUSES),
  completeness: z.number(),
  reasons: z.array(textSchema),
  terms: z.array(termSchema),
  /** The figure by parts: carriers, sub-items, units below. */
  parts: z.array(partSchema).optional(),
  /** The band or grade it falls into. */
  grade: z.object({ id: z.string(), name: textSchema, source: z.string() }).optional(),
  /** Comparison with a quota of the registry, for whole years. */
  quota: z
    .object({
      id: z.string(),
      grade: z.enum(['guide', 'baseline', 'constraint', 'over']),
      constraint: z.number(),
      guide: z.number(),
      source: z.string(),
      verified: z.boolean(),
    })
    .optional(),
});

/** One meter's part in the account. */
export const contributionSchema = completenessSchema.extend({
  meterId: z.string(),
  name: textSchema,
  /** Building and item in the 15 characters by which other systems know what is measured. */
  datumCode: z.string().optional(),
  carrier: z.enum(CARRIER_IDS),
  counter: z.string(),
  unit: z.string(),
  /** The meter's whole amount in the period. */
  amount: z.number().nullable(),
  /** The part attributed to the agency: +1, a share, or minus a tenant's own meter. */
  factor: z.number(),
  basis: z.enum(['sole', 'own-meter', 'area', 'heads', 'fixed', 'subordinates']),
});

const findingSchema = z.object({
  code: z.string(),
  text: textSchema,
  severity: z.enum(['info', 'warning']),
  meterId: z.string(),
  /** How many hours of the period carry it. */
  hours: z.number().int(),
});

/** What the id is a hash of: the same data and rules give the same bytes. */
export const contentSchema = z.object({
  agency: z.object({
    id: z.string(),
    name: textSchema,
    tier: z.string(),
    creditCode: z.string().optional(),
    persons: z.number().nullable(),
    floorM2: z.number().nullable(),
  }),
  period: z.object({
    id: z.string(),
    kind: z.enum(['month', 'year', 'day']),
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    /** False while the period still runs. */
    ended: z.boolean(),
    zone: z.string(),
  }),
  ruleVersion: z.number().int(),
  totals: z.array(totalSchema),
  metrics: z.array(metricValueSchema),
  contributions: z.array(contributionSchema),
  findings: z.array(findingSchema),
  basis: basisSchema,
  review: z.array(reviewResultSchema),
});

export const assessmentSchema = contentSchema.extend({
  /** Hash of the content. */
  id: z.string(),
  /** When it was computed, or frozen. */
  computedAt: z.iso.datetime(),
  /** `null` while it is a draft: its figures still follow the data. */
  frozen: z
    .object({
      /** Seal of the snapshot. */
      id: z.string(),
      revision: z.number().int(),
      who: z.string(),
      note: z.string(),
    })
    .nullable(),
});

export type MetricValue = z.infer<typeof metricValueSchema>;
export type Total = z.infer<typeof totalSchema>;
export type Contribution = z.infer<typeof contributionSchema>;
export type Content = z.infer<typeof contentSchema>;
export type Assessment = z.infer<typeof assessmentSchema>;
