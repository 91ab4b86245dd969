/**
 * Who answers for what: each agency's account as a sum of meters, tenants' own meters first, the
 * rest of a shared building by its dated shares. The parts of a building add up to its mains.
 */
import { CARRIER_IDS, type Carrier } from '../../domain/carriers.ts';
import type { AccountItem } from '../../domain/consumption.ts';
import { totalItem } from '../../domain/items.ts';
import type { CounterId } from '../../domain/quantities.ts';
import { addsTo } from '../../registry/item-tops.ts';
import {
  type AccountMeter,
  counterOf,
  inForce,
  isVirtual,
  type Registry,
} from '../../registry/registry.ts';
import type { Sharing } from '../../registry/schema.ts';

export type Basis = Sharing['basis'] | 'own-meter';

/** `factor × (plus − Σ minus)`: one figure, unknown as soon as one of its meters is. */
export interface AllocationTerm {
  readonly factor: number;
  /** The factors of all other parts of the same figure, where this one is what they leave. */
  readonly others?: readonly number[];
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

/** Who answers for a meter itself, not through what contains it. */
function isOwned({ agency, shares = [] }: AccountMeter, date: string): boolean {
  return agency !== undefined || inForce(shares, date) !== undefined;
}

interface Among {
  readonly meters: readonly AccountMeter[];
  readonly date: string;
}

/** Meters below `top` that somebody answers for themselves, the topmost of each branch. */
function ownedBelow(top: AccountMeter, among: Among): AccountMeter[] {
  return among.meters
    .filter((meter) => meter.parent === top.id)
    .flatMap((meter) => (isOwned(meter, among.date) ? [meter] : ownedBelow(meter, among)));
}

/** Adds what one meter at the top of an account measures: first what has owners below it, then the shared rest. */
function apportion(
  terms: Terms,
  top: AccountMeter,
  account: { counter: CounterId; item: AccountItem; sharing: Sharing; among: Among },
): void {
  const { counter, item, among } = account;
  const key = { carrier: top.carrier, item };
  if (top.agency !== undefined) {
    const term = { factor: 1, basis: 'own-meter', counter, plus: top.id, minus: [] } as const;
    add(terms, { ...key, agencyId: top.agency }, term);
    return;
  }
  // What is fed into the grid is metered at the main alone.
  const owned = item === 'export' ? [] : ownedBelow(top, among);
  for (const meter of owned) apportion(terms, meter, account);
  const sharing = inForce(top.shares ?? [], among.date) ?? account.sharing;
  const minus = owned.map(({ id }) => id);
  const shares = Object.entries(sharing.shares);
  const others = shares.slice(0, -1).map(([, factor]) => factor);
  for (const [index, [agencyId, factor]] of shares.entries()) {
    const isLast = index > 0 && index === shares.length - 1;
    const term = { factor, basis: sharing.basis, counter, plus: top.id, minus };
    add(terms, { ...key, agencyId }, isLast ? { ...term, others } : term);
  }
}

interface Top {
  readonly item: AccountItem;
  readonly counter: CounterId;
  readonly meter: AccountMeter;
}

/** What is measured in a building, each at the top of its branch: mains, their export, sub-items. */
function topsOf(registry: Registry, buildingId: string): Top[] {
  const meters = registry.accountMetersIn(buildingId);
  const mains = meters
    .filter((meter) => meter.parent === undefined)
    .toSorted((a, b) => CARRIER_IDS.indexOf(a.carrier) - CARRIER_IDS.indexOf(b.carrier));
  return [
    ...mains.flatMap((meter): Top[] => {
      const total = { item: totalItem(meter.carrier), counter: counterOf(meter), meter };
      if (!exportsToGrid(registry, meter)) return [total];
      return [total, { item: 'export', counter: 'activeEnergyExport', meter }];
    }),
    ...meters.flatMap((meter): Top[] => {
      const item = addsTo(meter, registry.findAnyMeter);
      return item === undefined ? [] : [{ item, counter: counterOf(meter), meter }];
    }),
  ];
}

/** The accounts of all units on a date (`YYYY-MM-DD`); parents are sums of their subtree. */
export function accountsOn(registry: Registry, date: string): Account[] {
  const terms: Terms = new Map();
  for (const building of registry.buildings) {
    const sharing = inForce(building.occupancy, date);
    if (!sharing) continue;
    const meters = registry.accountMetersIn(building.id);
    for (const { item, counter, meter } of topsOf(registry, building.id)) {
      apportion(terms, meter, { counter, item, sharing, among: { meters, date } });
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
function exportsToGrid(registry: Registry, meter: AccountMeter): boolean {
  if (meter.carrier !== 'electricity' || meter.parent !== undefined) return false;
  const profile = isVirtual(meter) ? undefined : registry.profiles.get(meter.profile);
  const has = profile?.counters.activeEnergyExport !== undefined;
  return has && registry.metersIn(meter.building).some((other) => other.carrier === 'solar');
}

/** The registers consumption is kept for: the carrier's own, and the export of grid mains. */
export function countersOf(registry: Registry, meter: AccountMeter): CounterId[] {
  const own = counterOf(meter);
  return exportsToGrid(registry, meter) ? [own, 'activeEnergyExport'] : [own];
}
