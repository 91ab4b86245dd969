/** What of the registry figures rest on, as texts: two registries are compared by them, across restarts too. */
import { dateStartMs } from '../../domain/period.ts';
import { addsTo, subItemOf } from '../../registry/item-tops.ts';
import { type CountingMeter, isCounting, type Registry } from '../../registry/registry.ts';
import type { VirtualMeter } from '../../registry/schema.ts';
import { countersOf } from './allocation.ts';
import { formerVirtual } from './former.ts';
import type { DirtySubject } from './queue.ts';

/** Dated entries change figures from a date on, everything else changes all of them. */
interface Facts {
  readonly rest: unknown;
  readonly dated: readonly { readonly fromMs: number }[];
}

function meterFacts(registry: Registry, meter: CountingMeter): Facts {
  const { zone, heatingSeason } = registry.region;
  const { counter, profile, carrier, pollSeconds, maxPerHour, multiplier, replacements } = meter;
  const { unitChanges = [], counts } = meter;
  return {
    rest: {
      zone,
      heatingSeason,
      carrier,
      counter,
      counts,
      pollSeconds,
      maxPerHour,
      counters: countersOf(registry, meter).map((id) => [
        id,
        registry.profiles.get(profile)?.counters[id],
      ]),
      // The least of all multipliers sets how fast the register may count.
      least: Math.min(1, ...multiplier.map(({ factor }) => factor)),
    },
    dated: [
      ...multiplier.map(({ from, ...entry }) => ({ fromMs: dateStartMs(from, zone), ...entry })),
      ...replacements.map(({ at, ...entry }) => ({ fromMs: at, ...entry })),
      ...unitChanges.map(({ at, factor }) => ({ fromMs: at, unit: factor })),
    ],
  };
}

/** A formula is what its meters are summed up with; their own facts are their own. */
function virtualFacts(registry: Registry, { carrier, building, formula }: VirtualMeter): Facts {
  const { zone, heatingSeason } = registry.region;
  return { rest: { zone, heatingSeason, carrier, building, formula }, dated: [] };
}

function buildingFacts(registry: Registry, buildingId: string): Facts {
  const { zone } = registry.region;
  const { occupancy } = registry.building(buildingId);
  const meters = registry.accountMetersIn(buildingId);
  const shares = meters.flatMap(({ id: of, shares = [] }) =>
    shares.map((entry) => ({ of, ...entry })),
  );
  return {
    rest: meters.map((meter) => {
      const { id, carrier, item, parent, agency } = meter;
      const facts = [id, carrier, item, parent, agency];
      const above = meters.find((other) => other.id === parent);
      const own = subItemOf(meter);
      const byParent = above && subItemOf(above) === own ? undefined : own;
      const added = addsTo(meter, registry.findAnyMeter);
      // What stands further above, or in another building, is told by no fact of this one.
      return added === byParent ? facts : [...facts, added ?? null];
    }),
    dated: [...occupancy, ...shares].map(({ from, ...entry }) => ({
      fromMs: dateStartMs(from, zone),
      ...entry,
    })),
  };
}

/** Facts by key: `meter …`, `building …`, and `all` for what every account depends on. */
export function factsOf(registry: Registry): Map<string, string> {
  const { zone, heatingSeason } = registry.region;
  const all: Facts = {
    rest: {
      zone,
      heatingSeason,
      agencies: registry.agencies.map(({ id, parent }) => [id, parent]),
    },
    dated: registry.tariffs.map(({ id, carrier, from, slots }) => ({
      fromMs: dateStartMs(from, zone),
      id,
      carrier,
      slots,
    })),
  };
  const facts: [string, Facts][] = [
    ['all', all],
    ...registry.buildings.map(({ id }): [string, Facts] => [
      `building ${id}`,
      buildingFacts(registry, id),
    ]),
    ...registry.meters
      .filter(isCounting)
      .map((meter): [string, Facts] => [`meter ${meter.id}`, meterFacts(registry, meter)]),
    ...registry.virtualMeters.map((meter): [string, Facts] => [
      `meter ${meter.id}`,
      virtualFacts(registry, meter),
    ]),
  ];
  return new Map(
    facts.map(([key, { rest, dated }]) => [
      key,
      JSON.stringify({ rest, dated: dated.toSorted((a, b) => a.fromMs - b.fromMs) }),
    ]),
  );
}

/** From when on two texts of facts differ; `undefined` when they do not. */
function differsFrom(before: string | undefined, after: string): number | undefined {
  if (before === after) return undefined;
  if (before === undefined) return 0;
  const [old, next] = [JSON.parse(before) as Facts, JSON.parse(after) as Facts];
  if (JSON.stringify(old.rest) !== JSON.stringify(next.rest)) return 0;
  const both = new Set(old.dated.map((entry) => JSON.stringify(entry)));
  const now = new Set(next.dated.map((entry) => JSON.stringify(entry)));
  const changed = [
    ...old.dated.filter((entry) => !now.has(JSON.stringify(entry))),
    ...next.dated.filter((entry) => !both.has(JSON.stringify(entry))),
  ];
  return Math.min(...changed.map(({ fromMs }) => fromMs));
}

/** What a change of the registry makes out of date, up to now. */
export function dirtyBetween(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
  nowMs: number,
): DirtySubject[] {
  const everyone = differsFrom(before.get('all'), after.get('all') ?? '');
  const changed = [...after].flatMap(([key, text]): DirtySubject[] => {
    const [kind, subject] = key.split(' ');
    if (subject === undefined) return [];
    const own = differsFrom(before.get(key), text);
    const fromMs = kind === 'building' ? earlier(own, everyone) : own;
    if (fromMs === undefined) return [];
    return [{ kind: kind === 'meter' ? 'meter' : 'building', subject, fromMs, toMs: nowMs }];
  });
  const gone = [...formerVirtual(before).keys()]
    .filter((id) => !after.has(`meter ${id}`))
    .map((subject): DirtySubject => ({ kind: 'gone', subject, fromMs: 0, toMs: nowMs }));
  return [...changed, ...gone];
}

function earlier(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
}
