/** Records the store refuses for good: kept with the reason, bounded, listed, put back on request. */
import type { DatabaseSync } from 'node:sqlite';
import type { CollectorRecord } from '../recorder.ts';

export interface QuarantinedRecord {
  readonly id: number;
  /** The record as JSON; a damaged payload as it was found. */
  readonly record: string;
  readonly reason: string;
  readonly firstMs: number;
  readonly lastMs: number;
  readonly tries: number;
}

export interface Quarantine {
  /** The same record again counts a try. Beyond the bound the oldest go; their number is returned. */
  add(record: string, reason: string, nowMs: number): number;
  list(limit: number): QuarantinedRecord[];
  count(): number;
  /** Takes out all that still can be read as records. */
  takeRecords(ids: readonly number[] | undefined): CollectorRecord[];
}

/** A damaged payload is not a record, and an edited one could be anything. */
function parseRecord(text: string): CollectorRecord | undefined {
  try {
    const record: unknown = JSON.parse(text);
    const kind = typeof record === 'object' && record !== null && 'kind' in record && record.kind;
    if (kind !== 'reading' && kind !== 'status' && kind !== 'collector') return undefined;
    return record as CollectorRecord;
  } catch {
    return undefined;
  }
}

/** Prepares the listing, oldest first. */
export function listOf(db: DatabaseSync): Quarantine['list'] {
  const list = db.prepare(
    `SELECT id, record, reason, first_ms AS firstMs, last_ms AS lastMs, tries
     FROM quarantine ORDER BY id LIMIT ?`,
  );
  return (limit) =>
    list.all(limit).map((row) => ({
      id: Number(row.id),
      record: String(row.record),
      reason: String(row.reason),
      firstMs: Number(row.firstMs),
      lastMs: Number(row.lastMs),
      tries: Number(row.tries),
    }));
}

export function createQuarantine(db: DatabaseSync, maxRecords: number): Quarantine {
  const insert = db.prepare(
    `INSERT INTO quarantine (record, reason, first_ms, last_ms) VALUES ($record, $reason, $nowMs, $nowMs)
     ON CONFLICT (record) DO UPDATE
     SET reason = excluded.reason, last_ms = excluded.last_ms, tries = tries + 1`,
  );
  const count = db.prepare('SELECT count(*) AS n FROM quarantine');
  const trim = db.prepare(
    'DELETE FROM quarantine WHERE id IN (SELECT id FROM quarantine ORDER BY id LIMIT ?)',
  );
  const remove = db.prepare('DELETE FROM quarantine WHERE id = ?');
  const total = () => Number(count.get()?.n);
  const rows = listOf(db);
  return {
    add(record, reason, nowMs) {
      insert.run({ record, reason, nowMs });
      const excess = total() - maxRecords;
      if (excess <= 0) return 0;
      trim.run(excess);
      return excess;
    },
    list: rows,
    count: total,
    takeRecords(ids) {
      const wanted = ids === undefined ? undefined : new Set(ids);
      const taken: CollectorRecord[] = [];
      for (const row of rows(maxRecords)) {
        if (wanted && !wanted.has(row.id)) continue;
        const record = parseRecord(row.record);
        if (record === undefined) continue;
        remove.run(row.id);
        taken.push(record);
      }
      return taken;
    },
  };
}
