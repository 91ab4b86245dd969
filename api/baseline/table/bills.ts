/** Rows of a table as days or as bills: how far apart they are decides, and where each bill ends. */
import type { Text } from '../../../domain/text.ts';
import { type BillingCycle, type BillingRead, LONGEST_DAYS } from '../billing.ts';
import { type DayDriver, dateOf, dayNumber } from '../rows.ts';
import { refuseFaults, type TableFault } from './fault.ts';
import type { Part } from './part.ts';
import type { TableRow } from './table.ts';

/** The shortest bill that counts (CalTRACK 2.2.3.4), and one that is taken as every other month's. */
const SHORTEST_BILL_DAYS = 25;
const BIMONTHLY_DAYS = 45;

export interface TableBill extends BillingRead {
  readonly row: TableRow;
}

export interface TableBills {
  readonly bills: readonly TableBill[];
  readonly cycle: BillingCycle;
  readonly remarks: readonly Text[];
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 1;
}

const daysBetween = (from: string, to: string) => dayNumber(to) - dayNumber(from);

/** Days from each row to its end, or to the next row. */
function lengthsOf(rows: readonly TableRow[]): number[] {
  return rows.flatMap(({ date, end }, i) => {
    const until = end ?? rows[i + 1]?.date;
    return until === undefined ? [] : [daysBetween(date, until)];
  });
}

/**
 * Bills among rows of a day, which bring the temperatures: amounts stand on first days alone. Each
 * bill lasts until the next one, or until days are missing.
 */
export function billsAmongDays(rows: readonly TableRow[]): TableRow[] | undefined {
  const billed = rows.filter(({ amount }) => amount !== null);
  const areDays = medianOf(lengthsOf(rows)) === 1;
  if (!areDays || medianOf(lengthsOf(billed)) < SHORTEST_BILL_DAYS) return undefined;
  const dates = new Set(rows.map(({ date }) => date));
  return billed.map((row, i) => {
    const next = billed[i + 1]?.date;
    let day = dayNumber(row.date) + 1;
    while (dates.has(dateOf(day)) && dateOf(day) !== next) day += 1;
    return { ...row, end: dateOf(day) };
  });
}

/** @throws AppError `request.invalid` when rows are neither. */
export function isBilled(rows: readonly TableRow[], file: string): boolean {
  const days = medianOf(lengthsOf(rows));
  if (days > 1 && days < SHORTEST_BILL_DAYS) {
    const expected = `a row a day, or bills of ${SHORTEST_BILL_DAYS} days and more`;
    refuseFaults(file, [{ line: rows[0]?.line ?? 1, expected, found: `rows ${days} days apart` }]);
  }
  return days > 1 || billsAmongDays(rows) !== undefined;
}

/** Whether ends are last days, told by the bills that follow without a gap. */
function endsInclusive(rows: readonly TableRow[], faults: TableFault[]): boolean {
  const gaps = rows.flatMap(({ end }, i) => {
    const next = rows[i + 1];
    return end === undefined || !next ? [] : [{ next, days: daysBetween(end, next.date) }];
  });
  const touching = gaps.filter(({ days }) => days === 0);
  const following = gaps.filter(({ days }) => days === 1);
  const [odd] = touching.length < following.length ? touching : following;
  if (odd && touching.length > 0 && following.length > 0) {
    const expected = 'each bill to begin on the day the one before ends, or each on the day after';
    faults.push({ line: odd.next.line, expected, found: 'both' });
  }
  return following.length > touching.length;
}

function overlapping(bills: readonly TableBill[]): TableFault[] {
  return bills.flatMap(({ fromDate, toDate, row: { line } }, i) => {
    const next = bills[i + 1];
    if (toDate <= fromDate) {
      return [{ line, expected: `an end after ${fromDate}`, found: toDate }];
    }
    if (!next || next.fromDate >= toDate) return [];
    const expected = `a bill from ${toDate} on, where line ${line} ends`;
    return [{ line: next.row.line, expected, found: next.fromDate }];
  });
}

function withoutEnd({ date }: TableRow): Text {
  return {
    zh: `账单 ${date} 没有截止日期，不参与计算：请加一行截止日，或加“结束日期”列`,
    en: `bill ${date} has no end and is left out: add a row for the day it ends, or a column 'end'`,
  };
}

/**
 * The bills of a period. Rows at its end without amount only say when the bill before ended; a last
 * bill whose end is only told by a row of much later has none.
 */
export function billsWithin(
  { bills, cycle }: TableBills,
  { holds }: Part,
): { readonly bills: readonly TableBill[]; readonly remarks: readonly Text[] } {
  const own = bills.filter(({ row, toDate }) => holds(row, toDate));
  const last = own.findLast(({ value }) => value !== null);
  const billed = own.slice(0, last ? own.indexOf(last) + 1 : 0);
  const isEnded =
    !last ||
    last.row.end !== undefined ||
    daysBetween(last.fromDate, last.toDate) <= LONGEST_DAYS[cycle];
  return isEnded
    ? { bills: billed, remarks: [] }
    : { bills: billed.slice(0, -1), remarks: [withoutEnd(last.row)] };
}

/** @throws AppError `request.invalid` when bills overlap or their ends contradict each other. */
export function billsOf(rows: readonly TableRow[], file: string): TableBills {
  const faults: TableFault[] = [];
  const isInclusive = endsInclusive(rows, faults);
  const remarks: Text[] = [];
  const bills = rows.flatMap((row, i): TableBill[] => {
    const { date: fromDate, end, amount: value, estimated } = row;
    const toDate =
      end === undefined ? rows[i + 1]?.date : isInclusive ? dateOf(dayNumber(end) + 1) : end;
    if (toDate !== undefined) return [{ fromDate, toDate, value, estimated, row }];
    if (value !== null) remarks.push(withoutEnd(row));
    return [];
  });
  refuseFaults(file, [...faults, ...overlapping(bills)]);
  const median = medianOf(bills.map(({ fromDate, toDate }) => daysBetween(fromDate, toDate)));
  return { bills, cycle: median > BIMONTHLY_DAYS ? 'bimonthly' : 'monthly', remarks };
}

/** The mean of each bill as the temperature of all its days, where nothing finer is known. */
export function meansOfBills(bills: readonly TableBill[]): DayDriver[] {
  return bills.flatMap(({ fromDate, toDate, row: { temperature: value } }) =>
    Array.from({ length: daysBetween(fromDate, toDate) }, (_, i) => ({
      date: dateOf(dayNumber(fromDate) + i),
      value,
    })),
  );
}
