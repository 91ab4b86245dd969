/** What a cell says: a date, a number, a yes or no, a period; `undefined` when it says none of them. */
import { Temporal } from 'temporal-polyfill';

const MISSING = new Set([
  '',
  'nan',
  'na',
  'n/a',
  'null',
  'none',
  '-',
  '--',
  '—',
  '缺',
  '缺测',
  '无',
]);
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
/** Thousands as spreadsheets group them. */
const GROUPED = /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/;
const DATE =
  /^(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))(?:[T\s]+(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/i;
const MONTH = /^(\d{4})[-/.年](\d{1,2})月?$/;
const YES = new Set(['1', 'y', 'yes', 'true', 't', 'e', 'estimated', '是', '估', '估抄', '估读']);
const NO = new Set(['', '0', 'n', 'no', 'false', 'f', 'a', 'actual', '否', '实', '实抄']);
const PERIODS = new Map<string, Period>([
  ['baseline', 'baseline'],
  ['基准期', 'baseline'],
  ['基准', 'baseline'],
  ['改造前', 'baseline'],
  ['reporting', 'reporting'],
  ['报告期', 'reporting'],
  ['改造后', 'reporting'],
  ['', 'neither'],
  ['blackout', 'neither'],
  ['施工期', 'neither'],
]);

export type Period = 'baseline' | 'reporting' | 'neither';

export const isMissing = (cell: string) => MISSING.has(cell.toLowerCase());

/** @param isGrouped whether commas may group thousands; beside semicolons they are decimal points. */
export function numberOf(cell: string, isGrouped = true): number | undefined {
  if (isGrouped && GROUPED.test(cell)) return Number(cell.replaceAll(',', ''));
  const value = NUMBER.test(cell) ? Number(cell) : Number.NaN;
  return Number.isFinite(value) ? value : undefined;
}

export function flagOf(cell: string): boolean | undefined {
  const word = cell.toLowerCase();
  return YES.has(word) || (NO.has(word) ? false : undefined);
}

export function periodOf(cell: string): Period | undefined {
  return PERIODS.get(cell.toLowerCase());
}

/** The month a cell names, as bills do: its first day, and that of the next. */
export function monthIn(cell: string): { readonly date: string; readonly end: string } | undefined {
  const [, year, month] = MONTH.exec(cell) ?? [];
  if (year === undefined || Number(month) < 1 || Number(month) > 12) return undefined;
  const date = Temporal.PlainDate.from({ year: Number(year), month: Number(month), day: 1 });
  return { date: date.toString(), end: date.add({ months: 1 }).toString() };
}

/** Midnights of zones lie on these minutes of UTC; 23:59 is the end of a day. */
const OF_MIDNIGHTS = ['00', '30'];

/**
 * The local day that begins at this time. A time with an offset is local midnight in some zone, also
 * an hour to either side of it over daylight saving: the day is the one with its noon twelve hours on.
 */
export function dateIn(cell: string): string | undefined {
  const match = DATE.exec(cell);
  if (!match) return undefined;
  const [, year, month, day, shortMonth, shortDay, hour = '0', minute = '00', offset] = match;
  try {
    const date = Temporal.PlainDate.from(
      { year: Number(year), month: Number(month ?? shortMonth), day: Number(day ?? shortDay) },
      { overflow: 'reject' },
    );
    if (Number(hour) > 23) return undefined;
    const isMidnight = offset !== undefined && OF_MIDNIGHTS.includes(minute);
    const isNext = isMidnight && Number(hour) >= 12;
    return (isNext ? date.add({ days: 1 }) : date).toString();
  } catch {
    return undefined;
  }
}
