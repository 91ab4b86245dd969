/** Checks of dated shares: they add up to 1, or the facts they are taken from are there. */
import { show } from './fault.ts';
import { checkDated, type Placed, type Refer, type Report } from './placed.ts';
import type { Agency, BuildingEntry, DatedSharing } from './schema.ts';
import { factOn } from './shares.ts';
import { stretchesByAgency } from './stretches.ts';

/** Shares are typed with a few digits. */
const SUM_TOLERANCE = 1e-9;

export function createSharingCheck(
  around: {
    readonly agencies: ReadonlyMap<string, Placed<Agency>>;
    readonly buildings: readonly BuildingEntry[];
  },
  refer: Refer,
  report: Report,
) {
  const { agencies } = around;
  const occupied = stretchesByAgency(around.buildings);

  function checkSum(place: Placed<unknown>, at: readonly PropertyKey[], entry: DatedSharing): void {
    if (!entry.shares) return;
    const sum = Object.values(entry.shares).reduce((total, part) => total + part, 0);
    if (Math.abs(sum - 1) <= SUM_TOLERANCE) return;
    const found = `a sum of ${Number(sum.toFixed(9))}`;
    report(place, [...at, 'shares'], { expected: 'shares that add up to 1', found });
  }

  function checkFacts(place: Placed<unknown>, at: readonly PropertyKey[], entry: DatedSharing) {
    const { basis, from, among = [] } = entry;
    const fact = basis === 'heads' ? 'heads (statistics)' : 'areas';
    for (const [index, id] of among.entries()) {
      const agency = agencies.get(id)?.entry;
      if (!agency || factOn(agency, basis, from) !== undefined) continue;
      report(place, [...at, 'among', index], {
        expected: `an agency with ${fact} on ${from}, or shares in numbers`,
        found: show(id),
      });
    }
  }

  /** The facts of an agency are of all its buildings: they say nothing of its part of one. */
  function checkSole(
    place: Placed<BuildingEntry>,
    at: readonly PropertyKey[],
    stay: { readonly entry: DatedSharing; readonly until: string },
  ): void {
    const { entry, until } = stay;
    for (const [index, id] of (entry.among ?? []).entries()) {
      const other = occupied
        .get(id)
        ?.find(
          (one) => one.building !== place.entry.id && one.from < until && one.until > entry.from,
        );
      if (!other) continue;
      report(place, [...at, 'among', index], {
        expected: 'shares in numbers, since one agency occupies several buildings then',
        found: `${show(id)}, which occupies ${other.building} too`,
      });
    }
  }

  function check(place: Placed<unknown>, key: string, entries: readonly DatedSharing[]): void {
    checkDated(place, [key, entries], report);
    for (const [index, entry] of entries.entries()) {
      const at = [key, index];
      for (const id of Object.keys(entry.shares ?? {}))
        refer(place, [...at, 'shares', id], [id, 'agencies']);
      for (const [nth, id] of (entry.among ?? []).entries())
        refer(place, [...at, 'among', nth], [id, 'agencies']);
      checkSum(place, at, entry);
      checkFacts(place, at, entry);
    }
  }

  return {
    meter(place: Placed<{ readonly shares?: readonly DatedSharing[] | undefined }>): void {
      check(place, 'shares', place.entry.shares ?? []);
    },
    building(place: Placed<BuildingEntry>): void {
      const { occupancy } = place.entry;
      check(place, 'occupancy', occupancy);
      for (const [index, entry] of occupancy.entries()) {
        const until = occupancy[index + 1]?.from ?? '9999-12-31';
        checkSole(place, ['occupancy', index], { entry, until });
      }
    },
  };
}
