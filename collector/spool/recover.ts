/** A damaged spool never keeps the collector from starting: it is moved aside and what is readable is kept. */
import { existsSync, renameSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { createBatchTable } from './batches.ts';
import { isUnreadable, openFile } from './file.ts';
import { BATCH_COLUMNS, readBatch } from './page.ts';

export interface Recovered {
  readonly db: DatabaseSync;
  readonly movedTo: string;
  readonly salvagedBatches: number;
}

/** The file and its two companions; SQLite finds those by name, so they move together. */
const SUFFIXES = ['', '-wal', '-shm'];

function moveAside(path: string, nowMs: number): string {
  const stamp = new Date(nowMs).toISOString().replace(/[:.]/g, '');
  const aside = `${path}.damaged-${stamp}`;
  for (const suffix of SUFFIXES) {
    if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
  }
  return aside;
}

/** Copies row by row from both ends, since one bad page ends a scan but not the file. */
function salvage(damagedPath: string, into: DatabaseSync, nowMs: number): number {
  const table = createBatchTable(into);
  const copied = new Set<number>();
  let lastSeq = nowMs;
  const copy = (rows: Iterable<Record<string, unknown>>) => {
    for (const row of rows) {
      const batch = readBatch(row);
      if (batch === undefined || copied.has(batch.seq)) continue;
      table.adopt(batch, nowMs);
      copied.add(batch.seq);
      lastSeq = Math.max(lastSeq, batch.seq);
    }
  };
  const from = new DatabaseSync(damagedPath);
  table.transaction(() => {
    for (const direction of ['ASC', 'DESC']) {
      try {
        copy(
          from.prepare(`SELECT ${BATCH_COLUMNS} FROM batch ORDER BY seq ${direction}`).iterate(),
        );
      } catch (error) {
        if (!isUnreadable(error)) throw error;
      }
    }
    // Numbers of batches that were lost must not be given out again: an acknowledgement may be under way.
    into.exec("DELETE FROM sqlite_sequence WHERE name = 'batch'");
    into.prepare("INSERT INTO sqlite_sequence (name, seq) VALUES ('batch', ?)").run(lastSeq);
  });
  from.close();
  return copied.size;
}

/** A new spool in the place of a damaged one, which is kept under a name that tells when. */
export function recover(path: string, maxBytes: number, nowMs: number): Recovered {
  const movedTo = moveAside(path, nowMs);
  const db = openFile(path, maxBytes);
  return { db, movedTo, salvagedBatches: salvage(movedTo, db, nowMs) };
}
