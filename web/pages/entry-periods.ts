/** Which years and months entries speak of, in the region's zone. */
import type { Clock } from '../format.ts';
import type { LedgerEntry } from '../types/ledger.ts';

/** `2026-10`; both languages begin a date with year and month. */
function monthOf(instant: string | number, clock: Clock): string {
  return clock(instant, 'full').slice(0, 7).replace('/', '-');
}

/** Those in which one begins, newest first. */
export function monthsOf(entries: readonly LedgerEntry[], clock: Clock) {
  const months = [...new Set(entries.map(({ from }) => monthOf(from, clock)))].sort().reverse();
  return { months, years: [...new Set(months.map((month) => month.slice(0, 4)))] };
}

/** Whether an entry holds at some time in a year (`2026`) or month (`2026-10`); in none: always. */
export function touches({ from, to }: LedgerEntry, period: string, clock: Clock): boolean {
  if (period === '') return true;
  const first = monthOf(from, clock).slice(0, period.length);
  const last = to === null ? period : monthOf(Date.parse(to) - 1, clock).slice(0, period.length);
  return first <= period && last >= period;
}
