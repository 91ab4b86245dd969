/** A row of the spool: a batch of records as JSON, guarded by a checksum since SQLite pages carry none. */
import { crc32 } from 'node:zlib';
import type { CollectorRecord } from '../recorder.ts';
import { atMsOf } from './record.ts';

export interface SpoolBatch {
  readonly seq: number;
  readonly records: readonly CollectorRecord[];
}

/** A row whose payload is not what was written. */
export interface DamagedBatch {
  readonly seq: number;
  readonly payload: string;
}

export interface BatchPage {
  readonly batches: readonly SpoolBatch[];
  readonly damaged: readonly DamagedBatch[];
}

export interface PageOptions {
  /** A page ends before the batch that would exceed this, but holds at least one. */
  readonly maxRecords: number;
  readonly skip: (seq: number) => boolean;
}

export const BATCH_COLUMNS = 'seq, records, crc, payload';

export function seal(records: readonly CollectorRecord[]) {
  const payload = JSON.stringify(records);
  let fromMs = Number.MAX_SAFE_INTEGER;
  let toMs = Number.MIN_SAFE_INTEGER;
  for (const record of records) {
    const atMs = atMsOf(record);
    if (atMs < fromMs) fromMs = atMs;
    if (atMs > toMs) toMs = atMs;
  }
  return { payload, fromMs, toMs, records: records.length, crc: crc32(payload) };
}

/** The batch of a row, unless its payload is not what was written. */
export function readBatch(row: Record<string, unknown>): SpoolBatch | undefined {
  const payload = String(row.payload);
  return crc32(payload) === row.crc
    ? { seq: Number(row.seq), records: JSON.parse(payload) }
    : undefined;
}

/** Reads until the page is full; `read` fetches the row behind a number, as only those taken are needed. */
export function readPage(
  sizes: Iterable<Record<string, unknown>>,
  read: (seq: number) => Record<string, unknown> | undefined,
  { maxRecords, skip }: PageOptions,
): BatchPage {
  const batches: SpoolBatch[] = [];
  const damaged: DamagedBatch[] = [];
  let taken = 0;
  for (const size of sizes) {
    const seq = Number(size.seq);
    if (skip(seq)) continue;
    if (batches.length > 0 && taken + Number(size.records) > maxRecords) break;
    const row = read(seq);
    if (row === undefined) continue;
    const batch = readBatch(row);
    if (batch === undefined) {
      damaged.push({ seq, payload: String(row.payload) });
      continue;
    }
    taken += batch.records.length;
    batches.push(batch);
  }
  return { batches, damaged };
}
