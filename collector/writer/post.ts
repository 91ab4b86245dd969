/** One write to the store: in pieces the store takes, each with a deadline. */
import { setImmediate } from 'node:timers/promises';
import { AppError, isAppError, messageOf } from '../../domain/errors.ts';
import type { MeterStatus, Reading } from '../../domain/reading.ts';
import type { ReadingSink } from '../../store/port.ts';
import type { CollectorPoint } from '../../store/schema.ts';
import type { CollectorRecord } from '../recorder.ts';

export interface PosterOptions {
  readonly sink: ReadingSink;
  readonly maxRecords: number;
  readonly timeoutMs: number;
}

export interface Poster {
  /** Resolves when all records are durable in the store; all writes are idempotent. @throws AppError `store.…` */
  post(records: readonly CollectorRecord[]): Promise<void>;
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

async function writeAll(sink: ReadingSink, records: readonly CollectorRecord[]): Promise<void> {
  const readings: Reading[] = [];
  const statuses: MeterStatus[] = [];
  const points: CollectorPoint[] = [];
  for (const record of records) {
    if (record.kind === 'reading') readings.push(record.reading);
    else if (record.kind === 'status') statuses.push(record.status);
    else points.push(record.point);
  }
  if (readings.length > 0) await sink.writeReadings(readings);
  if (statuses.length > 0) await sink.writeStatuses(statuses);
  if (points.length > 0) await sink.writeCollector(points);
}

export function createPoster({ sink, maxRecords, timeoutMs }: PosterOptions): Poster {
  let limit = maxRecords;
  let posts = 0;

  async function postPiece(piece: readonly CollectorRecord[]): Promise<boolean> {
    posts += 1;
    // An embedded store answers without waiting: the polls get their turn between two posts.
    await setImmediate();
    try {
      await withDeadline(writeAll(sink, piece), timeoutMs);
      return true;
    } catch (error) {
      if (!isAppError(error, 'store.too-large')) throw error;
      if (piece.length === 1) {
        const message = `a single record is too large for the store: ${messageOf(error)}`;
        throw new AppError('store.rejected', message, error.context, { cause: error });
      }
      limit = Math.floor(piece.length / 2);
      return false;
    }
  }

  return {
    async post(records) {
      for (let from = 0; from < records.length; ) {
        const piece = records.slice(from, from + limit);
        if (await postPiece(piece)) from += piece.length;
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
