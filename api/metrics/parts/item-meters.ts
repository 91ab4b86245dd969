/** Electricity meters of a sub-item: accounts fold items into the four of the guide, meters keep their own. */
import { type ItemCode, isWithin } from '../../../domain/items.ts';
import { metersAbove } from '../../../registry/item-tops.ts';
import type { MeterAmount, MetricInput } from '../input.ts';

/** The topmost meters of an item or a part of it that no other agency has for itself, each with those next below. */
export function itemMeters(
  input: MetricInput,
  item: ItemCode,
): { readonly top: MeterAmount; readonly below: readonly MeterAmount[] }[] {
  const own = new Set(input.registry.subtreeOf(input.agency.id).map(({ id }) => id));
  const metered = input
    .meterAmounts('electricity')
    .filter(({ meter }) => meter.item !== undefined && isWithin(meter.item, item))
    .filter(({ meter }) => meter.agency === undefined || own.has(meter.agency));
  const byId = new Map(metered.map(({ meter }) => [meter.id, meter]));
  const find = (id: string) => byId.get(id) ?? input.registry.findAnyMeter(id);
  /** The nearest of them above, whatever stands between. */
  const above = ({ meter }: MeterAmount) =>
    metersAbove(meter, find).find(({ id }) => byId.has(id))?.id;
  return metered
    .filter((one) => above(one) === undefined)
    .map((top) => ({ top, below: metered.filter((one) => above(one) === top.meter.id) }));
}
