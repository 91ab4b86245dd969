/** Rows of an account over a period, added up. */
import type { AgencyConsumption } from '../../domain/consumption.ts';
import { DAY_MS, HOUR_MS, type TimeRange } from '../../domain/period.ts';
import type { PeriodAmount } from '../consumption/amounts.ts';

export interface SpannedAmount extends PeriodAmount {
  readonly startMs: number;
}

/** Adds rows of `lengthMs` each into the amount of a range; time without a row counts as unknown. */
export function addRows<T extends SpannedAmount>(
  rows: readonly T[],
  range: TimeRange,
  lengthMs: (row: T) => number = () => DAY_MS,
): PeriodAmount {
  let value: number | null = null;
  const shareMs = { coverage: 0, manual: 0, estimated: 0, known: 0 };
  for (const row of rows) {
    if (row.value !== null) value = (value ?? 0) + row.value;
    const rowMs = lengthMs(row);
    shareMs.coverage += row.coverage * rowMs;
    shareMs.manual += row.manual * rowMs;
    shareMs.estimated += row.estimated * rowMs;
    shareMs.known += row.known * rowMs;
  }
  const wholeMs = Math.max(range.toMs - range.fromMs, HOUR_MS);
  const share = (partMs: number) => Math.min(1, partMs / wholeMs);
  return {
    value,
    coverage: share(shareMs.coverage),
    manual: share(shareMs.manual),
    estimated: share(shareMs.estimated),
    known: share(shareMs.known),
  };
}

/** Rows by the item they are of. */
export function byItem(rows: readonly AgencyConsumption[]): Map<string, AgencyConsumption[]> {
  return Map.groupBy(rows, ({ carrier, item }) => `${carrier} ${item}`);
}
