/** Parts that several answers share. */
import { z } from 'zod';
import { localDate } from '../../domain/period.ts';
import { inForce, type Registry } from '../../registry/registry.ts';
import type { Agency, Building, Meter } from '../../registry/schema.ts';
import { LIVE_STATES } from '../live.ts';

export const namedSchema = z.object({
  id: z.string(),
  name: z.object({ zh: z.string(), en: z.string() }),
});

export const stateSchema = z.enum(LIVE_STATES);

export const countsSchema = z.object({
  ok: z.number().int(),
  late: z.number().int(),
  offline: z.number().int(),
  error: z.number().int(),
  unknown: z.number().int(),
});

export function named({ id, name }: { id: string; name: { zh: string; en: string } }) {
  return { id, name };
}

export function iso(atMs: number): string {
  return new Date(atMs).toISOString();
}

/** Who occupies a building at an instant, with their shares. */
export function sharesAt(
  registry: Registry,
  building: Building,
  atMs: number,
): Readonly<Record<string, number>> {
  return inForce(building.occupancy, localDate(atMs, registry.region.zone))?.shares ?? {};
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
