/** What is wrong with a table: line and column, what was expected, what was found; all at once. */
import { AppError } from '../../../domain/errors.ts';

export interface TableFault {
  readonly line: number;
  /** Index of the column; absent when it is the whole row. */
  readonly column?: number;
  readonly expected: string;
  readonly found: string;
}

const MOST_PRINTED = 100;

/** As spreadsheets name it: A, B … Z, AA. */
function letters(column: number): string {
  const rest = Math.floor(column / 26);
  return (rest > 0 ? letters(rest - 1) : '') + String.fromCharCode(65 + (column % 26));
}

/** @throws AppError `request.invalid` naming every fault, when there is one. */
export function refuseFaults(file: string, faults: readonly TableFault[]): void {
  if (faults.length === 0) return;
  const ordered = faults.toSorted((a, b) => a.line - b.line || (a.column ?? 0) - (b.column ?? 0));
  const lines = ordered.slice(0, MOST_PRINTED).map(({ line, column, expected, found }) => {
    const place = column === undefined ? `${file}:${line}` : `${file}:${line}:${letters(column)}`;
    return `  ${place} expected ${expected}, found '${found}'`;
  });
  if (faults.length > lines.length) lines.push(`  … ${faults.length - lines.length} more`);
  throw new AppError('request.invalid', `${faults.length} 处错误 fault(s):\n${lines.join('\n')}`, {
    file,
    faults: ordered,
  });
}
