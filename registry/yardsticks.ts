/** What an agency's figure of a year is held against: quota, target, mean of its peers. */
import type { Registry } from './registry.ts';
import type { Agency, Building, PeerMean, Quota, Target } from './schema.ts';

interface Figure {
  readonly metricId: string;
  readonly year: number;
}

/** Who is held against a quota. */
interface Graded extends Pick<Agency, 'tier'> {
  /** Those it occupies. */
  readonly buildings: readonly Pick<Building, 'climateZone'>[];
}

/** Zones of the buildings, each once; the region's where none is named, or nothing is occupied. */
export function climateZonesOf(
  { region }: Pick<Registry, 'region'>,
  buildings: Graded['buildings'],
): string[] {
  const zones = buildings.map(({ climateZone = region.climateZone }) => climateZone);
  return zones.length === 0 ? [region.climateZone] : [...new Set(zones)];
}

/** For each zone the newest quota for the tier; one made for the zone goes before one for any. */
function quotasByZone(
  registry: Pick<Registry, 'region' | 'quotas'>,
  { tier, buildings }: Graded,
  { metricId, year }: Figure,
): (Quota | undefined)[] {
  const made = registry.quotas
    .filter(
      ({ metric, validFromYear = 0, ...quota }) =>
        metric === metricId && quota.tier === tier && validFromYear <= year,
    )
    .toSorted(
      (a, b) =>
        (b.validFromYear ?? 0) - (a.validFromYear ?? 0) ||
        Number(b.climateZone !== undefined) - Number(a.climateZone !== undefined),
    );
  return climateZonesOf(registry, buildings).map((zone) =>
    made.find(({ climateZone = zone }) => climateZone === zone),
  );
}

/** Whether the buildings lie in zones whose quotas differ: none of them is the agency's then. */
export function isBetweenZones(...asked: Parameters<typeof quotasByZone>): boolean {
  return new Set(quotasByZone(...asked)).size > 1;
}

/** The quota for the agency's tier and the climate zone of its buildings. */
export function quotaOf(...asked: Parameters<typeof quotasByZone>): Quota | undefined {
  const [first, ...others] = quotasByZone(...asked);
  return others.every((quota) => quota === first) ? first : undefined;
}

/** The span a year lies in; a plan that has ended sets no target for later years. */
export function targetOf({ targets }: Registry, { metricId, year }: Figure): Target | undefined {
  return targets.find(
    ({ metric, baseYear, targetYear }) =>
      metric === metricId && baseYear < year && year <= targetYear,
  );
}

/** The mean of the same type, of the year before: an older one says nothing of it (efficiency leaders’ standard). */
export function peerMeanOf(
  { peerMeans }: Registry,
  { type }: Pick<Agency, 'type'>,
  { metricId, year }: Figure,
): PeerMean | undefined {
  return peerMeans.find(
    (mean) => mean.metric === metricId && mean.type === type && mean.year === year - 1,
  );
}
