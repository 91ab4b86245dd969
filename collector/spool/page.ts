/** A row of the spool: a batch of records, guarded by a checksum since SQLite pages carry none. */
import { crc32 } from 'node:zlib';
import type { CollectorRecord } from '../recorder.ts';
import { fromBytes, type Packed, pack, spanOf, toBytes, unpack } from './packed.ts';

export interface SpoolBatch {
  readonly seq: number;
  readonly packed: Packed;
  /** Made anew each time: ask once. */
  readonly records: readonly CollectorRecord[];
}

/** A row whose content is not what was written. */
export interface DamagedBatch {
  readonly seq: number;
  /** As it was found: text of old, bytes as base64. */
  readonly content: string;
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

export const BATCH_COLUMNS = 'seq, records, crc, payload, body';

export function batchOf(seq: number, packed: Packed): SpoolBatch {
  return {
    seq,
    packed,
    get records() {
      return [...unpack(packed)];
    },
  };
}

export function seal(packed: Packed) {
  const body = toBytes(packed);
  return { body, ...spanOf(packed), records: packed.size, crc: crc32(body) };
}

/** Bytes, or the JSON of a release before them. */
function contentOf({ body, payload }: Record<string, unknown>): Uint8Array | string {
  return body instanceof Uint8Array ? body : String(payload);
}

/** The batch of a row, unless its content is not what was written. */
export function readBatch(row: Record<string, unknown>): SpoolBatch | undefined {
  const content = contentOf(row);
  if (crc32(content) !== row.crc) return undefined;
  const packed = typeof content === 'string' ? pack(JSON.parse(content)) : fromBytes(content);
  return batchOf(Number(row.seq), packed);
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
      const content = contentOf(row);
      const text = typeof content === 'string' ? content : Buffer.from(content).toString('base64');
      damaged.push({ seq, content: text });
      continue;
    }
    taken += batch.packed.size;
    batches.push(batch);
  }
  return { batches, damaged };
}
