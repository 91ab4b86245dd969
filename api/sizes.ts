/**
 * What a figure is divided by: the people and areas of those that occupy buildings, over the days of
 * a range. A day without a building counts none, so that the parts of a roll-up add up to the whole.
 */
import { inHeatingSeason } from '../domain/calendar.ts';
import type { HeadDefinition } from '../domain/heads.ts';
import { daysIn } from '../domain/period.ts';
import { inForce, type Registry } from '../registry/registry.ts';
import type { Agency } from '../registry/schema.ts';
import { type Stretch, stretchesByAgency } from '../registry/stretches.ts';
import type { EntryOf } from './ledger/ledger.ts';
import type { MetricInput } from './metrics/input.ts';

type HeadCounts = readonly EntryOf<'head-count'>[];

interface Dated {
  readonly from: string;
  readonly value: number | undefined;
}

/** Head counts of one definition from registry and ledger; of one date the ledger's is the later word. */
function headsOf({ id, heads }: Agency, counts: HeadCounts, definition: HeadDefinition): Dated[] {
  const counted = counts.flatMap(({ body: { agency, date, ...count } }) =>
    agency === id ? [{ from: date, ...count }] : [],
  );
  return [...heads, ...counted]
    .filter((head) => head.definition === definition)
    .map(({ from, persons }) => ({ from, value: persons }))
    .toSorted((a, b) => a.from.localeCompare(b.from));
}

/** People of an agency on a date; another definition is no substitute. */
export function personsOn(
  agency: Agency,
  date: string,
  { counts, definition = 'statistics' }: { counts: HeadCounts; definition?: HeadDefinition },
): number | undefined {
  return inForce(headsOf(agency, counts, definition), date)?.value;
}

/** A roll-up asks for each of its units. */
const knownStretches = new WeakMap<Registry, ReadonlyMap<string, readonly Stretch[]>>();

function stretchesIn(registry: Registry): ReadonlyMap<string, readonly Stretch[]> {
  const found = knownStretches.get(registry) ?? stretchesByAgency(registry.buildings);
  knownStretches.set(registry, found);
  return found;
}

/** Mean over the days (`YYYY-MM-DD`, in order); `undefined` when a day it is there on has no value. */
function meanOver(days: readonly string[], stretches: readonly Stretch[], facts: readonly Dated[]) {
  const [first = '', last = first] = [days[0], days.at(-1)];
  const changes = [
    ...stretches.flatMap(({ from, until }) => [from, until]),
    ...facts.map((f) => f.from),
  ];
  const inside = changes.filter((date) => date > first && date <= last);
  const starts = [first, ...new Set(inside.sort())];
  let sum = 0;
  for (const [index, start] of starts.entries()) {
    if (!stretches.some(({ from, until }) => from <= start && start < until)) continue;
    const value = inForce(facts, start)?.value;
    if (value === undefined) return undefined;
    const next = starts[index + 1];
    const own = days.filter((day) => day >= start && (next === undefined || day < next));
    sum += value * own.length;
  }
  return sum / days.length;
}

/** The agency and those below it that occupy a building on one of the days. */
function occupants(
  registry: Registry,
  agency: Agency,
  days: readonly string[],
): { readonly unit: Agency; readonly stretches: readonly Stretch[] }[] {
  const all = stretchesIn(registry);
  const [first = '', last = first] = [days[0], days.at(-1)];
  return registry.subtreeOf(agency.id).flatMap((unit) => {
    const stretches = (all.get(unit.id) ?? []).filter(
      ({ from, until }) => from <= last && until > first,
    );
    return stretches.length > 0 ? [{ unit, stretches }] : [];
  });
}

/** Green space as registry and ledger have it; of one date the ledger's is the later word. */
function greenOf({ id, areas }: Agency, entries: readonly EntryOf<'green-space'>[]): Dated[] {
  const entered = entries.filter(({ body }) => body.agency === id);
  return [
    ...areas.flatMap(({ from, greenM2: value }) => (value === undefined ? [] : [{ from, value }])),
    ...entered.map(({ body: { firstDay: from, areaM2: value } }) => ({ from, value })),
  ].toSorted((a, b) => a.from.localeCompare(b.from));
}

/**
 * People by the statistics' definition and by the quotas' are means of the days; those of the
 * water-saving standards are who is there at the end, as green space is. Heated area is that of the
 * heating season's days. One without the figure leaves none for the whole.
 */
export function sizesOf(
  registry: Registry,
  agency: Agency,
  { elapsed, history }: Pick<MetricInput, 'elapsed' | 'history'>,
): Pick<MetricInput, 'persons' | 'area'> {
  const { zone, heatingSeason } = registry.region;
  const { fromMs, toMs } = elapsed;
  const days = daysIn({ fromMs, toMs: Math.max(toMs, fromMs + 1) }, zone).map(({ id }) => id);
  const found = occupants(registry, agency, days);
  const atTheEnd = days.slice(-1);

  function sum(over: readonly string[], factsOf: (unit: Agency) => readonly Dated[]) {
    const parts = found.map(({ unit, stretches }) => meanOver(over, stretches, factsOf(unit)));
    if (parts.length === 0 || parts.includes(undefined)) return undefined;
    return parts.reduce<number>((total, part) => total + (part ?? 0), 0);
  }

  return {
    persons(definition = 'statistics') {
      const counts = history('head-count');
      const over = definition === 'water-saving' ? atTheEnd : days;
      return sum(over, (unit) => headsOf(unit, counts, definition));
    },
    area(kind) {
      if (kind === 'greenM2') {
        const entries = history('green-space');
        return sum(atTheEnd, (unit) => greenOf(unit, entries));
      }
      const season =
        kind === 'heatedM2' ? days.filter((day) => inHeatingSeason(day, heatingSeason)) : [];
      return sum(season.length > 0 ? season : days, ({ areas }) =>
        areas.map((area) => ({ from: area.from, value: area[kind] })),
      );
    },
  };
}
