/**
 * Who answers for what: each agency's account as a sum of meters, tenants' own meters first, the
 * rest of a shared building by its dated shares. The parts of a building add up to its mains.
 */
import { CARRIER_IDS, type Carrier } from '../../domain/carriers.ts';
import type { AccountItem } from '../../domain/consumption.ts';
import { fourWayItem, type ItemCode, totalItem } from '../../domain/items.ts';
import type { CounterId } from '../../domain/quantities.ts';
import {
  type CountingMeter,
  counterOf,
  inForce,
  isCounting,
  type Registry,
} from '../../registry/registry.ts';
import type { Building } from '../../registry/schema.ts';

export type Basis = Building['occupancy'][number]['basis'] | 'own-meter';

/** `factor × (plus − Σ minus)`: one figure, unknown as soon as one of its meters is. */
export interface AllocationTerm {
  readonly factor: number;
  readonly basis: Basis;
  readonly counter: CounterId;
  readonly plus: string;
  readonly minus: readonly string[];
}

/** The account of one agency, carrier and sub-item on one date. */
export interface Account {
  readonly agencyId: string;
  readonly carrier: Carrier;
  readonly item: AccountItem;
  readonly terms: readonly AllocationTerm[];
}

/** The account of one building, carrier and sub-item. */
export interface BuildingAccount extends Omit<Account, 'agencyId'> {
  readonly buildingId: string;
}

type Terms = Map<
  string,
  { agencyId: string; carrier: Carrier; item: AccountItem; terms: AllocationTerm[] }
>;

function add(terms: Terms, key: Omit<Account, 'terms'>, term: AllocationTerm): void {
  const id = `${key.agencyId} ${key.carrier} ${key.item}`;
  const account = terms.get(id) ?? { ...key, terms: [] };
  account.terms.push(term);
  terms.set(id, account);
}

/** Meters below `top` that one agency alone answers for, the topmost of each branch. */
function tenantMeters(top: CountingMeter, meters: readonly CountingMeter[]): CountingMeter[] {
  return meters
    .filter((meter) => meter.parent === top.id)
    .flatMap((meter) => (meter.agency === undefined ? tenantMeters(meter, meters) : [meter]));
}

/** Adds what one meter at the top of an account measures: tenants' parts, then the shared rest. */
function apportion(
  terms: Terms,
  top: CountingMeter,
  account: {
    counter: CounterId;
    item: AccountItem;
    tenants: readonly CountingMeter[];
    occupancy: Building['occupancy'][number];
  },
): void {
  const { counter, item, tenants, occupancy } = account;
  const key = { carrier: top.carrier, item };
  if (top.agency !== undefined) {
    const term = { factor: 1, basis: 'own-meter', counter, plus: top.id, minus: [] } as const;
    add(terms, { ...key, agencyId: top.agency }, term);
    return;
  }
  for (const tenant of tenants) {
    const term = { factor: 1, basis: 'own-meter', counter, plus: tenant.id, minus: [] } as const;
    add(terms, { ...key, agencyId: tenant.agency ?? '' }, term);
  }
  const minus = tenants.map(({ id }) => id);
  for (const [agencyId, factor] of Object.entries(occupancy.shares)) {
    add(
      terms,
      { ...key, agencyId },
      { factor, basis: occupancy.basis, counter, plus: top.id, minus },
    );
  }
}

/** Sub-item groups of a building: the topmost meters of each four-way code but the total. */
function itemTops(meters: readonly CountingMeter[]): { item: ItemCode; top: CountingMeter }[] {
  const itemOf = (meter: CountingMeter) => (meter.item ? fourWayItem(meter.item) : undefined);
  return meters.flatMap((meter) => {
    const item = itemOf(meter);
    if (item === undefined || item === totalItem(meter.carrier)) return [];
    const parent = meters.find(({ id }) => id === meter.parent);
    return parent && itemOf(parent) === item ? [] : [{ item, top: meter }];
  });
}

interface Top {
  readonly item: AccountItem;
  readonly counter: CounterId;
  readonly meter: CountingMeter;
}

/** What is measured in a building, each at the top of its branch: mains, their export, sub-items. */
function topsOf(registry: Registry, buildingId: string): Top[] {
  const meters = registry.metersIn(buildingId).filter(isCounting);
  const mains = meters
    .filter((meter) => meter.parent === undefined)
    .toSorted((a, b) => CARRIER_IDS.indexOf(a.carrier) - CARRIER_IDS.indexOf(b.carrier));
  return [
    ...mains.flatMap((meter): Top[] => {
      const total = { item: totalItem(meter.carrier), counter: counterOf(meter), meter };
      if (!exportsToGrid(registry, meter)) return [total];
      return [total, { item: 'export', counter: 'activeEnergyExport', meter }];
    }),
    ...itemTops(meters).map(({ item, top }) => ({ item, counter: counterOf(top), meter: top })),
  ];
}

/** The accounts of all units on a date (`YYYY-MM-DD`); parents are sums of their subtree. */
export function accountsOn(registry: Registry, date: string): Account[] {
  const terms: Terms = new Map();
  for (const building of registry.buildings) {
    const occupancy = inForce(building.occupancy, date);
    if (!occupancy) continue;
    const meters = registry.metersIn(building.id).filter(isCounting);
    for (const { item, counter, meter } of topsOf(registry, building.id)) {
      const tenants = item === 'export' ? [] : tenantMeters(meter, meters);
      apportion(terms, meter, { counter, item, tenants, occupancy });
    }
  }
  return [...terms.values()];
}

/** What is measured in a building, whoever occupies it. */
export function buildingAccounts(registry: Registry, buildingId: string): BuildingAccount[] {
  const tops = Map.groupBy(
    topsOf(registry, buildingId),
    ({ item, meter }) => `${meter.carrier} ${item}`,
  );
  return [...tops.values()].flatMap((same) => {
    const [first] = same;
    if (!first) return [];
    const terms = same.map(({ counter, meter }) => ({
      factor: 1,
      basis: 'own-meter' as const,
      counter,
      plus: meter.id,
      minus: [],
    }));
    return [{ buildingId, carrier: first.meter.carrier, item: first.item, terms }];
  });
}

/** A grid meter of a building that generates can run backwards; others are not asked. */
function exportsToGrid(registry: Registry, meter: CountingMeter): boolean {
  if (meter.carrier !== 'electricity' || meter.parent !== undefined) return false;
  const has = registry.profiles.get(meter.profile)?.counters.activeEnergyExport !== undefined;
  return has && registry.metersIn(meter.building).some((other) => other.carrier === 'solar');
}

/** The registers consumption is kept for: the carrier's own, and the export of grid mains. */
export function countersOf(registry: Registry, meter: CountingMeter): CounterId[] {
  const own = counterOf(meter);
  return exportsToGrid(registry, meter) ? [own, 'activeEnergyExport'] : [own];
}
