/** Checks that need the whole registry: references, trees, shares, addresses, profiles. */
import { CARRIERS } from '../domain/carriers.ts';
import { nearestName, type RegistryFault, show } from './fault.ts';
import type { ProfileCatalogue } from './profile-facts.ts';
import type { RegistryContent } from './registry.ts';
import type { Meter } from './schema.ts';
import { formatPath, type RegistrySource } from './source.ts';

type Section =
  | 'stations'
  | 'agencies'
  | 'buildings'
  | 'connections'
  | 'meters'
  | 'factors'
  | 'quotas'
  | 'targets';

/** An entry with the place it was written at. */
interface Placed<T> {
  readonly entry: T;
  readonly source: RegistrySource;
  readonly path: readonly PropertyKey[];
}

type Report = (
  place: Placed<unknown>,
  at: readonly PropertyKey[],
  fault: { expected: string; found: string; nearest?: string | undefined },
) => void;

/** Merges the files and checks the whole; `content` is absent when no region is declared. */
export function checkWhole(
  sources: readonly RegistrySource[],
  profiles: ProfileCatalogue,
): { content: RegistryContent | undefined; faults: RegistryFault[] } {
  const faults: RegistryFault[] = [];
  const report: Report = (place, at, { expected, found, nearest }) => {
    const path = [...place.path, ...at];
    const hint = nearest === undefined ? {} : { nearest };
    faults.push({
      file: place.source.file,
      line: place.source.lineOf(path),
      path: formatPath(path),
      expected,
      found,
      ...hint,
    });
  };

  function collect<S extends Section>(section: S): Placed<RegistryContent[S][number]>[] {
    return sources.flatMap((source) =>
      (source.content?.[section] ?? []).map((entry, index) => ({
        entry: entry as RegistryContent[S][number],
        source,
        path: [section, index],
      })),
    );
  }

  const stations = collect('stations');
  const agencies = collect('agencies');
  const buildings = collect('buildings');
  const connections = collect('connections');
  const meters = collect('meters');
  const factors = collect('factors');
  const quotas = collect('quotas');
  const targets = collect('targets');

  /** A file that does not parse hides its entries: do not blame others for missing them. */
  const complete = sources.every((source) => source.content !== undefined);
  const ids = (placed: readonly Placed<{ id: string }>[]) =>
    new Set(placed.map(({ entry }) => entry.id));
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
    id: string | undefined,
    among: keyof typeof known,
  ): void {
    if (id === undefined || !complete || known[among].has(id)) return;
    report(place, at, {
      expected: `a name listed under ${among}`,
      found: show(id),
      nearest: nearestName(id, [...known[among]]),
    });
  }

  for (const placed of [
    stations,
    agencies,
    buildings,
    connections,
    meters,
    factors,
    quotas,
    targets,
  ]) {
    const seen = new Map<string, Placed<{ id: string }>>();
    for (const place of placed) {
      const first = seen.get(place.entry.id);
      if (first) {
        const where = `${first.source.file}:${first.source.lineOf([...first.path, 'id'])}`;
        report(place, ['id'], {
          expected: `an id used once (first at ${where})`,
          found: show(place.entry.id),
        });
      } else seen.set(place.entry.id, place);
    }
  }

  for (const place of stations) refer(place, ['sensor'], place.entry.sensor, 'meters');
  for (const place of agencies) {
    refer(place, ['parent'], place.entry.parent, 'agencies');
    checkDated(place, 'heads', place.entry.heads, report);
    checkDated(place, 'areas', place.entry.areas, report);
  }
  checkTree(agencies, report);

  for (const place of buildings) {
    refer(place, ['station'], place.entry.station, 'stations');
    checkDated(place, 'occupancy', place.entry.occupancy, report);
    for (const [index, { shares }] of place.entry.occupancy.entries()) {
      for (const id of Object.keys(shares))
        refer(place, ['occupancy', index, 'shares', id], id, 'agencies');
      const sum = Object.values(shares).reduce((total, part) => total + part, 0);
      if (Math.abs(sum - 1) > 1e-9) {
        report(place, ['occupancy', index, 'shares'], {
          expected: 'shares that add up to 1',
          found: `a sum of ${Number(sum.toFixed(9))}`,
        });
      }
    }
  }

  const kinds = new Map(connections.map(({ entry }) => [entry.id, entry.kind]));
  const addresses = new Map<string, Placed<Meter>>();
  for (const place of meters) {
    const { entry } = place;
    refer(place, ['building'], entry.building, 'buildings');
    refer(place, ['connection'], entry.connection, 'connections');
    refer(place, ['parent'], entry.parent, 'meters');
    refer(place, ['agency'], entry.agency, 'agencies');
    checkDated(place, 'multiplier', entry.multiplier, report);
    checkProfile(place, profiles, kinds.get(entry.connection), report);
    const address = `${entry.connection}/${entry.unit ?? entry.node}`;
    const first = addresses.get(address);
    if (first)
      report(place, [entry.unit === undefined ? 'node' : 'unit'], {
        expected: `an address of its own on ${entry.connection}`,
        found: `${show(entry.unit ?? entry.node)}, which ${first.entry.id} has`,
      });
    else addresses.set(address, place);
    const parent = meters.find((other) => other.entry.id === entry.parent);
    if (parent && parent.entry.carrier !== entry.carrier) {
      report(place, ['parent'], {
        expected: `a meter of ${entry.carrier}`,
        found: `${show(entry.parent)}, a meter of ${parent.entry.carrier}`,
      });
    }
    if (
      entry.item &&
      entry.carrier !== 'weather' &&
      !entry.item.startsWith(CARRIERS[entry.carrier].code)
    ) {
      report(place, ['item'], {
        expected: `an item of ${entry.carrier} (${CARRIERS[entry.carrier].code}…)`,
        found: show(entry.item),
      });
    }
  }
  checkTree(meters, report);

  const regions = sources.flatMap((source) =>
    source.content?.region ? [{ entry: source.content.region, source, path: ['region'] }] : [],
  );
  const [first, second] = regions;
  if (second)
    report(second, [], {
      expected: 'one region in the whole registry',
      found: `a second, ${show(second.entry.id)}`,
    });
  if (!first && complete) {
    faults.push({
      file: sources[0]?.file ?? '(folder)',
      line: 1,
      path: 'region',
      expected: 'a region section in one of the files',
      found: 'nothing',
    });
  }
  if (!first) return { content: undefined, faults };

  const plain = <T>(placed: readonly Placed<T>[]): T[] => placed.map(({ entry }) => entry);
  return {
    content: {
      region: first.entry,
      stations: plain(stations),
      agencies: plain(agencies),
      buildings: plain(buildings),
      connections: plain(connections),
      meters: plain(meters),
      factors: plain(factors),
      quotas: plain(quotas),
      targets: plain(targets),
    },
    faults,
  };
}

