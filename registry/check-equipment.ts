/** Checks of a meter's plate and verifications. */
import { ACCURACY_CLASSES } from '../domain/accuracy.ts';
import type { Carrier } from '../domain/carriers.ts';
import { show } from './fault.ts';
import type { Placed, Report } from './placed.ts';
import type { MeterEntry } from './schema.ts';

const WITH_DIAMETER: readonly (Carrier | 'weather')[] = ['water', 'gas'];

function checkVerification(place: Placed<MeterEntry>, report: Report): void {
  const entries = place.entry.verification ?? [];
  for (const [index, { on, until }] of entries.entries()) {
    const before = entries[index - 1]?.on;
    if (before !== undefined && before >= on) {
      const expected = `a date after ${before}`;
      report(place, ['verification', index, 'on'], { expected, found: show(on) });
    }
    if (until <= on) {
      const expected = `a date after ${on}`;
      report(place, ['verification', index, 'until'], { expected, found: show(until) });
    }
  }
}

export function checkEquipment(place: Placed<MeterEntry>, report: Report): void {
  const { carrier, accuracyClass, diameterMm } = place.entry;
  const known: readonly string[] = carrier === 'weather' ? [] : ACCURACY_CLASSES[carrier];
  if (accuracyClass !== undefined && !known.includes(accuracyClass)) {
    report(place, ['accuracyClass'], {
      expected: known.length > 0 ? `a class of ${carrier}: ${known.join(', ')}` : 'nothing',
      found: show(accuracyClass),
    });
  }
  if (diameterMm !== undefined && !WITH_DIAMETER.includes(carrier)) {
    const expected = 'a meter of water or gas';
    report(place, ['diameterMm'], { expected, found: show(carrier) });
  }
  checkVerification(place, report);
}
