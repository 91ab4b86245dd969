/** House style of a profile (docs/profile-style-guide.md): nothing here changes a value. */
import type { Unit } from '../../domain/units.ts';
import { pointsOf } from '../codec/plan.ts';
import { functionCodeOf } from '../codec/span.ts';
import type { MeterProfile } from '../profile.ts';
import { collectInto, type ProfileFault, type Report } from './lint.ts';
import { POINT_KEYS, PROFILE_KEYS } from './schema.ts';

/** Quantities whose range every technician knows; without one a wrong word order goes unnoticed. */
const RANGED_UNITS: ReadonlySet<Unit> = new Set<Unit>(['V', 'Hz', '1', '°C']);

/** A title, a number or a file by which somebody else finds the page again. */
const SOURCE = /manual|protocol|description|register|map|data ?sheet|list|table|specification/i;

function firstOutOfOrder(keys: readonly string[], order: readonly string[]): string | undefined {
  const places = keys.map((key) => order.indexOf(key));
  return keys.find((_, index) => index > 0 && (places[index] ?? 0) < (places[index - 1] ?? 0));
}

function checkKeyOrder(record: object, order: readonly string[], report: Report): void {
  const key = firstOutOfOrder(Object.keys(record), order);
  if (key !== undefined) report([key], `keys in the order ${order.join(', ')}`, key);
}

/** Departures from the style; the profile as it was written, keys in their order. */
export function styleOfProfile(profile: MeterProfile): ProfileFault[] {
  const faults: ProfileFault[] = [];
  const report = collectInto(faults);
  checkKeyOrder(profile, PROFILE_KEYS, report);
  if (!SOURCE.test(profile.source)) {
    report(['source'], 'the title of a manual, register list or file', profile.source);
  }
  for (const [index, quirk] of (profile.quirks ?? []).entries()) {
    if (quirk.endsWith('.')) report(['quirks', index], 'no full stop at the end', quirk);
  }
  if (profile.protocol !== 'modbus') return faults;
  const last = new Map<number, number>();
  for (const [quantity, point] of pointsOf(profile)) {
    const here: Report = (at, expected, found) =>
      report(['points', quantity, ...at], expected, found);
    checkKeyOrder(point, POINT_KEYS, here);
    if (RANGED_UNITS.has(point.unit) && !point.range)
      here(['range'], 'a plausible range', undefined);
    const functionCode = functionCodeOf(profile, point);
    if (point.address < (last.get(functionCode) ?? 0)) {
      here(['address'], 'points in the order of their addresses', point.address);
    }
    last.set(functionCode, point.address);
  }
  return faults;
}
