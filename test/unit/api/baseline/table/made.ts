/** Tables as reviewers bring them, made of invented years, and what comes of them. */

import type { StudyOptions } from '../../../../../api/baseline/table/options.ts';
import { type Parts, partsOf } from '../../../../../api/baseline/table/part.ts';
import { reportOf, type SavingsReport } from '../../../../../api/baseline/table/report.ts';
import { parseSpan } from '../../../../../api/baseline/table/span.ts';
import { studyOf } from '../../../../../api/baseline/table/study.ts';
import { readTable } from '../../../../../api/baseline/table/table.ts';

export type Cell = string | number | null;

export function csv(header: string, rows: readonly (readonly Cell[])[]): string {
  return [header, ...rows.map((row) => row.map((cell) => cell ?? '').join(','))].join('\n');
}

export interface Wish extends Partial<Omit<StudyOptions, 'parts' | 'file'>> {
  readonly baseline?: string;
  readonly reporting?: string;
}

export function report(text: string, wish: Wish = {}): SavingsReport {
  const { baseline = '', reporting = '', ...given } = wish;
  const file = 'table.csv';
  const table = readTable(text, { file, needed: ['date', 'amount'] });
  const asked = { baseline: parseSpan(baseline), reporting: parseSpan(reporting) };
  const parts: Parts = partsOf(table, asked, file);
  const options: StudyOptions = {
    file,
    parts,
    carrier: 'electricity',
    choice: 'caltrack',
    cooling: true,
    zerosCount: false,
    season: undefined,
    option: 'C',
    temperatures: undefined,
    ...given,
  };
  return reportOf(studyOf(table, options), options);
}

export const english = (texts: readonly { readonly en: string }[]) => texts.map(({ en }) => en);
