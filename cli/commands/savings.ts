/** `jieyue savings`: a reviewer's table of days or bills, worked out by the code that works out the metrics. */
import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { ColumnId } from '../../api/baseline/table/columns.ts';
import { decodeCsv } from '../../api/baseline/table/csv.ts';
import type { StudyOptions } from '../../api/baseline/table/options.ts';
import { partsOf } from '../../api/baseline/table/part.ts';
import { reportOf } from '../../api/baseline/table/report.ts';
import { parseSpan, type Span } from '../../api/baseline/table/span.ts';
import { studyOf } from '../../api/baseline/table/study.ts';
import { readTable } from '../../api/baseline/table/table.ts';
import { readTemperatures } from '../../api/baseline/table/temperatures.ts';
import { AppError, messageOf } from '../../domain/errors.ts';
import { isWholeHourZone } from '../../domain/period.ts';
import { wrong } from '../field-options.ts';
import { savingsText } from '../savings-text.ts';

interface SavingsOptions {
  readonly baseline?: string;
  readonly reporting?: string;
  readonly carrier: string;
  readonly choice: string;
  readonly cooling: boolean;
  readonly zeros?: true;
  readonly season?: string;
  readonly option: string;
  readonly temperatures?: string;
  readonly zone: string;
  readonly json?: true;
}

const CARRIERS = { electricity: 'electricity', gas: 'gas', heat: 'heat', water: 'water' } as const;
const CHOICES = { strict: 'caltrack', simplest: 'simplest' } as const;
const OPTIONS = { B: 'B', C: 'C' } as const;
const SEASON = /^(\d{2}-\d{2})\.\.(\d{2}-\d{2})$/;

function oneOf<T>(option: string, found: string, known: Readonly<Record<string, T>>): T {
  const value = known[found];
  if (value === undefined) throw wrong(`--${option}`, Object.keys(known).join(' or '), found);
  return value;
}

function spanNamed(option: string, text: string | undefined): Span | undefined {
  const span = text === undefined ? undefined : parseSpan(text);
  if (text === undefined || span) return span;
  throw wrong(`--${option}`, 'days, months or years such as 2025-01-01..2025-12-31 or 2025', text);
}

function seasonOf(text: string | undefined): StudyOptions['season'] {
  if (text === undefined) return undefined;
  const [, from, to] = SEASON.exec(text) ?? [];
  if (from === undefined || to === undefined) {
    throw wrong('--season', 'first and last day such as 10-15..04-15', text);
  }
  return { from, to };
}

async function textOf(file: string): Promise<string> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    const text = `${file}: expected a readable file, found ${messageOf(cause)}`;
    throw new AppError('config.invalid', text, { file }, { cause });
  });
  if (bytes.subarray(0, 2).toString() === 'PK') {
    const text = `${file}: expected a CSV, found a workbook: save the sheet as CSV`;
    throw new AppError('config.invalid', text, { file });
  }
  return decodeCsv(bytes);
}

async function temperaturesOf({ temperatures: file, zone }: SavingsOptions) {
  if (file === undefined) return undefined;
  if (!isWholeHourZone(zone)) throw wrong('--zone', 'a time zone such as Asia/Shanghai', zone);
  return readTemperatures(await textOf(file), { file, zone });
}

async function savings(file: string, options: SavingsOptions): Promise<void> {
  const carrier = oneOf('carrier', options.carrier, CARRIERS);
  const asked = {
    baseline: spanNamed('baseline', options.baseline),
    reporting: spanNamed('reporting', options.reporting),
  };
  const settings = {
    file,
    carrier,
    choice: oneOf('choice', options.choice, CHOICES),
    cooling: options.cooling,
    zerosCount: options.zeros ?? false,
    season: seasonOf(options.season),
    option: oneOf('option', options.option, OPTIONS),
    temperatures: await temperaturesOf(options),
  };
  const needsTemperature = carrier !== 'water' && settings.temperatures === undefined;
  const needed: ColumnId[] = [
    'date',
    'amount',
    ...(needsTemperature ? (['temperature'] as const) : []),
  ];
  const table = readTable(await textOf(file), { file, needed });
  const study: StudyOptions = { ...settings, parts: partsOf(table, asked, file) };
  const report = reportOf(studyOf(table, study), study);
  console.log(options.json ? JSON.stringify(report, null, 2) : savingsText(report));
  if (report.status === 'refused') process.exitCode = 1;
}

export function define(command: Command): void {
  command
    .argument('<table>', 'CSV: date, amount, temperature_c or temperature_f (日期,用量,气温)')
    .option('--baseline <A..B>', 'first and last day, such as 2025-01-01..2025-12-31, or 2025')
    .option('--reporting <A..B>', "the same; a column 'period' (时期) says both where absent")
    .option('--carrier <id>', 'electricity, gas, heat or water', 'electricity')
    .option('--choice <rule>', 'simplest, or strict: CalTRACK 2.0 to the letter', 'simplest')
    .option('--no-cooling', 'nothing is cooled with it')
    .option('--zeros', 'zero electricity is a value, as of a sub-meter; else it is missing')
    .option('--season <MM-DD..MM-DD>', 'only days of the heating season count')
    .option('--option <id>', 'IPMVP: C the whole facility, B the retrofitted part alone', 'C')
    .option('--temperatures <csv>', 'daily or hourly temperatures from a table of their own')
    .option('--zone <id>', 'whose days hourly temperatures are put together by', 'Asia/Shanghai')
    .option('--json', 'for programs')
    .action(savings);
}
