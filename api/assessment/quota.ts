/** Grades a yearly figure against the quota of its agency. */
import type { MetricInput } from '../metrics/input.ts';
import type { Metric } from '../metrics/metric.ts';
import { gradeBy, isNational, isOfUnit } from '../metrics/parts/quota-grade.ts';
import type { MetricValue } from './schema.ts';

/**
 * Quotas are yearly figures: a month or a running year is not compared, and nothing is annualised.
 * A quota with factors of its own grades the figure that A24-09 makes for it, not this one.
 */
export function quotaFor(
  { id: metricId, unit }: Pick<Metric, 'id' | 'unit'>,
  input: MetricInput,
  value: number,
): MetricValue['quota'] {
  if (input.periodKind !== 'year' || !input.ended) return undefined;
  const quota = input.quota(metricId);
  if (!quota || !isNational(quota) || !isOfUnit(quota.unit, unit)) return undefined;
  const { id, constraint, guide, source, verified } = quota;
  return { id, grade: gradeBy(quota, value), constraint, guide, source, verified };
}
