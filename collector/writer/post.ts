/** One write to the store: in pieces the store takes, each with a deadline. */
import { setImmediate } from 'node:timers/promises';
import { AppError, isAppError, messageOf } from '../../domain/errors.ts';
import type { ReadingSink } from '../../store/port.ts';
import type { CollectorRecord } from '../recorder.ts';
import { type Packed, packGroups, unpack } from '../spool/packed.ts';

export interface PosterOptions {
  readonly sink: ReadingSink;
  readonly maxRecords: number;
  readonly timeoutMs: number;
}

export interface Poster {
  /** Resolves when all records are durable in the store; all writes are idempotent. @throws AppError `store.…` */
  post(batches: readonly Packed[]): Promise<void>;
  readonly posts: number;
  /** Records the store is known to take at once. */
  readonly limit: number;
}

/** A store that accepts the connection and then says nothing must not stop the writer. */
async function withDeadline(work: Promise<void>, timeoutMs: number): Promise<void> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () =>
      late.reject(
        new AppError('store.unavailable', `the store did not answer within ${timeoutMs} ms`, {
          timeoutMs,
        }),
      ),
    timeoutMs,
  );
  try {
    await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** What one kind of record carries, made one by one while it is written: none is old when its turn is over. */
function contents<T>(
  batches: readonly Packed[],
  kind: CollectorRecord['kind'],
  contentOf: (record: CollectorRecord) => T | undefined,
): Iterable<T> {
  return {
    *[Symbol.iterator]() {
      for (const packed of batches) {
        for (const record of unpack(packed, kind)) {
          const content = contentOf(record);
          if (content !== undefined) yield content;
        }
      }
    },
  };
}

async function writeAll(sink: ReadingSink, batches: readonly Packed[]): Promise<void> {
  const kinds = new Set(batches.flatMap(({ shapes }) => shapes.map(({ kind }) => kind)));
  if (kinds.has('reading')) {
    await sink.writeReadings(
      contents(batches, 'reading', (one) => (one.kind === 'reading' ? one.reading : undefined)),
    );
  }
  if (kinds.has('status')) {
    await sink.writeStatuses(
      contents(batches, 'status', (one) => (one.kind === 'status' ? one.status : undefined)),
    );
  }
  if (kinds.has('collector')) {
    await sink.writeCollector(
      contents(batches, 'collector', (one) => (one.kind === 'collector' ? one.point : undefined)),
    );
  }
}

function sizeOf(batches: readonly Packed[]): number {
  return batches.reduce((sum, { size }) => sum + size, 0);
}

/** As they are while the store takes as many at once, else in pieces. */
function piecesOf(batches: readonly Packed[], limit: number): readonly (readonly Packed[])[] {
  if (sizeOf(batches) <= limit) return [batches];
  const records = batches.flatMap((packed) => [...unpack(packed)]);
  return packGroups(records, limit).map((packed) => [packed]);
}

export function createPoster({ sink, maxRecords, timeoutMs }: PosterOptions): Poster {
  let limit = maxRecords;
  let posts = 0;

  /** Whether the store took it; it is told to the limit if it was too large. */
  async function postPiece(piece: readonly Packed[]): Promise<boolean> {
    posts += 1;
    // An embedded store answers without waiting: the polls get their turn between two posts.
    await setImmediate();
    try {
      await withDeadline(writeAll(sink, piece), timeoutMs);
      return true;
    } catch (error) {
      if (!isAppError(error, 'store.too-large')) throw error;
      const size = sizeOf(piece);
      if (size === 1) {
        const message = `a single record is too large for the store: ${messageOf(error)}`;
        throw new AppError('store.rejected', message, error.context, { cause: error });
      }
      limit = Math.floor(size / 2);
      return false;
    }
  }

  return {
    async post(batches) {
      let left = piecesOf(batches, limit);
      for (let [piece] = left; piece; [piece] = left) {
        const isStored = await postPiece(piece);
        left = isStored ? left.slice(1) : piecesOf(left.flat(), limit);
      }
    },
    get posts() {
      return posts;
    },
    get limit() {
      return limit;
    },
  };
}
