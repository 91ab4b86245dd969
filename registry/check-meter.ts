/** Checks of one meter against its profile and its connection. */
import { CARRIERS } from '../domain/carriers.ts';
import { nearestName, show } from './fault.ts';
import type { Placed, Report } from './placed.ts';
import type { ProfileCatalogue } from './profile-facts.ts';
import { POWER_OF } from './registry.ts';
import type { MeterEntry } from './schema.ts';

export interface MeterSurroundings {
  readonly profiles: ProfileCatalogue;
  /** Kind of each connection by id. */
  readonly kinds: ReadonlyMap<string, string>;
  /** The first meter at each address. */
  readonly byAddress: ReadonlyMap<string, Placed<MeterEntry>>;
}

function checkProfile(place: Placed<MeterEntry>, around: MeterSurroundings, report: Report): void {
  const { entry } = place;
  const { profiles, kinds } = around;
  const profile = profiles.get(entry.profile);
  if (!profile) {
    report(place, ['profile'], {
      expected: 'a known meter profile',
      found: show(entry.profile),
      nearest: nearestName(entry.profile, [...profiles.keys()]),
    });
    return;
  }
  const { id, protocol, counters, quantities } = profile;
  const kind = kinds.get(entry.connection);
  if (kind !== undefined && (kind === 'opcua') !== (protocol === 'opcua')) {
    report(place, ['connection'], {
      expected: `a connection that speaks ${protocol}`,
      found: `${show(entry.connection)}, which is ${kind}`,
    });
  }
  const [has, lacks] =
    protocol === 'opcua' ? (['node', 'unit'] as const) : (['unit', 'node'] as const);
  if (entry[has] === undefined) {
    report(place, [has], {
      expected: `'${has}', since ${id} speaks ${protocol}`,
      found: 'nothing',
    });
  }
  if (entry[lacks] !== undefined) {
    report(place, [lacks], {
      expected: `no '${lacks}', since ${id} speaks ${protocol}`,
      found: show(entry[lacks]),
    });
  }
  if (entry.waterUse !== undefined && entry.carrier !== 'water') {
    report(place, ['waterUse'], { expected: 'a water meter', found: show(entry.carrier) });
  }
  if (entry.carrier === 'weather') return;
  const counter = entry.counter ?? CARRIERS[entry.carrier].counter;
  if (entry.counts === 'power') {
    const power = POWER_OF[counter];
    if (power && quantities.includes(power)) return;
    report(place, ['counts'], {
      expected: power
        ? `a profile with ${power}`
        : `a register: ${counter} has no power to count from`,
      found: `${show(entry.profile)}, which has ${quantities.join(', ')}`,
    });
    return;
  }
  if (!counters[counter]) {
    report(place, ['profile'], {
      expected: `a profile with the register ${counter}`,
      found: `${show(entry.profile)}, which has ${quantities.join(', ')}`,
    });
  }
}

/** Kinds whose bytes travel on a serial line, where 0 is broadcast and the rest reserved. */
const ON_A_LINE: ReadonlySet<string> = new Set(['rtu-over-tcp', 'serial-rtu', 'serial-ascii']);
const LAST_UNIT = 247;

/** Nobody answers to a unit outside (Modbus over Serial Line V1.02, §2.2). */
function checkUnit(place: Placed<MeterEntry>, { kinds }: MeterSurroundings, report: Report): void {
  const { unit, connection } = place.entry;
  const kind = kinds.get(connection);
  if (unit === undefined || kind === undefined || !ON_A_LINE.has(kind)) return;
  if (unit >= 1 && unit <= LAST_UNIT) return;
  report(place, ['unit'], { expected: `1 to ${LAST_UNIT} on ${kind}`, found: show(unit) });
}

/** Groups that a meter reads less often are groups of its profile. */
function checkGroups(
  place: Placed<MeterEntry>,
  { profiles }: MeterSurroundings,
  report: Report,
): void {
  const { profile, groups = {}, pollSeconds } = place.entry;
  const known = profiles.get(profile)?.groups;
  for (const [group, seconds] of Object.entries(groups)) {
    if (known && !known.includes(group)) {
      report(place, ['groups', group], {
        expected:
          known.length > 0 ? `a group of ${profile}` : `no groups, since ${profile} has none`,
        found: show(group),
        nearest: nearestName(group, known),
      });
    } else if (seconds < pollSeconds) {
      report(place, ['groups', group], {
        expected: `at least pollSeconds, ${pollSeconds}: a group is read with a poll`,
        found: show(seconds),
      });
    }
  }
}

/** The address a meter answers at; two meters never share one. */
export function addressOf({ connection, unit, node }: MeterEntry): string {
  return `${connection}/${unit ?? node}`;
}

function checkAddress(place: Placed<MeterEntry>, around: MeterSurroundings, report: Report): void {
  const { entry } = place;
  const first = around.byAddress.get(addressOf(entry));
  if (first === undefined || first === place) return;
  report(place, [entry.unit === undefined ? 'node' : 'unit'], {
    expected: `an address of its own on ${entry.connection}`,
    found: `${show(entry.unit ?? entry.node)}, which ${first.entry.id} has`,
  });
}

export function checkMeter(
  place: Placed<MeterEntry>,
  around: MeterSurroundings,
  report: Report,
): void {
  checkProfile(place, around, report);
  checkAddress(place, around, report);
  checkUnit(place, around, report);
  checkGroups(place, around, report);
}
