/** Grades a yearly figure against the quota of its agency. */
import type { MetricInput } from '../metrics/input.ts';
import type { MetricValue } from './schema.ts';

/** Quotas are yearly figures: a month or a running year is not compared, and nothing is annualised. */
export function quotaFor(
  metricId: string,
  input: MetricInput,
  value: number,
): MetricValue['quota'] {
  if (input.periodKind !== 'year' || !input.ended) return undefined;
  const quota = input.quota(metricId);
  if (!quota) return undefined;
  const { id, constraint, baseline, guide, source, verified } = quota;
  const grade =
    value <= guide
      ? 'guide'
      : baseline !== undefined && value <= baseline
        ? 'baseline'
        : value <= constraint
          ? 'constraint'
          : 'over';
  return { id, grade, constraint, guide, source, verified };
}
