/** Checks of virtual meters: formulas that can be read, over known meters of one carrier and unit, without circles, counted once. */
import { CARRIERS } from '../domain/carriers.ts';
import { fourWayItem, totalItem } from '../domain/items.ts';
import { QUANTITIES } from '../domain/quantities.ts';
import { nearestName, show } from './fault.ts';
import { type Formula, parseFormula } from './formula.ts';
import type { Placed, Report } from './placed.ts';
import type { MeterEntry, VirtualMeterEntry } from './schema.ts';

type Entry = MeterEntry | VirtualMeterEntry;
type Entries = ReadonlyMap<string, Entry>;

interface Options {
  /** Without it unknown ids may stand in a file that could not be read. */
  readonly complete: boolean;
  readonly report: Report;
}

function unitOf(entry: Entry): string {
  if (entry.carrier === 'weather') return 'none';
  const own = 'formula' in entry ? undefined : entry.counter;
  return QUANTITIES[own ?? CARRIERS[entry.carrier].counter].unit;
}

function checkTerms(
  place: Placed<VirtualMeterEntry>,
  part: { readonly formula: Formula; readonly byId: Entries },
  { complete, report }: Options,
): void {
  const { formula, byId } = part;
  const { entry } = place;
  for (const id of formula.keys()) {
    const term = byId.get(id);
    if (term === undefined) {
      if (!complete) continue;
      const nearest = nearestName(id, [...byId.keys()]);
      report(place, ['formula'], { expected: 'a name of a meter', found: show(id), nearest });
    } else if (term.carrier !== entry.carrier || unitOf(term) !== unitOf(entry)) {
      report(place, ['formula'], {
        expected: `meters of ${entry.carrier} in ${unitOf(entry)}`,
        found: `${show(id)}, a meter of ${term.carrier} in ${unitOf(term)}`,
      });
    }
  }
}

/** The account an entry is added to by itself; what has a parent of the same account is in that one. */
function countedIn(entry: Entry, byId: Entries): string[] {
  if (entry.carrier === 'weather') return [];
  const item = ({ item }: Entry) => (item === undefined ? undefined : fourWayItem(item));
  const parent = byId.get(entry.parent ?? '');
  const own = item(entry);
  const isPart = own !== undefined && own !== totalItem(entry.carrier);
  return [
    ...(entry.parent === undefined ? [totalItem(entry.carrier)] : []),
    ...(isPart && (parent === undefined || item(parent) !== own) ? [own] : []),
  ];
}

/** What a virtual meter adds to an account, none of its meters adds again. */
function checkOnce(
  place: Placed<VirtualMeterEntry>,
  part: { readonly formula: Formula; readonly byId: Entries },
  report: Report,
): void {
  const { formula, byId } = part;
  const own = countedIn(place.entry, byId);
  for (const id of formula.keys()) {
    const term = byId.get(id);
    const twice = term && countedIn(term, byId).find((account) => own.includes(account));
    if (twice === undefined) continue;
    report(place, ['formula'], {
      expected: `meters that are not counted in ${twice} by themselves: set their parent to ${place.entry.id}, or its parent`,
      found: show(id),
    });
  }
}

/** The first circle from a virtual meter back to itself, each step named. */
function circleFrom(start: string, formulas: ReadonlyMap<string, Formula>): string[] | undefined {
  const seen = new Set<string>();
  function visit(id: string, path: readonly string[]): string[] | undefined {
    for (const next of formulas.get(id)?.keys() ?? []) {
      if (next === start) return [...path, next];
      if (seen.has(next)) continue;
      seen.add(next);
      const found = visit(next, [...path, next]);
      if (found) return found;
    }
    return undefined;
  }
  return visit(start, [start]);
}

export function checkVirtualMeters(
  placed: {
    readonly virtualMeters: readonly Placed<VirtualMeterEntry>[];
    readonly meters: readonly Placed<MeterEntry>[];
  },
  options: Options,
): void {
  const { report } = options;
  const all = [...placed.meters, ...placed.virtualMeters];
  const byId: Entries = new Map(all.map(({ entry }) => [entry.id, entry]));
  const formulas = new Map<string, Formula>();
  for (const place of placed.virtualMeters) {
    const { id, carrier, item, parent, formula: text } = place.entry;
    const above = byId.get(parent ?? '');
    if (above && above.carrier !== carrier) {
      const found = `${show(parent)}, a meter of ${above.carrier}`;
      report(place, ['parent'], { expected: `a meter of ${carrier}`, found });
    }
    if (item !== undefined && !item.startsWith(CARRIERS[carrier].code)) {
      const expected = `an item of ${carrier} (${CARRIERS[carrier].code}…)`;
      report(place, ['item'], { expected, found: show(item) });
    }
    const outcome = parseFormula(text);
    if ('expected' in outcome) {
      report(place, ['formula'], { expected: outcome.expected, found: show(text) });
      continue;
    }
    formulas.set(id, outcome.formula);
    const part = { formula: outcome.formula, byId };
    checkTerms(place, part, options);
    checkOnce(place, part, report);
  }
  for (const place of placed.virtualMeters) {
    const circle = circleFrom(place.entry.id, formulas);
    if (!circle) continue;
    report(place, ['formula'], { expected: 'no circle', found: circle.join(' → ') });
  }
}
