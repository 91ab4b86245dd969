/** The durable spool: every accepted record is on stable storage before it counts, and leaves when the store has it. */
import { mkdirSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Logger } from 'pino';
import { AppError, isAppError, messageOf } from '../domain/errors.ts';
import type { CollectorRecord, Recorder } from './recorder.ts';
import { type DiskFigures, openDisk, type SpoolDisk } from './spool/disk.ts';
import { createGroup, type GroupFigures } from './spool/group.ts';
import { lockSpool } from './spool/lock.ts';
import type { SpoolBatch } from './spool/page.ts';
import type { QuarantinedRecord } from './spool/quarantine.ts';

export type { QuarantinedRecord, SpoolBatch };

export interface SpoolOptions {
  /** `:memory:` loses everything with the process: for trials only. */
  readonly path: string;
  readonly now?: () => number;
  /** A group is committed after this long, or when it has `groupSize` records. */
  readonly groupMs?: number;
  readonly groupSize?: number;
  /** Size on disk from which old records are thinned; half of the free space, at most 20 GiB. */
  readonly maxBytes?: number;
  /** Records held in memory while the disk refuses them. */
  readonly maxPending?: number;
  readonly maxQuarantined?: number;
  readonly retryMs?: number;
  readonly logger?: Pick<Logger, 'info' | 'warn' | 'error'>;
}

/** Numbers only, so that they can be stored as the collector's own figures. */
export interface SpoolFigures extends DiskFigures, GroupFigures {}

export interface Spool extends Recorder {
  /** Tells of every batch that became durable, with its records still in memory. */
  onDurable(listener: (batch: SpoolBatch) => void): void;
  /** A page of batches not yet acknowledged, oldest data first, without those in `skip`. */
  batches(options?: { maxRecords?: number; skip?: ReadonlySet<number> }): readonly SpoolBatch[];
  /** The store has these; they leave the disk with the next commit. */
  ack(seqs: readonly number[]): void;
  /** What is left of a batch, in its place; nothing left is an acknowledgement. */
  replace(seq: number, rest: readonly CollectorRecord[]): void;
  quarantine(records: readonly CollectorRecord[], reason: string): void;
  quarantined(limit?: number): QuarantinedRecord[];
  /** Puts quarantined records back into the queue and returns how many; all without `ids`. */
  requeue(ids?: readonly number[]): number;
  figures(): SpoolFigures;
  /** Commits what is pending and lets go of the file. @throws AppError `spool.unavailable` when records stay unsaved. */
  close(): Promise<void>;
}

const MAX_BYTES = 20 * 1024 ** 3;
const MIN_BYTES = 64 * 1024 ** 2;
const DEFAULT_PAGE_RECORDS = 5_000;

/** Half of what is free, within sensible bounds. */
export function quotaBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return Math.min(MAX_BYTES, Math.max(MIN_BYTES, (bavail * bsize) / 2));
}

/**
 * @throws AppError `spool.locked` when another collector uses the file, `spool.unavailable` when the
 *   disk refuses it. A damaged file is no reason: it is moved aside.
 */
export function openSpool(options: SpoolOptions): Spool {
  const { path, now = Date.now, groupSize = 2_000, logger } = options;
  const onDisk = path !== ':memory:';
  if (onDisk) mkdirSync(dirname(path), { recursive: true });
  const unlock = onDisk ? lockSpool(path) : () => {};
  let disk: SpoolDisk;
  try {
    disk = openDisk({
      path,
      now,
      groupSize,
      maxBytes: options.maxBytes ?? (onDisk ? quotaBytes(dirname(path)) : MAX_BYTES),
      maxQuarantined: options.maxQuarantined ?? 10_000,
      logger,
    });
  } catch (cause) {
    unlock();
    if (isAppError(cause)) throw cause;
    const message = `the spool ${path} cannot be opened: ${messageOf(cause)}`;
    throw new AppError('spool.unavailable', message, { path }, { cause });
  }
  const group = createGroup({
    disk,
    path,
    groupSize,
    groupMs: options.groupMs ?? 100,
    retryMs: options.retryMs ?? 1_000,
    maxPending: options.maxPending ?? 100_000,
    logger,
  });
  return {
    record: group.record,
    flush: group.flush,
    onDurable: group.onDurable,
    ack: group.ack,
    batches: ({ maxRecords = DEFAULT_PAGE_RECORDS, skip } = {}) =>
      disk.page(maxRecords, (seq) => group.isAcked(seq) || skip?.has(seq) === true),
    replace(seq, rest) {
      if (rest.length === 0) group.ack([seq]);
      else disk.replace(seq, rest);
    },
    quarantine: (records, reason) => disk.quarantine.add(records, reason),
    quarantined: (limit = 100) => disk.quarantine.list(limit),
    requeue: (ids) => disk.quarantine.requeue(ids),
    figures: () => ({ ...disk.figures(), ...group.figures() }),
    async close() {
      try {
        group.close();
      } finally {
        disk.close();
        unlock();
      }
    },
  };
}