function checkDated(
  place: Placed<unknown>,
  key: string,
  entries: readonly { from: string }[],
  report: Report,
): void {
  for (const [index, entry] of entries.entries()) {
    const before = entries[index - 1];
    if (before && before.from >= entry.from) {
      report(place, [key, index, 'from'], {
        expected: `a date after ${before.from}`,
        found: show(entry.from),
      });
    }
  }
}

/** Every chain of parents must end. */
function checkTree(
  placed: readonly Placed<{ id: string; parent?: string | undefined }>[],
  report: Report,
): void {
  const parents = new Map(placed.map(({ entry }) => [entry.id, entry.parent]));
  for (const place of placed) {
    let at = place.entry.parent;
    for (
      let steps = 0;
      at !== undefined && at !== place.entry.id && steps < placed.length;
      steps += 1
    )
      at = parents.get(at);
    if (at === place.entry.id)
      report(place, ['parent'], {
        expected: 'a tree',
        found: `a circle through ${show(place.entry.parent)}`,
      });
  }
}

function checkProfile(
  place: Placed<Meter>,
  profiles: ProfileCatalogue,
  kind: string | undefined,
  report: Report,
): void {
  const { entry } = place;
  const profile = profiles.get(entry.profile);
  if (!profile) {
    report(place, ['profile'], {
      expected: 'a known meter profile',
      found: show(entry.profile),
      nearest: nearestName(entry.profile, [...profiles.keys()]),
    });
    return;
  }
  if (kind !== undefined && (kind === 'opcua') !== (profile.protocol === 'opcua')) {
    report(place, ['connection'], {
      expected: `a connection that speaks ${profile.protocol}`,
      found: `${show(entry.connection)}, which is ${kind}`,
    });
  }
  const [has, lacks] =
    profile.protocol === 'opcua' ? (['node', 'unit'] as const) : (['unit', 'node'] as const);
  if (entry[has] === undefined)
    report(place, [has], {
      expected: `'${has}', since ${profile.id} speaks ${profile.protocol}`,
      found: 'nothing',
    });
  if (entry[lacks] !== undefined)
    report(place, [lacks], {
      expected: `no '${lacks}', since ${profile.id} speaks ${profile.protocol}`,
      found: show(entry[lacks]),
    });
  if (entry.carrier === 'weather') return;
  const counter = entry.counter ?? CARRIERS[entry.carrier].counter;
  if (!profile.counters[counter]) {
    report(place, ['profile'], {
      expected: `a profile with the register ${counter}`,
      found: `${show(entry.profile)}, which has ${profile.quantities.join(', ')}`,
    });
  }
}
