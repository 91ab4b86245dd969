/** Bills as rows of a model (CalTRACK 2.0, 2.2.3): lengths that count, estimated reads, temperatures of their days. */
import type { Text } from '../../domain/text.ts';
import { type DayDriver, dateOf, dayNumber, type Row } from './rows.ts';
import { BASELINE_DAYS } from './sufficiency.ts';

export interface BillingRead {
  readonly fromDate: string;
  /** The first day that is not in it any more. */
  readonly toDate: string;
  readonly value: number | null;
  /** Estimated by the supplier: only its sum with the next real read means something. */
  readonly estimated?: boolean;
}

export interface BillingRow extends Row {
  /** Days whose use was only estimated at their time; they count as missing for sufficiency (2.2.3.1). */
  readonly estimatedDays: number;
}

export interface BillingRows {
  readonly rows: readonly BillingRow[];
  readonly remarks: readonly Text[];
}

/** CalTRACK 2.2.3.4 and 2.2.3.5. */
const SHORTEST_DAYS = 25;
export const LONGEST_DAYS = { monthly: 35, bimonthly: 70 } as const;
/** CalTRACK 2.2.3.1: an estimated read and the real one after it together. */
const LONGEST_MERGED_DAYS = 70;
/** CalTRACK 2.2.3.2. */
const TEMPERATURE_SHARE = 0.9;

export type BillingCycle = keyof typeof LONGEST_DAYS;

const lengthOf = ({ fromDate, toDate }: BillingRead) => dayNumber(toDate) - dayNumber(fromDate);

function refusal(read: BillingRead, why: Text): Text {
  const span = `${read.fromDate}…${read.toDate}`;
  return { zh: `账单 ${span} 不参与建模：${why.zh}`, en: `bill ${span} left out: ${why.en}` };
}

function lengthFault(read: BillingRead, cycle: BillingCycle): Text[] {
  const days = lengthOf(read);
  const longest = LONGEST_DAYS[cycle];
  if (days >= SHORTEST_DAYS && days <= longest) return [];
  return [
    refusal(read, {
      zh: `${days} 天，应为 ${SHORTEST_DAYS}～${longest} 天`,
      en: `${days} days, expected ${SHORTEST_DAYS} to ${longest}`,
    }),
  ];
}

interface MergedRead extends BillingRead {
  readonly estimatedDays: number;
}

/** One estimated read is added to the real one that follows it; a second in a row stays unknown. */
function merged(reads: readonly BillingRead[]): MergedRead[] {
  const kept: MergedRead[] = [];
  for (const read of reads) {
    const before = kept.at(-1);
    const joins =
      before?.estimated &&
      !read.estimated &&
      before.toDate === read.fromDate &&
      lengthOf(before) + lengthOf(read) <= LONGEST_MERGED_DAYS;
    if (!joins || !before) {
      kept.push({ ...read, estimatedDays: read.estimated ? lengthOf(read) : 0 });
      continue;
    }
    const { fromDate, estimatedDays } = before;
    const value = before.value === null || read.value === null ? null : before.value + read.value;
    kept.splice(-1, 1, { fromDate, toDate: read.toDate, value, estimatedDays });
  }
  return kept;
}

/**
 * The bills before `endDate` (the end of the last one when absent) that come closest to a year: the
 * first is the one that begins nearest to 365 days before the end.
 */
export function billingYear<T extends Row>(rows: readonly T[], endDate?: string): T[] {
  const limit = endDate === undefined ? Number.POSITIVE_INFINITY : dayNumber(endDate);
  const endOf = ({ date, days }: Row) => dayNumber(date) + days;
  const before = rows.filter((row) => endOf(row) <= limit);
  const last = before.at(-1);
  if (!last) return [];
  const target = endOf(last) - BASELINE_DAYS;
  const distance = ({ date }: Row) => Math.abs(dayNumber(date) - target);
  const first = before.reduce((a, b) => (distance(b) < distance(a) ? b : a));
  return before.slice(before.indexOf(first));
}

/** Rows in the order of time. A bill that does not count is a row without amount, and a remark. */
export function billingRows(
  bills: readonly BillingRead[],
  drivers: readonly DayDriver[],
  cycle: BillingCycle,
): BillingRows {
  const ordered = bills.toSorted((a, b) => dayNumber(a.fromDate) - dayNumber(b.fromDate));
  const remarks = ordered.flatMap((read) => lengthFault(read, cycle));
  const counted = ordered.map((read) =>
    lengthFault(read, cycle).length > 0 ? { ...read, value: null } : read,
  );
  const reads = merged(counted);
  const byDate = new Map(drivers.map(({ date, value }) => [date, value]));
  const rows = reads.map((read) => {
    const days = lengthOf(read);
    const first = dayNumber(read.fromDate);
    const known = Array.from(
      { length: days },
      (_, i) => byDate.get(dateOf(first + i)) ?? null,
    ).filter((mean) => mean !== null);
    return {
      date: read.fromDate,
      // An estimate that no real read followed is no measurement.
      amount: read.estimated ? null : read.value,
      days,
      estimatedDays: read.estimatedDays,
      drivers: known.length >= TEMPERATURE_SHARE * days ? known : [],
    };
  });
  return { rows, remarks };
}
