/** The units a roll-up is made of, each with its own totals: sums before ratios. */
import { totalItem } from '../../domain/items.ts';
import { DAY_MS, periodAt, type TimeRange } from '../../domain/period.ts';
import type { Agency } from '../../registry/schema.ts';
import type { ApiContext } from '../context.ts';
import type { UnitAccount } from '../metrics/input.ts';
import { occupantsOf } from './facts.ts';
import { addRows, byItem } from './rows.ts';

/** A range of several months is answered from month rows, which are few. */
const LONG_MS = 45 * DAY_MS;

export async function loadUnits(
  { registry, store }: ApiContext,
  agency: Agency,
  range: TimeRange,
): Promise<UnitAccount[]> {
  const occupants = occupantsOf(registry, agency, range.fromMs);
  const resolution = range.toMs - range.fromMs > LONG_MS ? 'month' : 'day';
  const rows = await store.agencyConsumption({
    agencyIds: occupants.map(({ id }) => id),
    resolution,
    range,
  });
  const { zone } = registry.region;
  const byAgency = Map.groupBy(rows, ({ agencyId }) => agencyId);
  const lengthMs = ({ startMs }: { startMs: number }) => {
    const { fromMs, toMs } = periodAt(startMs, resolution, zone);
    return toMs - fromMs;
  };
  return occupants.map((unit) => {
    const items = byItem(byAgency.get(unit.id) ?? []);
    return {
      agency: unit,
      total(carrier, item = totalItem(carrier)) {
        const own = items.get(`${carrier} ${item}`);
        return own && addRows(own, range, lengthMs);
      },
    };
  });
}
