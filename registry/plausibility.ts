/** Checks that need the whole registry: references, trees, shares, addresses, profiles. */
import { checkConnections } from './check-connection.ts';
import { addressOf, checkMeter } from './check-meter.ts';
import { checkTariffs } from './check-tariff.ts';
import { nearestName, type RegistryFault, show } from './fault.ts';
import { checkDated, checkTree, checkUnique, createReport, type Placed } from './placed.ts';
import type { ProfileCatalogue } from './profile-facts.ts';
import type { RegistryContent } from './registry.ts';
import { type Building, SECTIONS, type Section } from './schema.ts';
import type { RegistrySource } from './source.ts';

/** The first entry under each key. */
function firstBy<T>(
  placed: readonly Placed<T>[],
  key: (entry: T) => string,
): Map<string, Placed<T>> {
  return new Map(placed.toReversed().map((place) => [key(place.entry), place]));
}

type PlacedSections = { [S in Section]: Placed<RegistryContent[S][number]>[] };

/** Merges the files and checks the whole; `content` is absent when no region is declared. */
export function checkWhole(
  sources: readonly RegistrySource[],
  profiles: ProfileCatalogue,
): { content: RegistryContent | undefined; faults: RegistryFault[] } {
  const faults: RegistryFault[] = [];
  const report = createReport(faults);

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
  const { stations, agencies, buildings, connections, meters } = placed;

  /** A file that does not parse hides its entries: others are not blamed for missing them. */
  const complete = sources.every((source) => source.content !== undefined);
  const ids = (places: readonly Placed<{ id: string }>[]) =>
    new Set(places.map(({ entry }) => entry.id));
  const known = {
    stations: ids(stations),
    agencies: ids(agencies),
    buildings: ids(buildings),
    connections: ids(connections),
    meters: ids(meters),
  };

  function refer(
    place: Placed<unknown>,
    at: readonly PropertyKey[],
    [id, among]: readonly [string | undefined, keyof typeof known],
  ): void {
    if (id === undefined || !complete || known[among].has(id)) return;
    report(place, at, {
      expected: `a name listed under ${among}`,
      found: show(id),
      nearest: nearestName(id, [...known[among]]),
    });
  }

  function checkOccupancy(place: Placed<Building>): void {
    checkDated(place, ['occupancy', place.entry.occupancy], report);
    for (const [index, { shares }] of place.entry.occupancy.entries()) {
      const path = ['occupancy', index, 'shares'];
      for (const id of Object.keys(shares)) refer(place, [...path, id], [id, 'agencies']);
      const sum = Object.values(shares).reduce((total, part) => total + part, 0);
      if (Math.abs(sum - 1) > 1e-9) {
        const found = `a sum of ${Number(sum.toFixed(9))}`;
        report(place, path, { expected: 'shares that add up to 1', found });
      }
    }
  }

  for (const section of SECTIONS) checkUnique(placed[section], report);
  for (const place of stations) refer(place, ['sensor'], [place.entry.sensor, 'meters']);
  for (const place of agencies) {
    refer(place, ['parent'], [place.entry.parent, 'agencies']);
    checkDated(place, ['heads', place.entry.heads, ({ definition }) => definition], report);
    checkDated(place, ['areas', place.entry.areas], report);
  }
  checkTree(agencies, report);
  for (const place of buildings) {
    refer(place, ['station'], [place.entry.station, 'stations']);
    checkOccupancy(place);
  }
  checkConnections(connections, report);
  const kinds = new Map(connections.map(({ entry }) => [entry.id, entry.kind]));
  const around = {
    profiles,
    kinds,
    byId: firstBy(meters, ({ id }) => id),
    byAddress: firstBy(meters, addressOf),
  };
  for (const place of meters) {
    const { building, connection, parent, agency, multiplier } = place.entry;
    refer(place, ['building'], [building, 'buildings']);
    refer(place, ['connection'], [connection, 'connections']);
    refer(place, ['parent'], [parent, 'meters']);
    refer(place, ['agency'], [agency, 'agencies']);
    checkDated(place, ['multiplier', multiplier], report);
    checkMeter(place, around, report);
  }
  checkTree(meters, report);
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
  if (!first) return { content: undefined, faults };

  const lists = SECTIONS.map((section) => [section, placed[section].map(({ entry }) => entry)]);
  const content: RegistryContent = { region: first.entry, ...Object.fromEntries(lists) };
  return { content, faults };
}
