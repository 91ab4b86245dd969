/** The units a roll-up is made of, each with its own totals: sums before ratios. */
import { totalItem } from '../../domain/items.ts';
import type { TimeRange } from '../../domain/period.ts';
import type { Agency } from '../../registry/schema.ts';
import type { ApiContext } from '../context.ts';
import type { UnitAccount } from '../metrics/input.ts';
import { occupantsIn } from '../occupancy.ts';
import { lengthOf, longRows } from './long-rows.ts';
import { addRows, byItem } from './rows.ts';

export async function loadUnits(
  context: ApiContext,
  agency: Agency,
  range: TimeRange,
): Promise<UnitAccount[]> {
  const occupants = occupantsIn(context.registry, agency, range);
  const agencyIds = occupants.map(({ id }) => id);
  const rows = await longRows(context, range, (part) =>
    context.store.agencyConsumption({ agencyIds, ...part }),
  );
  const byAgency = Map.groupBy(rows, ({ agencyId }) => agencyId);
  const lengthMs = lengthOf(context);
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
