/** Dated facts of the registry as an agency's account sees them: factors, quotas, targets, means of peers, prices. */
import { localDate } from '../../domain/period.ts';
import type { Registry } from '../../registry/registry.ts';
import type { Agency } from '../../registry/schema.ts';
import { peerMeanOf, quotaOf, targetOf } from '../../registry/yardsticks.ts';
import type { MetricInput } from '../metrics/input.ts';
import { buildingsOf } from '../occupancy.ts';

type Facts = Pick<MetricInput, 'factor' | 'quota' | 'target' | 'peerMean'>;

export function factsAt(registry: Registry, agency: Agency, fromMs: number): Facts {
  const { zone } = registry.region;
  const date = localDate(fromMs, zone);
  const year = Number(date.slice(0, 4));
  const graded = { tier: agency.tier, buildings: buildingsOf(registry, agency, fromMs) };
  return {
    factor: (kind, carrier, profile = 'national-statistics') =>
      registry.factors
        .filter(
          (factor) =>
            factor.kind === kind &&
            factor.carrier === carrier &&
            factor.profiles.includes(profile) &&
            factor.validFromYear <= year,
        )
        .toSorted((a, b) => b.validFromYear - a.validFromYear)[0],
    quota: (metricId) => quotaOf(registry, graded, { metricId, year }),
    target: (metricId) => targetOf(registry, { metricId, year }),
    peerMean: (metricId) => peerMeanOf(registry, agency, { metricId, year }),
  };
}
