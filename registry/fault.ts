/** A fault in the registry: where it is, what was expected, what was found, and what was perhaps meant. */
import { closest } from 'fastest-levenshtein';

/** Where in a file, or on which sheet of a workbook, something stands. */
export interface Place {
  readonly file: string;
  readonly line: number;
  /** e.g. `meters[3].building`, or the title of a column. */
  readonly path: string;
  /** On a sheet: `C5`. */
  readonly cell?: string;
}

export function formatPlace({ file, line, cell }: Place): string {
  return cell === undefined ? `${file}:${line}` : `${file}!${cell}`;
}

export interface RegistryFault extends Place {
  readonly expected: string;
  readonly found: string;
  readonly nearest?: string;
}

/** One line a person can act on: `meters.yaml:12 meters[3].building: expected …, found …`. */
export function formatFault(fault: RegistryFault): string {
  const hint = fault.nearest === undefined ? '' : `; did you mean '${fault.nearest}'?`;
  return `${formatPlace(fault)} ${fault.path}: expected ${fault.expected}, found ${fault.found}${hint}`;
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
