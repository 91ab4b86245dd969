/** Checks of metering points: their meters are installed, of the right carrier, level and agency, and each at one point. */
import { placeOf } from '../domain/places.ts';
import { show } from './fault.ts';
import { carriersOf } from './metering-points.ts';
import type { Placed, Refer, Report } from './placed.ts';
import type { MeterEntry, MeteringPoint } from './schema.ts';

interface Around {
  readonly meters: ReadonlyMap<string, Placed<MeterEntry>>;
  readonly virtualMeters: ReadonlySet<string>;
  readonly refer: Refer;
  readonly report: Report;
}

function checkPlace(place: Placed<MeteringPoint>, { report }: Around): void {
  const { place: id, level, from, until } = place.entry;
  const { levels } = placeOf(id);
  if (!levels.includes(level)) {
    const expected = `level ${levels.join(' or ')} of ${id}`;
    report(place, ['level'], { expected, found: show(level) });
  }
  if (carriersOf(place.entry).length === 0) {
    const expected = `carriers, since ${id} does not say which`;
    report(place, ['carriers'], { expected, found: 'nothing' });
  }
  if (from !== undefined && until !== undefined && until <= from) {
    report(place, ['until'], { expected: `a date after ${from}`, found: show(until) });
  }
}

/** All that share a meter, on whatever date. */
function sharersOf({ shares = [] }: MeterEntry): readonly string[] {
  const ids = shares.flatMap((entry) => [
    ...Object.keys(entry.shares ?? {}),
    ...(entry.among ?? []),
  ]);
  return [...new Set(ids)];
}

function checkMeterAt(
  place: Placed<MeteringPoint>,
  [carrier, id]: readonly [string, string],
  { meters, virtualMeters, refer, report }: Around,
): void {
  const at = ['meters', carrier];
  const { level, agency } = place.entry;
  const needed = carriersOf(place.entry);
  if (!needed.some((one) => one === carrier)) {
    const expected = `a carrier the point needs (${needed.join(', ')})`;
    report(place, at, { expected, found: show(carrier) });
  }
  if (virtualMeters.has(id)) {
    const expected = 'a meter that is installed: a formula is none';
    report(place, at, { expected, found: show(id) });
    return;
  }
  refer(place, at, [id, 'meters']);
  const meter = meters.get(id)?.entry;
  if (!meter) return;
  if (meter.carrier !== carrier) {
    const found = `${show(id)}, a meter of ${meter.carrier}`;
    report(place, at, { expected: `a meter of ${carrier}`, found });
  }
  // What the whole unit takes is measured by mains, and a main measures more than a part.
  if ((meter.level === 1) !== (level === 1)) {
    const found = `${show(id)} of level ${meter.level}`;
    report(place, at, { expected: `a meter of level ${level === 1 ? '1' : '2 or 3'}`, found });
  }
  if (meter.agency !== undefined && meter.agency !== agency) {
    const expected = `${show(meter.agency)}, which alone answers for ${id}`;
    report(place, ['agency'], { expected, found: show(agency) });
  }
  const sharers = sharersOf(meter);
  if (agency !== undefined && sharers.length > 0 && !sharers.includes(agency)) {
    const expected = `an agency that shares ${id} (${sharers.join(', ')})`;
    report(place, ['agency'], { expected, found: show(agency) });
  }
}

export function checkMeteringPoints(
  points: readonly Placed<MeteringPoint>[],
  around: Around,
): void {
  const { refer, report } = around;
  const used = new Map<string, string>();
  for (const place of points) {
    const { id, building, agency, meters } = place.entry;
    refer(place, ['building'], [building, 'buildings']);
    refer(place, ['agency'], [agency, 'agencies']);
    checkPlace(place, around);
    for (const [carrier, meter] of Object.entries(meters)) {
      checkMeterAt(place, [carrier, meter], around);
      const other = used.get(meter);
      if (other === undefined) used.set(meter, id);
      else {
        const found = `${show(meter)}, which ${other} has`;
        report(place, ['meters', carrier], { expected: 'a meter of its own', found });
      }
    }
  }
}
