/** What a metric is: a pure function from an agency's account to one figure, with its words and source. */
import type { Carrier } from '../../domain/carriers.ts';
import type { AccountItem, AgencyConsumption } from '../../domain/consumption.ts';
import type { Text } from '../../domain/text.ts';
import type { CountingMeter } from '../../registry/registry.ts';
import type { Agency, Factor } from '../../registry/schema.ts';
import type { MetricTerm } from '../assessment/schema.ts';
import type { PeriodAmount } from '../consumption/amounts.ts';

/** Share of the period that must be known for a figure to be given; below it: insufficient data. */
export const MIN_KNOWN = 0.9;

export interface MetricInput {
  readonly agency: Agency;
  readonly periodKind: 'year' | 'month' | 'day';
  /** False while the period still runs. */
  readonly ended: boolean;
  /** The account's amount over the elapsed period; `undefined` when no meter measures it. */
  total(carrier: Carrier, item?: AccountItem): PeriodAmount | undefined;
  /** Hour rows of a carrier's total over the elapsed period. */
  hours(carrier: 'electricity' | 'water'): readonly AgencyConsumption[];
  /** Meters of the buildings the agency occupies, with their amounts over the elapsed period. */
  meterAmounts(carrier: Carrier): readonly { meter: CountingMeter; amount: PeriodAmount }[];
  /** Dated head count and areas at the period's start, summed over the agency's subtree. */
  readonly persons: number | undefined;
  readonly floorM2: number | undefined;
  readonly heatedM2: number | undefined;
  factor(kind: Factor['kind'], carrier: Carrier): Factor | undefined;
  /** Whether an instant lies in the working hours of a working day (calendar with 调休). */
  isWorkingTime(atMs: number): boolean;
  localHourOf(atMs: number): number;
  readonly elapsedHours: number;
  /** Days of the elapsed period inside the heating season. */
  readonly heatingDays: number;
}

export interface MetricOutcome {
  readonly value: number | null;
  /** Worst known share of what went in, 0…1. */
  readonly completeness: number;
  readonly terms: readonly MetricTerm[];
  /** Why there is no value, or what the value leaves out. */
  readonly reasons: readonly Text[];
}

export interface Metric {
  readonly id: string;
  readonly article: 24 | 25 | 26;
  readonly clause: Text;
  readonly name: Text;
  /** Per period: a month's figure is not annualised. */
  readonly unit: string;
  readonly formula: string;
  readonly source: string;
  readonly better: 'lower' | 'higher' | 'neither';
  compute(input: MetricInput): MetricOutcome;
}

export function defineMetric(metric: Metric): Metric {
  return metric;
}
