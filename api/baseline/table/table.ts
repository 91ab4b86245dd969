/** A table of days or bills: its rows in the order of time, or every fault of it by line and column. */
import { dateIn, flagOf, isMissing, monthIn, numberOf, type Period, periodOf } from './cells.ts';
import { type ColumnId, columnsIn, PLAUSIBLE, type TemperatureUnit } from './columns.ts';
import { type CsvRow, csvRows, separatorOf } from './csv.ts';
import { refuseFaults, type TableFault } from './fault.ts';

export interface TableRow {
  readonly line: number;
  /** Its day, or the first of a bill. */
  readonly date: string;
  /** As written: the last day of a bill, or the one after. */
  readonly end: string | undefined;
  readonly amount: number | null;
  /** In the table's unit. */
  readonly temperature: number | null;
  readonly persons: number | null;
  readonly estimated: boolean;
  readonly period: Period;
}

export interface Table {
  readonly rows: readonly TableRow[];
  readonly temperatureUnit: TemperatureUnit;
  readonly columns: ReadonlySet<ColumnId>;
}

const HINT = { '°C': ' (temperature_f for °F)', '°F': '' } as const;

type Reader = (id: ColumnId) => { readonly text: string; readonly column: number | undefined };

interface Context {
  readonly unit: TemperatureUnit;
  /** Commas may group thousands. */
  readonly isGrouped: boolean;
  readonly faults: TableFault[];
}

/** Reads one row; what it cannot read goes to `faults`. */
function rowOf({ line }: CsvRow, cell: Reader, context: Context): TableRow {
  const { unit, isGrouped, faults } = context;
  const fault = (id: ColumnId, expected: string) => {
    const { text, column } = cell(id);
    faults.push({ line, ...(column === undefined ? {} : { column }), expected, found: text });
  };
  function number(id: ColumnId, expected: string, isGood: (value: number) => boolean) {
    const { text } = cell(id);
    if (isMissing(text)) return null;
    const value = numberOf(text, isGrouped);
    if (value !== undefined && isGood(value)) return value;
    fault(id, `${expected}, or nothing when missing`);
    return null;
  }
  function said<T>(id: ColumnId, expected: string, value: T | undefined): T | undefined {
    if (value === undefined) fault(id, expected);
    return value;
  }
  const { min, max } = PLAUSIBLE[unit];
  const day = 'a date such as 2026-01-05';
  const { text: end } = cell('end');
  const month = monthIn(cell('date').text);
  return {
    line,
    date: month?.date ?? said('date', day, dateIn(cell('date').text)) ?? '',
    end: end === '' ? month?.end : said('end', day, dateIn(end)),
    amount: number('amount', 'a number', () => true),
    temperature: number(
      'temperature',
      `${min} to ${max} ${unit}${HINT[unit]}`,
      (t) => t >= min && t <= max,
    ),
    persons: number('persons', 'a number of people', (count) => count >= 0),
    estimated: said('estimated', 'yes or no (是/否)', flagOf(cell('estimated').text)) ?? false,
    period:
      said('period', 'baseline or reporting (基准期/报告期)', periodOf(cell('period').text)) ??
      'neither',
  };
}

/** A fault for each date with several rows; one for all when the rows are no days at all. */
function repeated(rows: readonly TableRow[]): TableFault[] {
  const byDate = [...Map.groupBy(rows, ({ date }) => date)].filter(([date]) => date !== '');
  const faults = byDate.flatMap(([date, [first, second, ...more]]) => {
    if (!first || !second) return [];
    const found = `${more.length + 2} rows from line ${first.line} on`;
    return [{ line: second.line, expected: `one row for ${date}`, found }];
  });
  const [fault] = faults;
  if (!fault || faults.length * 2 <= byDate.length) return faults;
  return [{ ...fault, expected: `a row a day or a bill, ${fault.expected}` }];
}

/** @throws AppError `request.invalid` with every fault. */
export function readTable(
  text: string,
  { file, needed }: { readonly file: string; readonly needed: readonly ColumnId[] },
): Table {
  const [header = { line: 1, cells: [] }, ...lines] = csvRows(text);
  const { columns, faults: ofHeader } = columnsIn(header, needed);
  refuseFaults(file, ofHeader);
  const { at, temperatureUnit: unit } = columns;
  const isGrouped = separatorOf(text) !== ';';
  const faults: TableFault[] = [];
  const rows = lines.map((row) => {
    const extra = row.cells.findIndex((text, index) => index >= header.cells.length && text !== '');
    if (extra >= 0) {
      const expected = `${header.cells.length} cells as in the header; decimals with a point, text with commas in quotes`;
      faults.push({ line: row.line, column: extra, expected, found: row.cells[extra] ?? '' });
    }
    const cell: Reader = (id) => {
      const column = at.get(id);
      return { text: column === undefined ? '' : (row.cells[column] ?? ''), column };
    };
    return rowOf(row, cell, { unit, isGrouped, faults });
  });
  refuseFaults(file, [...faults, ...repeated(rows)]);
  return {
    rows: rows.toSorted((a, b) => a.date.localeCompare(b.date)),
    temperatureUnit: unit,
    columns: new Set(at.keys()),
  };
}
