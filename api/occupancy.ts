/** Who occupies which building at an instant, and so whose account its meters serve. */
import { localDate } from '../domain/period.ts';
import { inForce, type Registry } from '../registry/registry.ts';
import type { Agency, Building, Meter } from '../registry/schema.ts';

/** Who occupies a building at an instant, with their shares. */
export function sharesAt(
  registry: Registry,
  building: Building,
  atMs: number,
): Readonly<Record<string, number>> {
  return inForce(building.occupancy, localDate(atMs, registry.region.zone))?.shares ?? {};
}

/** Where each agency stands in a subtree, by the subtree: a region's is asked about every building. */
const places = new WeakMap<readonly Agency[], ReadonlyMap<string, number>>();

function placesIn(registry: Registry, agencyId: string): ReadonlyMap<string, number> {
  const subtree = registry.subtreeOf(agencyId);
  const known = places.get(subtree) ?? new Map(subtree.map(({ id }, index) => [id, index]));
  places.set(subtree, known);
  return known;
}

/** The part of a building that an agency and those below it answer for, 0…1. */
export function shareOf(
  registry: Registry,
  building: Building,
  { agencyId, atMs }: { readonly agencyId: string; readonly atMs: number },
): number {
  const within = placesIn(registry, agencyId);
  // Always added in the order of the tree, so that the sum is the same to the last bit.
  return Object.entries(sharesAt(registry, building, atMs))
    .filter(([id]) => within.has(id))
    .sort(([a], [b]) => (within.get(a) ?? 0) - (within.get(b) ?? 0))
    .reduce((sum, [, share]) => sum + share, 0);
}

/** The buildings an agency or one below it occupies at an instant. */
export function buildingsOf(registry: Registry, agency: Agency, atMs: number): Building[] {
  const ids = placesIn(registry, agency.id);
  return registry.buildings.filter((building) =>
    Object.keys(sharesAt(registry, building, atMs)).some((id) => ids.has(id)),
  );
}

/** The meters in the buildings of an agency, shared buildings included. */
export function metersOf(registry: Registry, agency: Agency, atMs: number): Meter[] {
  return buildingsOf(registry, agency, atMs).flatMap(({ id }) => [...registry.metersIn(id)]);
}
