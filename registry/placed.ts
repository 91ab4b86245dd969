/** Entries of the registry with the place they were written at, so that a fault can name it. */
import { formatPlace, nearestName, type RegistryFault, show } from './fault.ts';
import type { RegistrySource } from './source.ts';

export interface Placed<T> {
  readonly entry: T;
  readonly source: RegistrySource;
  readonly path: readonly PropertyKey[];
}

/** Reports a fault at a path below a placed entry. */
export type Report = (
  place: Placed<unknown>,
  at: readonly PropertyKey[],
  fault: {
    readonly expected: string;
    readonly found: string;
    readonly nearest?: string | undefined;
  },
) => void;

/** Of faults, which refuse a registry, and of what may be wrong. */
export interface Reports {
  readonly report: Report;
  readonly warn: Report;
}

/** A report that collects into `faults`. */
export function createReport(faults: RegistryFault[]): Report {
  return (place, at, { expected, found, nearest }) => {
    faults.push({
      ...place.source.placeOf([...place.path, ...at]),
      expected,
      found,
      ...(nearest === undefined ? {} : { nearest }),
    });
  };
}

/** Reports an id that is not among those of a section. */
export type Refer = (
  place: Placed<unknown>,
  at: readonly PropertyKey[],
  wanted: readonly [id: string | undefined, section: string],
) => void;

/** `known`: ids by section. A file that does not parse hides its entries: others are not blamed for missing them. */
export function createRefer(
  known: Readonly<Record<string, ReadonlySet<string>>>,
  isComplete: boolean,
  report: Report,
): Refer {
  return (place, at, [id, section]) => {
    const names = known[section];
    if (id === undefined || !isComplete || !names || names.has(id)) return;
    report(place, at, {
      expected: `a name listed under ${section}`,
      found: show(id),
      nearest: nearestName(id, [...names]),
    });
  };
}

interface Coded {
  readonly id: string;
  readonly code?: string | undefined;
  readonly creditCode?: string | undefined;
}

/** Ids, and codes that are there, are used once, whichever file they stand in. */
export function checkUnique(
  placed: readonly Placed<Coded>[],
  report: Report,
  [key, what]: readonly [key: keyof Coded, what: string] = ['id', 'an id'],
): void {
  const seen = new Map<string, Placed<unknown>>();
  for (const place of placed) {
    const code = place.entry[key];
    if (code === undefined) continue;
    const first = seen.get(code);
    if (first === undefined) {
      seen.set(code, place);
      continue;
    }
    const where = formatPlace(first.source.placeOf([...first.path, key]));
    report(place, [key], { expected: `${what} used once (first at ${where})`, found: show(code) });
  }
}

/** Dated lists go forward in time; with `group`, each group of entries for itself. */
export function checkDated<T extends { readonly from: string }>(
  place: Placed<unknown>,
  [key, entries, group = () => '']: readonly [string, readonly T[], ((entry: T) => string)?],
  report: Report,
): void {
  const last = new Map<string, string>();
  for (const [index, entry] of entries.entries()) {
    const before = last.get(group(entry));
    if (before !== undefined && before >= entry.from) {
      report(place, [key, index, 'from'], {
        expected: `a date after ${before}`,
        found: show(entry.from),
      });
    }
    last.set(group(entry), entry.from);
  }
}

/** Every chain of parents ends. */
export function checkTree(
  placed: readonly Placed<{ id: string; parent?: string | undefined }>[],
  report: Report,
): void {
  const parents = new Map(placed.map(({ entry }) => [entry.id, entry.parent]));
  for (const place of placed) {
    let at = place.entry.parent;
    for (let steps = 0; at !== undefined && at !== place.entry.id; steps += 1) {
      if (steps > placed.length) break;
      at = parents.get(at);
    }
    if (at === place.entry.id) {
      report(place, ['parent'], {
        expected: 'a tree',
        found: `a circle through ${show(place.entry.parent)}`,
      });
    }
  }
}
