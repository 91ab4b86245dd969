/** Dated facts of the registry as an agency's account sees them: people, areas, factors, quotas, prices. */
import { localDate } from '../../domain/period.ts';
import { inForce, personsOn, type Registry } from '../../registry/registry.ts';
import type { Agency } from '../../registry/schema.ts';
import { peerMeanOf, quotaOf, targetOf } from '../../registry/yardsticks.ts';
import type { AreaKind, MetricInput } from '../metrics/input.ts';
import { buildingsOf, sharesAt } from '../occupancy.ts';

/** The agency or those below it that occupy a building: what an account is the sum of. */
export function occupantsOf(registry: Registry, agency: Agency, atMs: number): Agency[] {
  const occupants = new Set(
    registry.buildings.flatMap((building) => Object.keys(sharesAt(registry, building, atMs))),
  );
  return registry.subtreeOf(agency.id).filter(({ id }) => occupants.has(id));
}

/**
 * Sum of a dated figure over the occupants. One without the figure leaves no sum: their energy
 * would be divided by the others' people.
 */
function sumOf(
  agencies: readonly Agency[],
  pick: (agency: Agency) => number | undefined,
): number | undefined {
  let sum: number | undefined;
  for (const agency of agencies) {
    const part = pick(agency);
    if (part === undefined) return undefined;
    sum = (sum ?? 0) + part;
  }
  return sum;
}

type Facts = Pick<
  MetricInput,
  'persons' | 'area' | 'factor' | 'quota' | 'target' | 'peerMean' | 'price'
>;

export function factsAt(registry: Registry, agency: Agency, fromMs: number): Facts {
  const { zone } = registry.region;
  const date = localDate(fromMs, zone);
  const year = Number(date.slice(0, 4));
  const occupants = occupantsOf(registry, agency, fromMs);
  const graded = { tier: agency.tier, buildings: buildingsOf(registry, agency, fromMs) };
  return {
    persons: (definition) => sumOf(occupants, (unit) => personsOn(unit, date, definition)),
    area: (kind: AreaKind) => sumOf(occupants, (unit) => inForce(unit.areas, date)?.[kind]),
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
    price(carrier) {
      const known = registry.prices.filter((price) => price.carrier === carrier);
      const price = inForce(
        known.toSorted((a, b) => a.from.localeCompare(b.from)),
        date,
      );
      return price && { value: price.value, source: `${price.id}：${price.source}` };
    },
  };
}
