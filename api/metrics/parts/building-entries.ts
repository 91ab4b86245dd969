/** Ledger entries about buildings, by the part of the building an agency answers for. */
import type { MetricInput } from '../input.ts';
import { buildingShare } from './shares.ts';

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
