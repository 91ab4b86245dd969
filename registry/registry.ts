/** The registry in memory: what exists, indexed for the questions collector and api ask. */
import type { Carrier } from '../domain/carriers.ts';
import { CARRIERS } from '../domain/carriers.ts';
import type { CounterId, QuantityId } from '../domain/quantities.ts';
import { inForce } from './dated.ts';
import type { RegistryFault } from './fault.ts';
import type { ProfileCatalogue } from './profile-facts.ts';
import {
  type Agency,
  type Building,
  type BuildingEntry,
  type Connection,
  type DatedSharing,
  type Meter,
  type MeterEntry,
  type Region,
  type RegistryFile,
  SECTIONS,
  type Section,
  type VirtualMeter,
  type VirtualMeterEntry,
} from './schema.ts';
import { sharesInNumbers } from './shares.ts';

export { inForce };

/** The sections of all files together; one region, and lists of everything else. */
export type RegistryContent = { readonly region: Region } & {
  readonly [S in Exclude<Section, keyof Shared>]: readonly RegistryFile[S][number][];
} & Shared;

/** What may be shared, as written. */
interface Shared {
  readonly buildings: readonly BuildingEntry[];
  readonly meters: readonly MeterEntry[];
  readonly virtualMeters: readonly VirtualMeterEntry[];
}

export interface Registry extends Omit<RegistryContent, keyof Shared> {
  readonly buildings: readonly Building[];
  readonly meters: readonly Meter[];
  readonly virtualMeters: readonly VirtualMeter[];
  /** All that count energy or water, virtual ones too. */
  readonly accountMeters: readonly AccountMeter[];
  /** As it stands in the files, before shares were put into numbers. */
  readonly written: RegistryContent;
  readonly profiles: ProfileCatalogue;
  /** What may be wrong with the files it was read from. */
  readonly warnings: readonly RegistryFault[];
  /** @throws RangeError for an unknown id: callers check user input with `has…` lookups first. */
  agency(id: string): Agency;
  building(id: string): Building;
  meter(id: string): Meter;
  connection(id: string): Connection;
  findAgency(id: string): Agency | undefined;
  findMeter(id: string): Meter | undefined;
  /** A virtual meter too. */
  findAnyMeter(id: string): AnyMeter | undefined;
  /** Agencies directly below, in registry order. */
  childrenOf(agencyId: string): readonly Agency[];
  /** The agency and everything below it. */
  subtreeOf(agencyId: string): readonly Agency[];
  metersOn(connectionId: string): readonly Meter[];
  /** Those that are polled. */
  metersIn(buildingId: string): readonly Meter[];
  accountMetersIn(buildingId: string): readonly AccountMeter[];
}

export type AnyMeter = Meter | VirtualMeter;

/** A meter that counts energy or water, as opposed to a weather sensor. */
export type CountingMeter = Meter & { readonly carrier: Carrier };

/** What accounts are made of. */
export type AccountMeter = CountingMeter | VirtualMeter;

export function isVirtual(meter: AnyMeter): meter is VirtualMeter {
  return 'formula' in meter;
}

export function isCounting(meter: AnyMeter): meter is CountingMeter {
  return !isVirtual(meter) && meter.carrier !== 'weather';
}

/** Whether a meter is part of accounts. */
export function isAccountMeter(meter: AnyMeter | undefined): meter is AccountMeter {
  return meter !== undefined && meter.carrier !== 'weather';
}

/** The gauge that is a counter's rate: what a meter without the register shows. */
export const POWER_OF: Partial<Record<CounterId, QuantityId>> = {
  activeEnergyImport: 'activePower',
  volume: 'volumeFlow',
  heatEnergy: 'heatPower',
};

/** The register a meter's consumption is computed from, or stands for. */
export function counterOf(meter: AccountMeter): CounterId {
  const own = isVirtual(meter) ? undefined : meter.counter;
  return own ?? CARRIERS[meter.carrier].counter;
}

function groupBy<T>(values: readonly T[], key: (value: T) => string): Map<string, T[]> {
  return Map.groupBy(values, key);
}

function inNumbers(
  { buildings, meters, virtualMeters }: Shared,
  agencies: ReadonlyMap<string, Agency>,
): Pick<Registry, keyof Shared> {
  const sharing = (shares: readonly DatedSharing[] | undefined) =>
    shares && sharesInNumbers(shares, agencies);
  return {
    buildings: buildings.map((building) => ({
      ...building,
      occupancy: sharesInNumbers(building.occupancy, agencies),
    })),
    meters: meters.map((meter) => ({ ...meter, shares: sharing(meter.shares) })),
    virtualMeters: virtualMeters.map((meter) => ({ ...meter, shares: sharing(meter.shares) })),
  };
}

/** Indexes a content that was checked; sections left out are empty. */
export function createRegistry(
  sections: Pick<RegistryContent, 'region'> & Partial<RegistryContent>,
  profiles: ProfileCatalogue,
  warnings: readonly RegistryFault[] = [],
): Registry {
  const empty = Object.fromEntries(SECTIONS.map((section) => [section, []]));
  const content = { ...empty, ...sections } as RegistryContent;
  const agencies = new Map(content.agencies.map((agency) => [agency.id, agency]));
  const resolved = inNumbers(content, agencies);
  const buildings = new Map(resolved.buildings.map((building) => [building.id, building]));
  const meters = new Map(resolved.meters.map((meter) => [meter.id, meter]));
  const virtual = new Map(resolved.virtualMeters.map((meter) => [meter.id, meter]));
  const connections = new Map(content.connections.map((connection) => [connection.id, connection]));
  const children = groupBy(content.agencies, (agency) => agency.parent ?? '');
  const byConnection = groupBy(resolved.meters, (meter) => meter.connection);
  const byBuilding = groupBy(resolved.meters, (meter) => meter.building);
  const counting: AccountMeter[] = [
    ...resolved.meters.filter(isCounting),
    ...resolved.virtualMeters,
  ];
  const accountMeters = groupBy(counting, (meter) => meter.building);

  function known<T>(found: T | undefined, kind: string, id: string): T {
    if (found === undefined) throw new RangeError(`no ${kind} '${id}' in the registry`);
    return found;
  }

  const subtrees = new Map<string, readonly Agency[]>();

  function subtreeOf(agencyId: string): readonly Agency[] {
    const found = subtrees.get(agencyId);
    if (found) return found;
    const self = known(agencies.get(agencyId), 'agency', agencyId);
    const below = (children.get(agencyId) ?? []).flatMap((child) => subtreeOf(child.id));
    const subtree = [self, ...below];
    subtrees.set(agencyId, subtree);
    return subtree;
  }

  return {
    ...content,
    ...resolved,
    accountMeters: counting,
    written: content,
    profiles,
    warnings,
    agency: (id) => known(agencies.get(id), 'agency', id),
    building: (id) => known(buildings.get(id), 'building', id),
    meter: (id) => known(meters.get(id), 'meter', id),
    connection: (id) => known(connections.get(id), 'connection', id),
    findAgency: (id) => agencies.get(id),
    findMeter: (id) => meters.get(id),
    findAnyMeter: (id) => meters.get(id) ?? virtual.get(id),
    childrenOf: (id) => children.get(id) ?? [],
    subtreeOf,
    metersOn: (id) => byConnection.get(id) ?? [],
    metersIn: (id) => byBuilding.get(id) ?? [],
    accountMetersIn: (id) => accountMeters.get(id) ?? [],
  };
}
