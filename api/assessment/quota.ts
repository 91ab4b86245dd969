/** Grades a yearly figure against the registry's quota of the agency's tier. */
import type { Registry } from '../../registry/registry.ts';
import type { MetricInput } from '../metrics/metric.ts';
import type { MetricValue } from './schema.ts';

/** Quotas are yearly figures: a month or a running year is not compared, and nothing is annualised. */
export function quotaFor(
  registry: Registry,
  metricId: string,
  input: MetricInput,
  value: number,
): MetricValue['quota'] {
  if (input.periodKind !== 'year' || !input.ended) return undefined;
  const quota = registry.quotas.find(
    ({ metric, tier }) => metric === metricId && tier === input.agency.tier,
  );
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
