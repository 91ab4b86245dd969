/** Checks of meters, virtual ones too, against what stands above them: of one carrier, and parts of its item. */
import { CARRIERS } from '../domain/carriers.ts';
import { isWithin } from '../domain/items.ts';
import { show } from './fault.ts';
import { metersAbove, subItemOf } from './item-tops.ts';
import type { Placed, Reports } from './placed.ts';
import type { MeterEntry, VirtualMeterEntry } from './schema.ts';

type Entry = MeterEntry | VirtualMeterEntry;

export function checkAbove(placed: readonly Placed<Entry>[], { report, warn }: Reports): void {
  // Of two with one id the first is meant.
  const byId = new Map(placed.toReversed().map(({ entry }) => [entry.id, entry]));
  for (const place of placed) {
    const { carrier, item, parent } = place.entry;
    const above = byId.get(parent ?? '');
    if (above && above.carrier !== carrier) {
      const found = `${show(parent)}, a meter of ${above.carrier}`;
      report(place, ['parent'], { expected: `a meter of ${carrier}`, found });
    }
    if (item === undefined || carrier === 'weather') continue;
    const { code } = CARRIERS[carrier];
    if (!item.startsWith(code)) {
      const expected = `an item of ${carrier} (${code}…)`;
      report(place, ['item'], { expected, found: show(item) });
      continue;
    }
    // A part of one sub-item below a meter of another would be counted in both.
    const whole = metersAbove(place.entry, (id) => byId.get(id)).find(subItemOf);
    if (!whole?.item || isWithin(item, whole.item)) continue;
    const expected = `a part of ${whole.item}, the item of ${whole.id} above it`;
    warn(place, ['item'], { expected, found: show(item) });
  }
}
