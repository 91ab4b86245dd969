/** Ledger entries about buildings, by the part of the building an agency answers for. */
import { meanShareOf } from '../../occupancy.ts';
import type { MetricInput } from '../input.ts';

/** Part of a building that is the account's: a tenant of a shared one has its share of roof and area. */
export function buildingShare(input: MetricInput, buildingId: string): number {
  const building = input.registry.buildings.find(({ id }) => id === buildingId);
  if (!building) return 0;
  const asked = { agencyId: input.agency.id, range: input.elapsed };
  return meanShareOf(input.registry, building, asked);
}

/** An entry that names an agency is all its own. */
function entryShare(
  input: MetricInput,
  body: { readonly agency?: string | undefined; readonly building: string },
): number {
  return body.agency === undefined ? buildingShare(input, body.building) : 1;
}

/** Sum of a figure over entries about buildings. */
export function sumByShare<
  B extends { readonly agency?: string | undefined; readonly building: string },
>(input: MetricInput, entries: readonly { readonly body: B }[], pick: (body: B) => number): number {
  return entries.reduce((sum, { body }) => sum + pick(body) * entryShare(input, body), 0);
}
