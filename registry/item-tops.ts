/** Which sub-item of an account a meter adds to by itself, so that no amount is counted in it twice. */
import { type FourWayItem, fourWayItem, type ItemCode } from '../domain/items.ts';

interface Itemised {
  readonly id: string;
  readonly item?: ItemCode | undefined;
  readonly parent?: string | undefined;
}

/** The sub-item a meter is folded into; none of a total, which is no part of anything. */
export function subItemOf({ item }: Pick<Itemised, 'item'>): FourWayItem | undefined {
  const folded = item && fourWayItem(item);
  return folded?.endsWith('000') ? undefined : folded;
}

/** The meters above, the nearest first; a tree that is a circle is gone round once. */
export function metersAbove<T extends Itemised>(
  { id, parent }: Itemised,
  find: (id: string) => T | undefined,
): T[] {
  const found = new Map<string, T>();
  let above = find(parent ?? '');
  while (above && above.id !== id && !found.has(above.id)) {
    found.set(above.id, above);
    above = find(above.parent ?? '');
  }
  return [...found.values()];
}

/**
 * None when a meter above is of the same sub-item, however many stand between: a pump (`01B1A`)
 * below its station (`01B10`) below the air conditioning (`01B00`) is in the latter's figure.
 */
export function addsTo(
  meter: Itemised,
  find: (id: string) => Itemised | undefined,
): FourWayItem | undefined {
  const own = subItemOf(meter);
  if (own === undefined) return undefined;
  const isIncluded = metersAbove(meter, find).some((above) => subItemOf(above) === own);
  return isIncluded ? undefined : own;
}
