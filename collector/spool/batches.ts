/** The table of batches: one row a group commit. */
import type { DatabaseSync } from 'node:sqlite';
import { transaction } from './file.ts';
import type { Packed } from './packed.ts';
import {
  BATCH_COLUMNS,
  type BatchPage,
  type PageOptions,
  readPage,
  type SpoolBatch,
  seal,
} from './page.ts';

export interface BatchTotals {
  readonly batches: number;
  readonly records: number;
}

export interface BatchTable {
  insert(packed: Packed, createdMs: number, thinned?: number): number;
  /** A batch from another file under its own number, so that what is in flight still means the same one. */
  adopt(batch: SpoolBatch, createdMs: number): void;
  /** Other records in the same place of the queue; nothing when the batch is gone. */
  update(seq: number, packed: Packed): void;
  remove(seq: number): void;
  /** Oldest data first. */
  oldest(options: PageOptions): BatchPage;
  /** Oldest data first, of the batches that went through `thinned` passes of thinning. */
  thinnedTo(thinned: number, options: PageOptions): BatchPage;
  leastThinned(): number | undefined;
  oldestMs(): number | undefined;
  /** Counted once and then kept up, since counting a long backlog takes seconds. */
  totals(): BatchTotals;
  /** All or nothing, totals included. */
  transaction<T>(work: () => T): T;
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function countBatches(db: DatabaseSync): BatchTotals {
  const row = db.prepare('SELECT count(*) AS batches, total(records) AS records FROM batch').get();
  return { batches: Number(row?.batches), records: Number(row?.records) };
}

export function createBatchTable(db: DatabaseSync): BatchTable {
  const insert = db.prepare(
    `INSERT INTO batch (created_ms, thinned, from_ms, to_ms, records, crc, payload, body)
     VALUES ($createdMs, $thinned, $fromMs, $toMs, $records, $crc, '', $body)`,
  );
  const adopt = db.prepare(
    `INSERT INTO batch (seq, created_ms, from_ms, to_ms, records, crc, payload, body)
     VALUES ($seq, $createdMs, $fromMs, $toMs, $records, $crc, '', $body)`,
  );
  const size = db.prepare('SELECT records FROM batch WHERE seq = ?');
  const update = db.prepare(
    `UPDATE batch SET from_ms = $fromMs, to_ms = $toMs, records = $records, crc = $crc,
     payload = '', body = $body WHERE seq = $seq`,
  );
  const remove = db.prepare('DELETE FROM batch WHERE seq = ? RETURNING records');
  const one = db.prepare(`SELECT ${BATCH_COLUMNS} FROM batch WHERE seq = ?`);
  const oldest = db.prepare('SELECT seq, records FROM batch ORDER BY from_ms, seq');
  const thinnedTo = db.prepare('SELECT seq, records FROM batch WHERE thinned = ? ORDER BY from_ms');
  const leastThinned = db.prepare('SELECT min(thinned) AS thinned FROM batch');
  const oldestMs = db.prepare('SELECT min(from_ms) AS oldestMs FROM batch');
  const read = (seq: number) => one.get(seq);
  let totals = countBatches(db);
  const add = (batches: number, records: number) => {
    totals = { batches: totals.batches + batches, records: totals.records + records };
  };
  return {
    insert(packed, createdMs, thinned = 0) {
      const { lastInsertRowid } = insert.run({ ...seal(packed), createdMs, thinned });
      add(1, packed.size);
      return Number(lastInsertRowid);
    },
    adopt({ seq, packed }, createdMs) {
      adopt.run({ ...seal(packed), seq, createdMs });
      add(1, packed.size);
    },
    update(seq, packed) {
      const before = size.get(seq);
      if (before === undefined) return;
      update.run({ ...seal(packed), seq });
      add(0, packed.size - Number(before.records));
    },
    remove(seq) {
      const row = remove.get(seq);
      if (row !== undefined) add(-1, -Number(row.records));
    },
    oldest: (options) => readPage(oldest.iterate(), read, options),
    thinnedTo: (thinned, options) => readPage(thinnedTo.iterate(thinned), read, options),
    leastThinned: () => numberOf(leastThinned.get()?.thinned),
    oldestMs: () => numberOf(oldestMs.get()?.oldestMs),
    totals: () => totals,
    transaction(work) {
      const before = totals;
      try {
        return transaction(db, work);
      } catch (error) {
        totals = before;
        throw error;
      }
    },
  };
}
