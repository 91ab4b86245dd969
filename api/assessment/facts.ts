/** Dated facts of the registry as an agency's account sees them: factors, quotas, targets, means of peers. */
import { localDate } from '../../domain/period.ts';
import type { Registry } from '../../registry/registry.ts';
import type { Agency, Building } from '../../registry/schema.ts';
import { peerMeanOf, quotaOf, targetOf } from '../../registry/yardsticks.ts';
import type { MetricInput } from '../metrics/input.ts';

type Facts = Pick<MetricInput, 'factor' | 'quota' | 'target' | 'peerMean'>;

/** Those of the year an instant lies in; `buildings` are those of the account, whose zones its quotas follow. */
export function factsAt(
  registry: Registry,
  { agency, buildings }: { readonly agency: Agency; readonly buildings: readonly Building[] },
  fromMs: number,
): Facts {
  const year = Number(localDate(fromMs, registry.region.zone).slice(0, 4));
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
    quota: (metricId) => quotaOf(registry, { tier: agency.tier, buildings }, { metricId, year }),
    target: (metricId) => targetOf(registry, { metricId, year }),
    peerMean: (metricId) => peerMeanOf(registry, agency, { metricId, year }),
  };
}
