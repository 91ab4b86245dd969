/** The code under which other systems know what a meter measures. */
import { energyDatumCode } from '../domain/codes.ts';
import { totalItem } from '../domain/items.ts';
import type { AnyMeter, Registry } from './registry.ts';

/** Building and item in 15 characters. A main without an item is its carrier's total; of any other meter nobody said what it counts. */
export function datumCodeOf(
  registry: Pick<Registry, 'building'>,
  { carrier, item, parent, building }: AnyMeter,
): string | undefined {
  if (carrier === 'weather') return undefined;
  const counted = item ?? (parent === undefined ? totalItem(carrier) : undefined);
  return counted && energyDatumCode(registry.building(building).code, counted);
}
