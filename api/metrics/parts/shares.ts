/** The account's part of buildings and meters over a range, as accounts apportion them. */
import type { TimeRange } from '../../../domain/period.ts';
import type { CountingMeter } from '../../../registry/registry.ts';
import { meanShareOf } from '../../occupancy.ts';
import type { MetricInput } from '../input.ts';

/** Part of a building that is the account's, 0…1: a tenant of a shared one has its share of roof and area. */
export function buildingShare(input: MetricInput, buildingId: string): number {
  return sharesOver(input, { building: buildingId }, input.elapsed);
}

/** Part of a meter that is the account's, 0…1: its own agency's meter wholly, the rest as it is shared. */
export function meterShare(
  input: MetricInput,
  meter: Pick<CountingMeter, 'agency' | 'building' | 'shares'>,
  range: TimeRange = input.elapsed,
): number {
  const { registry, agency } = input;
  if (meter.agency === undefined) return sharesOver(input, meter, range);
  return registry.subtreeOf(agency.id).some(({ id }) => id === meter.agency) ? 1 : 0;
}

/** Shares of its own go before the building's from their first date on. */
function sharesOver(
  { registry, agency }: MetricInput,
  { building, shares: own = [] }: Pick<CountingMeter, 'building' | 'shares'>,
  range: TimeRange,
): number {
  const occupancy = registry.buildings.find(({ id }) => id === building)?.occupancy ?? [];
  const [first] = own;
  const before = occupancy.filter(({ from }) => first === undefined || from < first.from);
  return meanShareOf(registry, [...before, ...own], { agencyId: agency.id, range });
}
