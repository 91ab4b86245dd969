/** Checks of tariffs: every hour of every month has one slot, and a carrier has one tariff from a date on. */
import { show } from './fault.ts';
import type { Placed, Report } from './placed.ts';
import type { Tariff } from './schema.ts';

const MONTHS = Array.from({ length: 12 }, (_, index) => index + 1);
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

function checkHours(place: Placed<Tariff>, report: Report): void {
  const { slots } = place.entry;
  for (const month of MONTHS) {
    for (const hour of HOURS) {
      const found = slots.filter(
        ({ months, hours }) => (months?.includes(month) ?? true) && hours.includes(hour),
      );
      if (found.length === 1) continue;
      report(place, ['slots'], {
        expected: `one slot for hour ${hour} of month ${month}`,
        found: found.length === 0 ? 'none' : found.map(({ slot }) => show(slot)).join(' and '),
      });
      // One fault a tariff: the others follow from the same line.
      return;
    }
  }
}

export function checkTariffs(placed: readonly Placed<Tariff>[], report: Report): void {
  const first = new Map<string, string>();
  for (const place of placed) {
    checkHours(place, report);
    const { id, carrier, from } = place.entry;
    const other = first.get(`${carrier} ${from}`);
    if (other === undefined) first.set(`${carrier} ${from}`, id);
    else {
      report(place, ['from'], {
        expected: `a date other than that of ${other}, a tariff of ${carrier} too`,
        found: show(from),
      });
    }
  }
}
