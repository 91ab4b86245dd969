/** A fault in the registry: where it is, what was expected, what was found, and what was perhaps meant. */
import { closest } from 'fastest-levenshtein';

export interface RegistryFault {
  readonly file: string;
  readonly line: number;
  /** e.g. `meters[3].building`. */
  readonly path: string;
  readonly expected: string;
  readonly found: string;
  readonly nearest?: string;
}

/** One line a person can act on: `meters.yaml:12 meters[3].building: expected …, found …`. */
export function formatFault(fault: RegistryFault): string {
  const hint = fault.nearest === undefined ? '' : `; did you mean '${fault.nearest}'?`;
  return `${fault.file}:${fault.line} ${fault.path}: expected ${fault.expected}, found ${fault.found}${hint}`;
}

/** The known name closest to what was written, when there is any to choose from. */
export function nearestName(found: string, known: readonly string[]): string | undefined {
  return known.length === 0 ? undefined : closest(found, [...known]);
}

/** How a found value is shown in a fault. */
export function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string') return `'${value}'`;
  const json = JSON.stringify(value);
  return json.length > 60 ? `${json.slice(0, 57)}…` : json;
}
