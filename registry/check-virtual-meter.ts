/** Checks of virtual meters: formulas that can be read, over known meters of one carrier and unit, without circles, counted once. */
import { CARRIERS } from '../domain/carriers.ts';
import { totalItem } from '../domain/items.ts';
import { QUANTITIES } from '../domain/quantities.ts';
import { nearestName, show } from './fault.ts';
import { type Formula, parseFormula } from './formula.ts';
import { addsTo, metersAbove } from './item-tops.ts';
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

/** The accounts an entry is added to by itself; below a meter of the same account it is in that one's figure. */
function countedIn(entry: Entry, byId: Entries): string[] {
  if (entry.carrier === 'weather') return [];
  const item = addsTo(entry, (id) => byId.get(id));
  return [
    ...(entry.parent === undefined ? [totalItem(entry.carrier)] : []),
    ...(item === undefined ? [] : [item]),
  ];
}

/** What a virtual meter adds to an account, none of its meters adds again, and none above those that it adds up. */
function checkOnce(
  place: Placed<VirtualMeterEntry>,
  part: { readonly formula: Formula; readonly byId: Entries },
  report: Report,
): void {
  const { formula, byId } = part;
  const { id: self } = place.entry;
  const own = countedIn(place.entry, byId);
  const twiceIn = (entry: Entry) => countedIn(entry, byId).find((account) => own.includes(account));
  for (const [id, factor] of formula) {
    const term = byId.get(id);
    // What is taken off may be counted by itself: both together are the whole.
    if (!term || factor < 0) continue;
    const twice = twiceIn(term);
    if (twice !== undefined) {
      report(place, ['formula'], {
        expected: `meters that are not counted in ${twice} by themselves: set their parent to ${self}, or its parent`,
        found: show(id),
      });
      continue;
    }
    const above = metersAbove(term, (one) => byId.get(one)).find(
      (one) => one.id !== self && twiceIn(one) !== undefined,
    );
    if (!above) continue;
    report(place, ['formula'], {
      expected: `meters that are not counted in ${twiceIn(above)} already: set the parent of ${self} to ${above.id}`,
      found: `${show(id)}, a part of ${above.id}`,
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
    const { id, formula: text } = place.entry;
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
