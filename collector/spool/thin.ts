/** What goes first when there is no room: registers are cumulative, so the last of an hour keeps totals exact. */
import { HOUR_MS } from '../../domain/period.ts';
import type { CollectorRecord } from '../recorder.ts';
import { atMsOf, subjectOf } from './record.ts';

export interface Shed {
  readonly kept: readonly CollectorRecord[];
  readonly droppedReadings: number;
  readonly droppedStatuses: number;
  readonly droppedPoints: number;
}

/** Records that replace one another when only the last of an hour is kept: those with the same fields. */
function hourKey(record: CollectorRecord): string {
  const hour = Math.floor(atMsOf(record) / HOUR_MS);
  const fields = record.kind === 'reading' ? Object.keys(record.reading.values).sort().join() : '';
  return `${record.kind} ${subjectOf(record)} ${hour} ${fields}`;
}

/** The last record of each meter, hour and set of registers, oldest first. */
export function thinToHours(records: readonly CollectorRecord[]): CollectorRecord[] {
  const last = new Map<string, CollectorRecord>();
  for (const record of records) {
    const key = hourKey(record);
    const held = last.get(key);
    if (held === undefined || atMsOf(held) <= atMsOf(record)) last.set(key, record);
  }
  return [...last.values()].sort((a, b) => atMsOf(a) - atMsOf(b));
}

function withoutOldest(
  records: readonly CollectorRecord[],
  kind: CollectorRecord['kind'],
  excess: number,
): readonly CollectorRecord[] {
  let left = excess;
  return records.filter((record) => {
    if (left <= 0 || record.kind !== kind) return true;
    left -= 1;
    return false;
  });
}

function count(records: readonly CollectorRecord[], kind: CollectorRecord['kind']): number {
  return records.reduce((sum, record) => sum + (record.kind === kind ? 1 : 0), 0);
}

/** Makes room: statuses go first, then the collector's own figures, then readings within an hour, then the oldest. */
export function shed(records: readonly CollectorRecord[], maxRecords: number): Shed {
  let kept = withoutOldest(records, 'status', records.length - maxRecords);
  kept = withoutOldest(kept, 'collector', kept.length - maxRecords);
  if (kept.length > maxRecords) kept = thinToHours(kept).slice(-maxRecords);
  return {
    kept,
    droppedReadings: count(records, 'reading') - count(kept, 'reading'),
    droppedStatuses: count(records, 'status') - count(kept, 'status'),
    droppedPoints: count(records, 'collector') - count(kept, 'collector'),
  };
}
