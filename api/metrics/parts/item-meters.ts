/** Electricity meters of a sub-item: accounts fold items into the four of the guide, meters keep their own. */
import type { ItemCode } from '../../../domain/items.ts';
import type { CountingMeter } from '../../../registry/registry.ts';
import type { PeriodAmount } from '../../consumption/amounts.ts';
import type { MetricInput } from '../input.ts';

export interface Metered {
  readonly meter: CountingMeter;
  readonly amount: PeriodAmount;
}

/** The topmost meters of an item that no other agency has for itself, each with those of the item right below. */
export function itemMeters(
  input: MetricInput,
  item: ItemCode,
): { readonly top: Metered; readonly below: readonly Metered[] }[] {
  const own = new Set(input.registry.subtreeOf(input.agency.id).map(({ id }) => id));
  const metered = input
    .meterAmounts('electricity')
    .filter(({ meter }) => meter.item === item && (!meter.agency || own.has(meter.agency)));
  const ids = new Set(metered.map(({ meter }) => meter.id));
  return metered
    .filter(({ meter: { parent } }) => parent === undefined || !ids.has(parent))
    .map((top) => ({
      top,
      below: metered.filter(({ meter: { parent } }) => parent === top.meter.id),
    }));
}
