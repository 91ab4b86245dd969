/** What an agency's figure of a year is held against: quota, target, mean of its peers. */
import type { Registry } from './registry.ts';
import type { Agency, PeerMean, Quota, Target } from './schema.ts';

interface Figure {
  readonly metricId: string;
  readonly year: number;
}

/** The newest quota for the agency's tier; one made for this climate zone goes before one for any. */
export function quotaOf(
  { quotas, region }: Registry,
  { tier }: Pick<Agency, 'tier'>,
  { metricId, year }: Figure,
): Quota | undefined {
  return quotas
    .filter(
      ({ metric, climateZone = region.climateZone, validFromYear = 0, ...quota }) =>
        metric === metricId &&
        quota.tier === tier &&
        climateZone === region.climateZone &&
        validFromYear <= year,
    )
    .toSorted(
      (a, b) =>
        (b.validFromYear ?? 0) - (a.validFromYear ?? 0) ||
        Number(b.climateZone !== undefined) - Number(a.climateZone !== undefined),
    )[0];
}

/** The span a year lies in; a plan that has ended sets no target for later years. */
export function targetOf({ targets }: Registry, { metricId, year }: Figure): Target | undefined {
  return targets.find(
    ({ metric, baseYear, targetYear }) =>
      metric === metricId && baseYear < year && year <= targetYear,
  );
}

/** The mean of the same type, of the newest year before this one. */
export function peerMeanOf(
  { peerMeans }: Registry,
  { type }: Pick<Agency, 'type'>,
  { metricId, year }: Figure,
): PeerMean | undefined {
  return peerMeans
    .filter((mean) => mean.metric === metricId && mean.type === type && mean.year < year)
    .toSorted((a, b) => b.year - a.year)[0];
}
