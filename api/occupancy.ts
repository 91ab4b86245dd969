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

/** The part of a building that an agency and those below it answer for, 0…1. */
export function shareOf(
  registry: Registry,
  building: Building,
  { agencyId, atMs }: { readonly agencyId: string; readonly atMs: number },
): number {
  const shares = sharesAt(registry, building, atMs);
  return registry.subtreeOf(agencyId).reduce((sum, { id }) => sum + (shares[id] ?? 0), 0);
}

/** The buildings an agency or one below it occupies at an instant. */
export function buildingsOf(registry: Registry, agency: Agency, atMs: number): Building[] {
  const ids = new Set(registry.subtreeOf(agency.id).map(({ id }) => id));
  return registry.buildings.filter((building) =>
    Object.keys(sharesAt(registry, building, atMs)).some((id) => ids.has(id)),
  );
}

/** The meters in the buildings of an agency, shared buildings included. */
export function metersOf(registry: Registry, agency: Agency, atMs: number): Meter[] {
  return buildingsOf(registry, agency, atMs).flatMap(({ id }) => [...registry.metersIn(id)]);
}
