/** The hours a formula is worked out from, by meter. */
import type { TimeRange } from '../../../domain/period.ts';
import { counterOf, isAccountMeter, type Registry } from '../../../registry/registry.ts';
import type { Store } from '../../../store/port.ts';
import { METER_ROWS } from '../families.ts';
import type { Derived } from './order.ts';
import type { RowsByStart } from './rows.ts';

/** Hours of each meter's own register; what else a meter counts is no part of a formula. */
export async function readHours(
  { registry, store }: { readonly registry: Registry; readonly store: Store },
  { formula }: Derived,
  range: TimeRange,
): Promise<Map<string, RowsByStart>> {
  const ids = [...formula.keys()];
  const rows = await METER_ROWS.read(store, { subjects: ids, resolution: 'hour', range });
  const own = rows.filter(({ meterId, counter }) => {
    const meter = registry.findAnyMeter(meterId);
    return isAccountMeter(meter) && counterOf(meter) === counter;
  });
  const byMeter = Map.groupBy(own, ({ meterId }) => meterId);
  return new Map(
    [...byMeter].map(([id, same]) => [id, new Map(same.map((row) => [row.startMs, row]))]),
  );
}
