/** What is added up for whom on a date: buildings and units from meters, parents from the agencies below them. */
import type { Carrier } from '../../domain/carriers.ts';
import type { AccountItem } from '../../domain/consumption.ts';
import { dateStartMs, localDate, type TimeRange } from '../../domain/period.ts';
import type { Registry } from '../../registry/registry.ts';
import { type AllocationTerm, accountsOn, buildingAccounts } from './allocation.ts';

/** One account as a sum: terms of meters, and the same account of agencies directly below. */
export interface PlannedAccount {
  readonly carrier: Carrier;
  readonly item: AccountItem;
  readonly terms: readonly AllocationTerm[];
  readonly children: readonly string[];
}

export interface Plan {
  readonly buildings: ReadonlyMap<string, readonly PlannedAccount[]>;
  /** Children stand before their parents. */
  readonly agencies: ReadonlyMap<string, readonly PlannedAccount[]>;
}

function planAgencies(registry: Registry, date: string): Map<string, PlannedAccount[]> {
  const own = Map.groupBy(accountsOn(registry, date), ({ agencyId }) => agencyId);
  const planned = new Map<string, PlannedAccount[]>();

  function visit(agencyId: string): void {
    const children = registry.childrenOf(agencyId).map(({ id }) => id);
    for (const child of children) visit(child);
    const accounts = new Map<string, PlannedAccount>();
    for (const { carrier, item, terms } of own.get(agencyId) ?? []) {
      accounts.set(`${carrier} ${item}`, { carrier, item, terms, children: [] });
    }
    for (const child of children) {
      for (const { carrier, item } of planned.get(child) ?? []) {
        const key = `${carrier} ${item}`;
        const account = accounts.get(key) ?? { carrier, item, terms: [], children: [] };
        accounts.set(key, { ...account, children: [...account.children, child] });
      }
    }
    planned.set(agencyId, [...accounts.values()]);
  }

  for (const { id, parent } of registry.agencies) if (parent === undefined) visit(id);
  return planned;
}

const plans = new WeakMap<Registry, Map<string, Plan>>();

/** The plan of a date; one for each stretch between two changes of shares. */
export function planOn(registry: Registry, date: string): Plan {
  const known = plans.get(registry) ?? new Map<string, Plan>();
  plans.set(registry, known);
  const since = changesOf(registry).findLast((from) => from <= date) ?? '';
  const plan = known.get(since) ?? {
    buildings: new Map(
      registry.buildings.map(({ id }) => [
        id,
        buildingAccounts(registry, id).map((account) => ({ ...account, children: [] })),
      ]),
    ),
    agencies: planAgencies(registry, date),
  };
  known.set(since, plan);
  return plan;
}

const changes = new WeakMap<Registry, readonly string[]>();

/** Dates on which shares change. */
function changesOf(registry: Registry): readonly string[] {
  const known = changes.get(registry);
  if (known) return known;
  const { buildings, meters, virtualMeters } = registry;
  const dated = [
    ...buildings.map(({ occupancy }) => occupancy),
    ...[...meters, ...virtualMeters].map(({ shares = [] }) => shares),
  ];
  const found = [...new Set(dated.flatMap((entries) => entries.map(({ from }) => from)))].sort();
  changes.set(registry, found);
  return found;
}

/** Stretches of a range over which no share changes. */
export function stretchesOf(registry: Registry, range: TimeRange): TimeRange[] {
  const { zone } = registry.region;
  const within = changesOf(registry)
    .map((from) => dateStartMs(from, zone))
    .filter((at) => at > range.fromMs && at < range.toMs);
  const bounds = [range.fromMs, ...within, range.toMs];
  return bounds.slice(1).map((toMs, index) => ({ fromMs: bounds[index] ?? toMs, toMs }));
}

/** An agency's accounts on a date with the terms of all units below, as a page shows them. */
export function accountsBelow(registry: Registry, agencyId: string, date: string) {
  const { agencies } = planOn(registry, date);
  const below = registry.subtreeOf(agencyId).flatMap(({ id }) => agencies.get(id) ?? []);
  const byItem = Map.groupBy(below, ({ carrier, item }) => `${carrier} ${item}`);
  return [...byItem.values()].flatMap((same) => {
    const [first] = same;
    if (!first) return [];
    const { carrier, item } = first;
    return [{ carrier, item, terms: same.flatMap(({ terms }) => terms) }];
  });
}

/** Buildings and agencies whose accounts contain one of these meters at some time in a range. */
export function accountsWith(
  registry: Registry,
  meterIds: ReadonlySet<string>,
  range: TimeRange,
): { readonly buildings: string[]; readonly agencies: string[] } {
  const [buildings, agencies] = [new Set<string>(), new Set<string>()];
  const contains = ({ terms }: PlannedAccount) =>
    terms.some(({ plus, minus }) => meterIds.has(plus) || minus.some((id) => meterIds.has(id)));
  for (const { fromMs } of stretchesOf(registry, range)) {
    const plan = planOn(registry, localDate(fromMs, registry.region.zone));
    for (const [id, accounts] of plan.buildings) if (accounts.some(contains)) buildings.add(id);
    // Children come first: a parent is in as soon as one of them is.
    for (const [id, accounts] of plan.agencies) {
      const isIn = accounts.some(
        (account) => contains(account) || account.children.some((child) => agencies.has(child)),
      );
      if (isIn) agencies.add(id);
    }
  }
  const { agencies: all } = planOn(registry, localDate(range.fromMs, registry.region.zone));
  return {
    buildings: [...buildings],
    agencies: [...all.keys()].filter((id) => agencies.has(id)),
  };
}
