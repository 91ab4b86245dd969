/** Looks into a spool without touching it, also while a collector writes to it. */
import { existsSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { AppError, messageOf } from '../../domain/errors.ts';
import { listOf, type QuarantinedRecord } from './quarantine.ts';

export interface SpoolInspection {
  readonly path: string;
  /** On disk, the write-ahead log included. */
  readonly bytes: number;
  readonly batches: number;
  readonly records: number;
  /** Instants of the oldest and the newest record that waits; nothing when none does. */
  readonly oldestMs?: number;
  readonly newestMs?: number;
  /** Batches thinned to hours for want of room. */
  readonly thinnedBatches: number;
  readonly quarantined: number;
  readonly quarantineReasons: readonly { readonly reason: string; readonly records: number }[];
}

function sizeOf(path: string): number {
  return existsSync(path) ? statSync(path).size : 0;
}

/** @throws AppError `spool.unavailable` naming the file */
function reading<T>(path: string, read: (db: DatabaseSync) => T): T {
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(path, { readOnly: true, timeout: 5_000 });
    return read(db);
  } catch (cause) {
    const found = existsSync(path) ? messageOf(cause) : 'there is no such file';
    const text = `the spool ${path} cannot be read: ${found}`;
    throw new AppError('spool.unavailable', text, { path }, { cause });
  } finally {
    db?.close();
  }
}

export function inspectSpool(path: string): SpoolInspection {
  return reading(path, (db) => {
    const totals = db
      .prepare(
        `SELECT count(*) AS batches, coalesce(sum(records), 0) AS records, min(from_ms) AS oldestMs,
         max(to_ms) AS newestMs, count(CASE WHEN thinned > 0 THEN 1 END) AS thinnedBatches FROM batch`,
      )
      .get();
    const reasons = db
      .prepare(
        `SELECT reason, count(*) AS records FROM quarantine GROUP BY reason ORDER BY records DESC`,
      )
      .all()
      .map(({ reason, records }) => ({ reason: String(reason), records: Number(records) }));
    const { oldestMs, newestMs } = totals ?? {};
    return {
      path,
      bytes: sizeOf(path) + sizeOf(`${path}-wal`),
      batches: Number(totals?.batches),
      records: Number(totals?.records),
      ...(typeof oldestMs === 'number' ? { oldestMs } : {}),
      ...(typeof newestMs === 'number' ? { newestMs } : {}),
      thinnedBatches: Number(totals?.thinnedBatches),
      quarantined: reasons.reduce((sum, { records }) => sum + records, 0),
      quarantineReasons: reasons,
    };
  });
}

/** Records of batches that begin at or before this instant: thinning gives them new numbers, not new times. */
export function inspectWaiting(path: string, upToMs: number): number {
  return reading(path, (db) => {
    const sum = db.prepare('SELECT total(records) AS records FROM batch WHERE from_ms <= ?');
    return Number(sum.get(upToMs)?.records);
  });
}

export function inspectQuarantine(path: string, limit: number): QuarantinedRecord[] {
  return reading(path, (db) => listOf(db)(limit));
}
