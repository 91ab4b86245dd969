/** The registry in memory: what exists, indexed for the questions collector and api ask. */
import type { Carrier } from '../domain/carriers.ts';
import { CARRIERS } from '../domain/carriers.ts';
import type { HeadDefinition } from '../domain/heads.ts';
import type { CounterId } from '../domain/quantities.ts';
import type { ProfileCatalogue } from './profile-facts.ts';
import {
  type Agency,
  type Building,
  type Connection,
  type Meter,
  type Region,
  type RegistryFile,
  SECTIONS,
  type Section,
} from './schema.ts';

/** The sections of all files together; one region, and lists of everything else. */
export type RegistryContent = { readonly region: Region } & {
  readonly [S in Section]: readonly RegistryFile[S][number][];
};

export interface Registry extends RegistryContent {
  readonly profiles: ProfileCatalogue;
  /** @throws RangeError for an unknown id: callers check user input with `has…` lookups first. */
  agency(id: string): Agency;
  building(id: string): Building;
  meter(id: string): Meter;
  connection(id: string): Connection;
  findAgency(id: string): Agency | undefined;
  findMeter(id: string): Meter | undefined;
  /** Agencies directly below, in registry order. */
  childrenOf(agencyId: string): readonly Agency[];
  /** The agency and everything below it. */
  subtreeOf(agencyId: string): readonly Agency[];
  metersOn(connectionId: string): readonly Meter[];
  metersIn(buildingId: string): readonly Meter[];
}

/** A meter that counts energy or water, as opposed to a weather sensor. */
export type CountingMeter = Meter & { readonly carrier: Carrier };

export function isCounting(meter: Meter): meter is CountingMeter {
  return meter.carrier !== 'weather';
}

/** The register a meter's consumption is computed from. */
export function counterOf(meter: CountingMeter): CounterId {
  return meter.counter ?? CARRIERS[meter.carrier].counter;
}

/** The entry of a dated list in force on a date (`YYYY-MM-DD`); lists are sorted by `from`. */
export function inForce<T extends { readonly from: string }>(
  entries: readonly T[],
  date: string,
): T | undefined {
  return entries.findLast((entry) => entry.from <= date);
}

/** People of an agency on a date, counted by one definition; another definition is no substitute. */
export function personsOn(
  agency: Agency,
  date: string,
  definition: HeadDefinition = 'statistics',
): number | undefined {
  const counted = agency.heads.filter((entry) => entry.definition === definition);
  return inForce(counted, date)?.persons;
}

function groupBy<T>(values: readonly T[], key: (value: T) => string): Map<string, T[]> {
  return Map.groupBy(values, key);
}

/** Indexes a content that was checked; sections left out are empty. */
export function createRegistry(
  sections: Pick<RegistryContent, 'region'> & Partial<RegistryContent>,
  profiles: ProfileCatalogue,
): Registry {
  const empty = Object.fromEntries(SECTIONS.map((section) => [section, []]));
  const content = { ...empty, ...sections } as RegistryContent;
  const agencies = new Map(content.agencies.map((agency) => [agency.id, agency]));
  const buildings = new Map(content.buildings.map((building) => [building.id, building]));
  const meters = new Map(content.meters.map((meter) => [meter.id, meter]));
  const connections = new Map(content.connections.map((connection) => [connection.id, connection]));
  const children = groupBy(content.agencies, (agency) => agency.parent ?? '');
  const byConnection = groupBy(content.meters, (meter) => meter.connection);
  const byBuilding = groupBy(content.meters, (meter) => meter.building);

  function known<T>(found: T | undefined, kind: string, id: string): T {
    if (found === undefined) throw new RangeError(`no ${kind} '${id}' in the registry`);
    return found;
  }

  function subtreeOf(agencyId: string): Agency[] {
    const self = known(agencies.get(agencyId), 'agency', agencyId);
    return [self, ...(children.get(agencyId) ?? []).flatMap((child) => subtreeOf(child.id))];
  }

  return {
    ...content,
    profiles,
    agency: (id) => known(agencies.get(id), 'agency', id),
    building: (id) => known(buildings.get(id), 'building', id),
    meter: (id) => known(meters.get(id), 'meter', id),
    connection: (id) => known(connections.get(id), 'connection', id),
    findAgency: (id) => agencies.get(id),
    findMeter: (id) => meters.get(id),
    childrenOf: (id) => children.get(id) ?? [],
    subtreeOf,
    metersOn: (id) => byConnection.get(id) ?? [],
    metersIn: (id) => byBuilding.get(id) ?? [],
  };
}
