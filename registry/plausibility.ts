/** Checks that need the whole registry: references, trees, shares, addresses, profiles. */
import { checkAbove } from './check-above.ts';
import { checkCodes } from './check-codes.ts';
import { checkConnections } from './check-connection.ts';
import { checkEquipment } from './check-equipment.ts';
import { addressOf, checkMeter } from './check-meter.ts';
import { checkMeteringPoints } from './check-metering.ts';
import { checkMeteringLimits } from './check-metering-limits.ts';
import { checkOneADate } from './check-one-a-date.ts';
import { createSharingCheck } from './check-sharing.ts';
import { checkTariffs } from './check-tariff.ts';
import { checkVirtualMeters } from './check-virtual-meter.ts';
import { type RegistryFault, show } from './fault.ts';
import {
  checkDated,
  checkTree,
  checkUnique,
  createRefer,
  createReport,
  type Placed,
} from './placed.ts';
import type { ProfileCatalogue } from './profile-facts.ts';
import type { RegistryContent } from './registry.ts';
import { SECTIONS, type Section } from './schema.ts';
import type { RegistrySource } from './source.ts';

/** The first entry under each key. */
function firstBy<T>(
  placed: readonly Placed<T>[],
  key: (entry: T) => string,
): Map<string, Placed<T>> {
  return new Map(placed.toReversed().map((place) => [key(place.entry), place]));
}

type PlacedSections = { [S in Section]: Placed<RegistryContent[S][number]>[] };

interface CheckedWhole {
  /** Absent when no region is declared. */
  readonly content: RegistryContent | undefined;
  readonly faults: RegistryFault[];
  /** What may be wrong, and refuses nothing. */
  readonly warnings: RegistryFault[];
}

/** Merges the files and checks the whole. */
export function checkWhole(
  sources: readonly RegistrySource[],
  profiles: ProfileCatalogue,
): CheckedWhole {
  const faults: RegistryFault[] = [];
  const warnings: RegistryFault[] = [];
  const report = createReport(faults);
  const warn = createReport(warnings);

  function collect<S extends Section>(section: S): Placed<RegistryContent[S][number]>[] {
    return sources.flatMap((source) =>
      (source.content?.[section] ?? []).map((entry, index) => ({
        entry: entry as RegistryContent[S][number],
        source,
        path: [section, index],
      })),
    );
  }

  const placed = Object.fromEntries(
    SECTIONS.map((section) => [section, collect(section)]),
  ) as PlacedSections;
  const { stations, agencies, buildings, connections, meters, virtualMeters } = placed;

  const complete = sources.every((source) => source.content !== undefined);
  const ids = (...lists: (readonly Placed<{ id: string }>[])[]) =>
    new Set(lists.flat().map(({ entry }) => entry.id));
  const known = {
    stations: ids(stations),
    agencies: ids(agencies),
    buildings: ids(buildings),
    connections: ids(connections),
    meters: ids(meters, virtualMeters),
  };
  const refer = createRefer(known, complete, report);
  const sharing = createSharingCheck(
    {
      agencies: firstBy(agencies, ({ id }) => id),
      buildings: buildings.map(({ entry }) => entry),
    },
    refer,
    report,
  );

  for (const section of SECTIONS) {
    // A virtual meter is a meter: their ids are of one kind.
    if (section === 'virtualMeters') continue;
    checkUnique(section === 'meters' ? [...meters, ...virtualMeters] : placed[section], report);
  }
  for (const place of stations) refer(place, ['sensor'], [place.entry.sensor, 'meters']);
  for (const place of agencies) {
    refer(place, ['parent'], [place.entry.parent, 'agencies']);
    checkDated(place, ['heads', place.entry.heads, ({ definition }) => definition], report);
    checkDated(place, ['areas', place.entry.areas], report);
  }
  checkTree(agencies, report);
  for (const place of buildings) {
    refer(place, ['station'], [place.entry.station, 'stations']);
    sharing.building(place);
  }
  checkConnections(connections, report);
  const kinds = new Map(connections.map(({ entry }) => [entry.id, entry.kind]));
  const around = { profiles, kinds, byAddress: firstBy(meters, addressOf) };
  for (const place of meters) {
    const { building, connection, parent, agency, multiplier } = place.entry;
    refer(place, ['building'], [building, 'buildings']);
    refer(place, ['connection'], [connection, 'connections']);
    refer(place, ['parent'], [parent, 'meters']);
    refer(place, ['agency'], [agency, 'agencies']);
    checkDated(place, ['multiplier', multiplier], report);
    sharing.meter(place);
    checkMeter(place, around, report);
    checkEquipment(place, report);
  }
  for (const place of virtualMeters) {
    const { building, parent, agency } = place.entry;
    refer(place, ['building'], [building, 'buildings']);
    refer(place, ['parent'], [parent, 'meters']);
    refer(place, ['agency'], [agency, 'agencies']);
    sharing.meter(place);
  }
  const everyMeter = [...meters, ...virtualMeters];
  checkAbove(everyMeter, { report, warn });
  checkTree(everyMeter, report);
  checkVirtualMeters({ virtualMeters, meters }, { complete, report });
  checkMeteringPoints(placed.meteringPoints, {
    meters: firstBy(meters, ({ id }) => id),
    virtualMeters: ids(virtualMeters),
    refer,
    report,
  });
  checkMeteringLimits(placed.meteringLimits, report);
  checkOneADate(placed.reviewLimits, ({ limit, from }) => `${limit} ${from}`, report);
  checkTariffs(placed.tariffs, report);
  for (const place of placed.waterSchedules) {
    refer(place, ['building'], [place.entry.building, 'buildings']);
    refer(place, ['meter'], [place.entry.meter, 'meters']);
  }

  const [first, second] = sources.flatMap((source) =>
    source.content?.region ? [{ entry: source.content.region, source, path: ['region'] }] : [],
  );
  if (second) {
    const found = `a second, ${show(second.entry.id)}`;
    report(second, [], { expected: 'one region in the whole registry', found });
  }
  if (!first && complete) {
    const file = sources[0]?.file ?? '(folder)';
    const expected = 'a region section in one of the files';
    faults.push({ file, line: 1, path: 'region', expected, found: 'nothing' });
  }
  checkCodes({ region: first?.entry, agencies, buildings }, { report, warn });
  if (!first) return { content: undefined, faults, warnings };

  const lists = SECTIONS.map((section) => [section, placed[section].map(({ entry }) => entry)]);
  const content: RegistryContent = { region: first.entry, ...Object.fromEntries(lists) };
  return { content, faults, warnings };
}
