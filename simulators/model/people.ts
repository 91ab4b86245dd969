/** How many people work in a building, from the dated head counts of the agencies that share it. */
import { inForce, type Registry } from '../../registry/registry.ts';
import type { Building } from '../../registry/schema.ts';

/** Floor a person takes where no head count is registered. */
const FLOOR_PER_HEAD_M2 = 35;

/** Shares of a building on a date; the first known ones before that. */
function sharesOf(building: Building, date: string): Readonly<Record<string, number>> {
  return (inForce(building.occupancy, date) ?? building.occupancy[0])?.shares ?? {};
}

/** Floor an agency takes in a building on a date. */
function floorOf(building: Building, agencyId: string, date: string): number {
  return (sharesOf(building, date)[agencyId] ?? 0) * building.floorM2;
}

/** An agency's people, spread over its buildings by floor area. */
export function headsOf(
  registry: Registry,
  place: { readonly building: Building; readonly agencyId: string },
  date: string,
): number {
  const here = floorOf(place.building, place.agencyId, date);
  // Who works there; other definitions count visitors too.
  const heads = (registry.findAgency(place.agencyId)?.heads ?? []).filter(
    ({ definition }) => definition === 'statistics',
  );
  const persons = (inForce(heads, date) ?? heads[0])?.persons;
  if (persons === undefined) return here / FLOOR_PER_HEAD_M2;
  const everywhere = registry.buildings.reduce(
    (sum, building) => sum + floorOf(building, place.agencyId, date),
    0,
  );
  return everywhere === 0 ? 0 : (persons * here) / everywhere;
}

/** Everybody in a building on a date. */
export function headsIn(registry: Registry, building: Building, date: string): number {
  return Object.keys(sharesOf(building, date)).reduce(
    (sum, agencyId) => sum + headsOf(registry, { building, agencyId }, date),
    0,
  );
}
