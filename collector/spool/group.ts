/** Group commit: records wait a moment in memory so that one trip to the disk serves many of them. */
import type { Logger } from 'pino';
import { AppError, messageOf } from '../../domain/errors.ts';
import type { CollectorRecord } from '../recorder.ts';
import type { SpoolDisk } from './disk.ts';
import { createPacker, type Packed, packGroups, unpack } from './packed.ts';
import type { SpoolBatch } from './page.ts';
import { shed } from './thin.ts';

export interface GroupOptions {
  readonly disk: SpoolDisk;
  readonly path: string;
  readonly groupMs: number;
  readonly groupSize: number;
  readonly retryMs: number;
  readonly maxPending: number;
  readonly logger?: Pick<Logger, 'error' | 'info'> | undefined;
}

export interface GroupFigures {
  /** Records in memory that the disk does not have yet. */
  readonly pending: number;
  readonly commits: number;
  readonly commitFailures: number;
  readonly droppedReadings: number;
  readonly droppedStatuses: number;
  readonly droppedPoints: number;
}

export interface Group {
  record(record: CollectorRecord): void;
  flush(): Promise<void>;
  onDurable(listener: (batch: SpoolBatch) => void): void;
  ack(seqs: readonly number[]): void;
  isAcked(seq: number): boolean;
  figures(): GroupFigures;
  close(): void;
}

/** Groups written in one transaction after the disk came back. */
const GROUPS_A_COMMIT = 20;
/** After an overflow this part stays, so that the next record does not overflow again. */
const KEPT_OF_MAX = 0.9;

export function createGroup(options: GroupOptions): Group {
  const { disk, path, groupMs, groupSize, retryMs, maxPending, logger } = options;
  const listeners: ((batch: SpoolBatch) => void)[] = [];
  const acked = new Set<number>();
  const packer = createPacker();
  /** Groups that are full, or that the disk refused. */
  let groups: Packed[] = [];
  const waiting: PromiseWithResolvers<void>[] = [];
  let timer: NodeJS.Timeout | undefined;
  let failure: AppError | undefined;
  let closed = false;
  let commits = 0;
  let commitFailures = 0;
  const dropped = { droppedReadings: 0, droppedStatuses: 0, droppedPoints: 0 };

  function schedule(): void {
    timer ??= setTimeout(commit, failure ? retryMs : groupMs);
  }

  function pending(): number {
    return groups.reduce((sum, { size }) => sum + size, packer.size);
  }

  function closeGroup(): void {
    if (packer.size > 0) groups.push(packer.take());
  }

  /** Acknowledgements ride with the next commit; losing one to a crash means one more idempotent write. */
  function appendOnce(): readonly SpoolBatch[] {
    const batches = groups.slice(0, GROUPS_A_COMMIT);
    const leaving = [...acked];
    const durable = disk.append(batches, leaving);
    groups = groups.slice(batches.length);
    for (const seq of leaving) acked.delete(seq);
    commits += 1;
    return durable;
  }

  function fail(error: unknown): void {
    commitFailures += 1;
    const message = `${path}: ${messageOf(error)}; ${pending()} records wait in memory`;
    if (!failure) {
      logger?.error(
        { event: 'spool.unavailable', path, pending: pending(), reason: messageOf(error) },
        'the disk refuses the spool; records wait in memory',
      );
    }
    failure = new AppError('spool.unavailable', message, { path }, { cause: error });
    for (const waiter of waiting.splice(0)) waiter.reject(failure);
    if (!closed) schedule();
  }

  function commit(): void {
    clearTimeout(timer);
    timer = undefined;
    closeGroup();
    const durable: SpoolBatch[] = [];
    try {
      while (groups.length > 0 || acked.size > 0) durable.push(...appendOnce());
      if (failure)
        logger?.info({ event: 'spool.available', path }, 'the disk takes the spool again');
      failure = undefined;
      for (const waiter of waiting.splice(0)) waiter.resolve();
    } catch (error) {
      fail(error);
    }
    for (const batch of durable) for (const listener of listeners) listener(batch);
  }

  function makeRoom(): void {
    closeGroup();
    const records = groups.flatMap((packed) => [...unpack(packed)]);
    const { kept, ...gone } = shed(records, Math.floor(maxPending * KEPT_OF_MAX));
    groups = packGroups(kept, groupSize);
    dropped.droppedReadings += gone.droppedReadings;
    dropped.droppedStatuses += gone.droppedStatuses;
    dropped.droppedPoints += gone.droppedPoints;
  }

  return {
    record(record) {
      if (closed) throw new AppError('spool.unavailable', `${path} is closed`, { path });
      packer.add(record);
      if (packer.size >= groupSize) closeGroup();
      if (failure && pending() > maxPending) makeRoom();
      // While the disk refuses, only the timer tries again: not every record.
      if (groups.length > 0 && !failure) commit();
      else schedule();
    },
    flush() {
      if (pending() === 0) return Promise.resolve();
      const waiter = Promise.withResolvers<void>();
      waiting.push(waiter);
      // While the disk refuses, the answer is wanted now, not at the next retry.
      if (failure) commit();
      else schedule();
      return waiter.promise;
    },
    onDurable: (listener) => void listeners.push(listener),
    ack(seqs) {
      if (closed || seqs.length === 0) return;
      for (const seq of seqs) acked.add(seq);
      schedule();
    },
    isAcked: (seq) => acked.has(seq),
    figures: () => ({ pending: pending(), commits, commitFailures, ...dropped }),
    close() {
      if (closed) return;
      closed = true;
      commit();
      clearTimeout(timer);
      if (failure) throw failure;
    },
  };
}
