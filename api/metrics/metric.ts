/** What a metric is: a pure function from an agency's account to one figure, with its words and source. */
import type { Text } from '../../domain/text.ts';
import type { Clause } from './clauses.ts';
import type { MetricInput } from './input.ts';
import type { Source } from './sources.ts';
import type { MetricTerm } from './term.ts';

/** Share of the period that must be known for a figure to be given; below it: insufficient data. */
export const MIN_KNOWN = 0.9;

/** One line of a figure that has parts: a carrier, a sub-item, a unit below. */
export interface MetricPart {
  readonly name: Text;
  readonly value: number | null;
  readonly unit: string;
  /** Worst known share of what went in, 0…1. */
  readonly completeness: number;
}

export interface MetricOutcome {
  readonly value: number | null;
  /** Worst known share of what went in, 0…1. */
  readonly completeness: number;
  readonly terms: readonly MetricTerm[];
  /** Why there is no value, or what the value leaves out. */
  readonly reasons: readonly Text[];
  /** The figure by parts, which add up to it where it is a sum. */
  readonly parts?: readonly MetricPart[];
  /** The band or grade the figure falls into, with what decided it. */
  readonly grade?: { readonly id: string; readonly name: Text; readonly source: string };
}

export interface Metric {
  readonly id: string;
  /** Article and number in the catalogue, e.g. `A24-03`. */
  readonly code: `A${number}-${string}`;
  readonly clause: Clause;
  readonly name: Text;
  /** Per period: a month's figure is not annualised. */
  readonly unit: string;
  readonly formula: string;
  /** What goes in, for the reference page: carriers, registry entries, kinds of the ledger. */
  readonly inputs: readonly Text[];
  readonly source: Source;
  /** What leaves it without a value, in words. */
  readonly insufficient: Text;
  readonly better: 'lower' | 'higher' | 'neither';
  /** Only whole years have it when a month would mislead. */
  readonly yearly?: true;
  compute(input: MetricInput): MetricOutcome;
}

export function defineMetric(metric: Metric): Metric {
  return metric;
}
