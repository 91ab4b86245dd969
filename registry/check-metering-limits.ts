/** Checks of the limits of metering: classes a carrier has, diameters it has, and one limit of a kind from a date on. */
import { ACCURACY_CLASSES } from '../domain/accuracy.ts';
import { checkOneADate } from './check-one-a-date.ts';
import { show } from './fault.ts';
import type { AccuracyLimit } from './metering-limits.ts';
import type { Placed, Report } from './placed.ts';
import type { MeteringLimit } from './schema.ts';

function checkAccuracy(place: Placed<MeteringLimit>, limit: AccuracyLimit, report: Report): void {
  const { carrier, accuracyClass, aboveMm = 0, upToMm = Number.POSITIVE_INFINITY } = limit;
  const known: readonly string[] = ACCURACY_CLASSES[carrier];
  if (!known.includes(accuracyClass)) {
    const expected = `a class of ${carrier}: ${known.join(', ')}`;
    report(place, ['accuracyClass'], { expected, found: show(accuracyClass) });
  }
  if (upToMm <= aboveMm) {
    report(place, ['upToMm'], { expected: `more than aboveMm, ${aboveMm}`, found: show(upToMm) });
  }
}

/** What a limit is of; another of the same from the same date on would contradict it. */
function subjectOf(limit: MeteringLimit): string {
  const { kind, from } = limit;
  if (kind === 'zone-power') return `${kind} ${from}`;
  const { carrier, level } = limit;
  const band = kind === 'accuracy' ? `${limit.aboveMm} ${limit.upToMm}` : '';
  return `${kind} ${from} ${carrier} ${level} ${band}`;
}

export function checkMeteringLimits(
  placed: readonly Placed<MeteringLimit>[],
  report: Report,
): void {
  for (const place of placed) {
    if (place.entry.kind === 'accuracy') checkAccuracy(place, place.entry, report);
  }
  checkOneADate(placed, subjectOf, report);
}
