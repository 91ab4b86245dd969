/** Whether days suffice for a baseline (CalTRACK 2.0, 2.2–2.3), and the rows that take part in it. */
import { type HeatingSeason, inHeatingSeason } from '../../domain/calendar.ts';
import type { Text } from '../../domain/text.ts';
import { dateOf, dayNumber, isKnown, type Row } from './rows.ts';

/** CalTRACK 2.2.1.1. */
export const BASELINE_DAYS = 365;
/** CalTRACK 2.2.1.2: a tenth of the days, 37 of 365, may be missing. */
const MISSING_SHARE = 0.1;
/** CalTRACK 2.3.6. */
const EXTREME_IQRS = 3;
const NAMED_DATES = 5;

const AMOUNT: Text = { zh: '用量', en: 'amount' };
const DRIVER: Text = { zh: '气温（或人数）', en: 'temperature (or other driver)' };
const EITHER: Text = { zh: '用量或气温（或人数）', en: 'amount or no driver' };

export interface DayRules {
  /** Days outside are no part of the model: district heat flows in its season only. */
  readonly season?: HeatingSeason | undefined;
  /** A whole building never uses no electricity, so zero is a gap there (CalTRACK 2.2.1.4); elsewhere it is a value. */
  readonly zeroIsMissing?: boolean | undefined;
}

export interface Sufficiency {
  readonly rows: readonly Row[];
  /** Why there can be no baseline; empty when the days suffice. */
  readonly reasons: readonly Text[];
  /** What a person should look at. */
  readonly remarks: readonly Text[];
}

/** Days under the rules: those out of season are gone, a zero that means missing is unknown. */
export function ruledRows<T extends Row>(
  rows: readonly T[],
  { season, zeroIsMissing }: DayRules,
): T[] {
  return rows
    .filter(({ date }) => !season || inHeatingSeason(date, season))
    .map((row) => (zeroIsMissing && row.amount === 0 ? { ...row, amount: null } : row));
}

/** Days of so many that may be missing. */
export function mayBeMissing(days: number): number {
  return Math.ceil(days * MISSING_SHARE);
}

function missingReason(what: Text, missing: number, of: number): Text[] {
  const allowed = mayBeMissing(of);
  if (missing <= allowed) return [];
  return [
    {
      zh: `${of} 天中有 ${missing} 天缺${what.zh}，最多允许 ${allowed} 天`,
      en: `${missing} of ${of} days have no ${what.en}; at most ${allowed} may be missing`,
    },
  ];
}

function named(rows: readonly Row[]): string {
  const dates = rows.slice(0, NAMED_DATES).map(({ date }) => date);
  return rows.length > NAMED_DATES ? `${dates.join(', ')} …` : dates.join(', ');
}

/** Quantile of sorted values, linear between neighbours. */
function quantile(sorted: readonly number[], share: number): number {
  const at = (sorted.length - 1) * share;
  const below = sorted[Math.floor(at)] ?? Number.NaN;
  const above = sorted[Math.ceil(at)] ?? Number.NaN;
  return below + (above - below) * (at % 1);
}

function nounOf(rows: readonly Row[]): Text {
  return rows.every(({ days }) => days === 1)
    ? { zh: '天', en: 'days' }
    : { zh: '期账单', en: 'bills' };
}

/** What a person should look at: amounts a day over median + 3 interquartile ranges. Flagged, never removed. */
export function amountRemarks(rows: readonly Row[]): Text[] {
  const perDay = (row: Row) => (row.amount === null ? Number.NaN : row.amount / row.days);
  const sorted = rows
    .map(perDay)
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  const range = quantile(sorted, 0.75) - quantile(sorted, 0.25);
  const limit = quantile(sorted, 0.5) + EXTREME_IQRS * range;
  const found = rows.filter((row) => perDay(row) > limit);
  if (found.length === 0) return [];
  const [dates, noun, most] = [named(found), nounOf(rows), limit.toFixed(1)];
  return [
    {
      zh: `${found.length} ${noun.zh}的日均用量超过中位数加 3 倍四分位距（${most}），请核实：${dates}`,
      en: `${found.length} ${noun.en} lie above median + 3 interquartile ranges (${most} a day), please check: ${dates}`,
    },
  ];
}

/** Why amounts cannot be used as they are: with feed-in netted off nothing tells use from generation (CalTRACK 2.2.6, 2.3.5). */
export function amountReasons(rows: readonly Row[]): Text[] {
  const found = rows.filter(({ amount }) => amount !== null && amount < 0);
  if (found.length === 0) return [];
  const [dates, noun] = [named(found), nounOf(rows)];
  return [
    {
      zh: `${found.length} ${noun.zh}的用量为负（上网电量应另计）：${dates}`,
      en: `${found.length} ${noun.en} are negative (feed-in is an account of its own): ${dates}`,
    },
  ];
}

/**
 * The 365 days before `endDate` (exclusive; the day after the last one when absent), all faults at
 * once. Longer series are cut, so a leap year keeps its last 365 days.
 */
export function sufficientDays(
  all: readonly Row[],
  rules: DayRules,
  endDate?: string,
): Sufficiency {
  const last = all.at(-1);
  if (!last) return { rows: [], reasons: [{ zh: '没有用量数据', en: 'no amounts' }], remarks: [] };
  const end = endDate === undefined ? dayNumber(last.date) + 1 : dayNumber(endDate);
  const byDate = new Map(all.map((row) => [row.date, row]));
  const year = Array.from({ length: BASELINE_DAYS }, (_, i) => {
    const date = dateOf(end - BASELINE_DAYS + i);
    return byDate.get(date) ?? { date, amount: null, days: 1, drivers: [] };
  });
  const rows = ruledRows(year, rules);
  const without = (missing: (row: Row) => boolean) => rows.filter(missing).length;
  const ofEither = [
    ...missingReason(
      AMOUNT,
      without(({ amount }) => amount === null),
      rows.length,
    ),
    ...missingReason(
      DRIVER,
      without(({ drivers }) => drivers.length === 0),
      rows.length,
    ),
  ];
  const ofBoth = missingReason(
    EITHER,
    without((row) => !isKnown(row)),
    rows.length,
  );
  const reasons = [...(ofEither.length > 0 ? ofEither : ofBoth), ...amountReasons(rows)];
  return { rows, reasons, remarks: amountRemarks(rows) };
}
