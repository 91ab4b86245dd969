/** Who occupies which building at an instant, and so whose account its meters serve. */
import { dateStartMs, localDate, type TimeRange } from '../domain/period.ts';
import { inForce, type Registry } from '../registry/registry.ts';
import type { Agency, Building, Meter, Sharing } from '../registry/schema.ts';

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

/** The buildings an agency or one below it occupies at an instant. */
export function buildingsOf(registry: Registry, agency: Agency, atMs: number): Building[] {
  const ids = placesIn(registry, agency.id);
  return registry.buildings.filter((building) =>
    Object.keys(sharesAt(registry, building, atMs)).some((id) => ids.has(id)),
  );
}

/** A building an agency or one below it occupies within a range, or within a part of it. */
export interface Stay {
  readonly building: Building;
  /** From the first day to the last. */
  readonly range: TimeRange;
  /** Part of the building it answers for, 0…1: mean over the whole range that was asked for. */
  readonly meanShare: number;
}

/** What an agency and those below it share of something, summed in the order of the tree. */
function shareIn(within: ReadonlyMap<string, number>, shares: Sharing['shares']): number {
  return Object.entries(shares)
    .filter(([id]) => within.has(id))
    .sort(([a], [b]) => (within.get(a) ?? 0) - (within.get(b) ?? 0))
    .reduce((sum, [, share]) => sum + share, 0);
}

/** Of an empty range, at its instant. */
function stayOf(
  registry: Registry,
  sharings: readonly Sharing[],
  { agencyId, range: asked }: { readonly agencyId: string; readonly range: TimeRange },
): Omit<Stay, 'building'> | undefined {
  const within = placesIn(registry, agencyId);
  const range = { fromMs: asked.fromMs, toMs: Math.max(asked.toMs, asked.fromMs + 1) };
  const startMs = (date: string) => dateStartMs(date, registry.region.zone);
  const parts = sharings.flatMap(({ from, shares }, index) => {
    const share = shareIn(within, shares);
    if (share === 0) return [];
    const next = sharings[index + 1];
    const fromMs = Math.max(range.fromMs, startMs(from));
    const toMs = Math.min(range.toMs, next ? startMs(next.from) : range.toMs);
    return fromMs < toMs ? [{ fromMs, toMs, share }] : [];
  });
  const [first, last] = [parts[0], parts.at(-1)];
  if (!first || !last) return undefined;
  const shareMs = parts.reduce((sum, { fromMs, toMs, share }) => sum + (toMs - fromMs) * share, 0);
  return {
    range: { fromMs: first.fromMs, toMs: last.toMs },
    meanShare: shareMs / (range.toMs - range.fromMs),
  };
}

/** Where an agency and those below it are within a range; of an empty one, at its instant. */
export function staysOf(registry: Registry, agency: Agency, range: TimeRange): readonly Stay[] {
  return registry.buildings.flatMap((building) => {
    const stay = stayOf(registry, building.occupancy, { agencyId: agency.id, range });
    return stay ? [{ building, ...stay }] : [];
  });
}

/** Part of what is shared, 0…1, that an agency and those below it answer for, mean over a range. */
export function meanShareOf(
  registry: Registry,
  sharings: readonly Sharing[],
  asked: { readonly agencyId: string; readonly range: TimeRange },
): number {
  return stayOf(registry, sharings, asked)?.meanShare ?? 0;
}

/** All who occupy a building on some day of a range. */
export function occupantsWithin(
  { region }: Registry,
  { occupancy }: Building,
  { fromMs, toMs }: TimeRange,
): string[] {
  const [first, last] = [fromMs, Math.max(fromMs, toMs - 1)].map((at) =>
    localDate(at, region.zone),
  );
  const inside = occupancy.filter(({ from }, index) => {
    const next = occupancy[index + 1]?.from;
    return from <= (last ?? '') && (next === undefined || next > (first ?? ''));
  });
  return [...new Set(inside.flatMap(({ shares }) => Object.keys(shares)))];
}

/** Whose accounts an agency's is the sum of: itself and those below that occupy a building on some day of a range. */
export function occupantsIn(registry: Registry, agency: Agency, range: TimeRange): Agency[] {
  const ids = new Set(registry.buildings.flatMap((one) => occupantsWithin(registry, one, range)));
  return registry.subtreeOf(agency.id).filter(({ id }) => ids.has(id));
}

/** The meters in the buildings of an agency, shared buildings included. */
export function metersOf(registry: Registry, agency: Agency, atMs: number): Meter[] {
  return buildingsOf(registry, agency, atMs).flatMap(({ id }) => [...registry.metersIn(id)]);
}
