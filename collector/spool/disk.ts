/** What the spool does on disk: append, page, settle, thin; and going on with a new file when this one is damaged. */
import type { DatabaseSync } from 'node:sqlite';
import type { Logger } from 'pino';
import { messageOf } from '../../domain/errors.ts';
import type { CollectorRecord } from '../recorder.ts';
import { type BatchTable, createBatchTable } from './batches.ts';
import { isDamage, openFile } from './file.ts';
import { type Packed, pack, packGroups } from './packed.ts';
import { type BatchPage, batchOf, type SpoolBatch } from './page.ts';
import { createQuarantine, type Quarantine } from './quarantine.ts';
import { recover } from './recover.ts';
import { bytesUsed, makeRoom } from './room.ts';

export interface DiskOptions {
  readonly path: string;
  readonly now: () => number;
  readonly maxBytes: number;
  readonly maxQuarantined: number;
  /** Most records in one row. */
  readonly groupSize: number;
  readonly logger?: Pick<Logger, 'info' | 'warn' | 'error'> | undefined;
}

export interface DiskFigures {
  readonly bytes: number;
  readonly batches: number;
  readonly records: number;
  readonly oldestAgeMs: number;
  readonly thinned: number;
  readonly damaged: number;
  readonly quarantined: number;
  readonly quarantineDropped: number;
}

export interface SpoolDisk {
  /** One transaction: forgets what was acknowledged, then appends; the batches are durable on return. */
  append(batches: readonly Packed[], acked: Iterable<number>): SpoolBatch[];
  page(maxRecords: number, skip: (seq: number) => boolean): readonly SpoolBatch[];
  replace(seq: number, rest: readonly CollectorRecord[]): void;
  readonly quarantine: {
    add(records: readonly CollectorRecord[], reason: string): void;
    list: Quarantine['list'];
    requeue(ids: readonly number[] | undefined): number;
  };
  figures(): DiskFigures;
  close(): void;
}

interface Handle {
  readonly db: DatabaseSync;
  readonly table: BatchTable;
  readonly quarantine: Quarantine;
}

export function openDisk(options: DiskOptions): SpoolDisk {
  const { path, now, maxBytes, groupSize, logger } = options;
  let thinned = 0;
  let damaged = 0;
  let quarantineDropped = 0;

  const handleOf = (db: DatabaseSync): Handle => ({
    db,
    table: createBatchTable(db),
    quarantine: createQuarantine(db, options.maxQuarantined),
  });

  function replaceDamaged(error: unknown): Handle {
    const { db, movedTo, salvagedBatches } = recover(path, maxBytes, now());
    damaged += 1;
    logger?.error(
      { event: 'spool.damaged', path, movedTo, salvagedBatches, reason: messageOf(error) },
      'the spool was damaged; it was moved aside and a new one took over what could be read',
    );
    return handleOf(db);
  }

  function open(): Handle {
    try {
      return handleOf(openFile(path, maxBytes));
    } catch (error) {
      if (isDamage(error)) return replaceDamaged(error);
      throw error;
    }
  }

  let handle = open();

  /** Runs on the file; if it turns out damaged, once more on its replacement. */
  function onFile<T>(work: (handle: Handle) => T): T {
    try {
      return work(handle);
    } catch (error) {
      if (!isDamage(error)) throw error;
      handle.db.close();
      handle = replaceDamaged(error);
      return work(handle);
    }
  }

  function quarantineText({ quarantine }: Handle, text: string, reason: string): void {
    quarantineDropped += quarantine.add(text, reason, now());
  }

  /** Batches that are what was written; the others are kept as text where somebody can look at them. */
  function intact(on: Handle, page: BatchPage): readonly SpoolBatch[] {
    if (page.damaged.length === 0) return page.batches;
    on.table.transaction(() => {
      for (const { seq, content } of page.damaged) {
        quarantineText(on, content, 'damaged on disk: checksum differs');
        on.table.remove(seq);
      }
    });
    damaged += page.damaged.length;
    logger?.error(
      { event: 'spool.batch-damaged', path, seqs: page.damaged.map(({ seq }) => seq) },
      'batches differ from what was written; they were quarantined',
    );
    return page.batches;
  }

  function insertAll({ table }: Handle, batches: readonly Packed[]): SpoolBatch[] {
    return batches.map((packed) => batchOf(table.insert(packed, now()), packed));
  }

  /** Never fails: there is nothing to be done about it that the next append would not tell. */
  function housekeep(): void {
    try {
      const gone = onFile(({ db, table }) => makeRoom(db, table, { maxBytes, groupSize, now }));
      if (gone > 0 && thinned === 0) {
        logger?.warn(
          { event: 'spool.thinning', path, maxBytes },
          'the spool is nearly full; old records are thinned to the last of each hour',
        );
      }
      thinned += gone;
    } catch (error) {
      logger?.warn(
        { event: 'spool.no-room', path, reason: messageOf(error) },
        'no room could be made in the spool',
      );
    }
  }

  return {
    append(batches, acked) {
      try {
        return onFile((on) =>
          on.table.transaction(() => {
            // Acknowledged batches go first: on a full disk they are what makes room.
            for (const seq of acked) on.table.remove(seq);
            return insertAll(on, batches);
          }),
        );
      } finally {
        housekeep();
      }
    },
    page: (maxRecords, skip) => onFile((on) => intact(on, on.table.oldest({ maxRecords, skip }))),
    replace: (seq, rest) =>
      onFile((on) => on.table.transaction(() => on.table.update(seq, pack(rest)))),
    quarantine: {
      add: (records, reason) =>
        onFile((on) =>
          on.table.transaction(() => {
            for (const record of records) quarantineText(on, JSON.stringify(record), reason);
          }),
        ),
      list: (limit) => onFile((on) => on.quarantine.list(limit)),
      requeue: (ids) =>
        onFile((on) =>
          on.table.transaction(() => {
            const records = on.quarantine.takeRecords(ids);
            insertAll(on, packGroups(records, groupSize));
            return records.length;
          }),
        ),
    },
    figures: () =>
      onFile(({ db, table, quarantine }) => ({
        bytes: bytesUsed(db),
        ...table.totals(),
        oldestAgeMs: Math.max(0, now() - (table.oldestMs() ?? now())),
        thinned,
        damaged,
        quarantined: quarantine.count(),
        quarantineDropped,
      })),
    close: () => handle.db.close(),
  };
}
