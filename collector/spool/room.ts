/** Room on disk: old records become hourly registers before any is refused, and free pages go back. */
import type { DatabaseSync } from 'node:sqlite';
import type { BatchTable } from './batches.ts';
import { scalar } from './file.ts';
import { packGroups } from './packed.ts';
import { thinToHours } from './thin.ts';

/** Part of the quota from which old records are thinned. */
const THIN_FROM = 0.9;
/** Records thinned in one step: some tens of milliseconds. */
const STEP_RECORDS = 20_000;
/** Passes after which a batch is left alone. */
const MAX_PASSES = 6;
/** A pass that saves less than this part is the last one for its batches. */
const WORTHWHILE = 0.1;
/** Free pages kept for the next outage, and how many of the others go back in one step. */
const SPARE_PAGES = 4_096;
const STEP_PAGES = 1_024;

export interface RoomOptions {
  readonly maxBytes: number;
  readonly groupSize: number;
  readonly now: () => number;
}

/** Bytes of pages in use; free ones inside the file do not count. */
export function bytesUsed(db: DatabaseSync): number {
  const pages = scalar(db, 'PRAGMA page_count') - scalar(db, 'PRAGMA freelist_count');
  return pages * scalar(db, 'PRAGMA page_size');
}

/** Thins a slice of the batches that were thinned least; returns how many records went. */
function thinStep(table: BatchTable, { groupSize, now }: RoomOptions): number {
  const pass = table.leastThinned();
  if (pass === undefined || pass >= MAX_PASSES) return 0;
  const { batches } = table.thinnedTo(pass, { maxRecords: STEP_RECORDS, skip: () => false });
  const before = batches.flatMap(({ records }) => records);
  const kept = thinToHours(before);
  const gone = before.length - kept.length;
  const passes = gone < before.length * WORTHWHILE ? MAX_PASSES : pass + 1;
  table.transaction(() => {
    for (const { seq } of batches) table.remove(seq);
    for (const packed of packGroups(kept, groupSize)) table.insert(packed, now(), passes);
  });
  return gone;
}

/** One bounded step, after every append. Returns how many records were thinned away. */
export function makeRoom(db: DatabaseSync, table: BatchTable, options: RoomOptions): number {
  const gone = bytesUsed(db) > options.maxBytes * THIN_FROM ? thinStep(table, options) : 0;
  if (scalar(db, 'PRAGMA freelist_count') > SPARE_PAGES) {
    db.exec(`PRAGMA incremental_vacuum(${STEP_PAGES})`);
  }
  return gone;
}
