/** One SQLite file: durable transactions, cached statements, series ids, errors in our words. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue, type SQLOutputValue } from 'node:sqlite';
import { AppError, type ErrorCode, isAppError, messageOf } from '../../domain/errors.ts';

export type Row = Record<string, SQLOutputValue>;

/** What a series is of: `cut` is its resolution or kind, `name` the register, item or metric. */
export interface SeriesKey {
  readonly measurement: string;
  readonly subject: string;
  readonly cut?: string;
  readonly name?: string;
}

export interface Database {
  /** Runs reads on one snapshot. */
  read<T>(work: () => T): T;
  /** Runs writes in one transaction: all or nothing, on stable storage when it returns. */
  write<T>(work: () => T): T;
  run(sql: string, ...values: SQLInputValue[]): void;
  all(sql: string, ...values: SQLInputValue[]): Row[];
  /** The same as positional rows, at half the cost: for what there are thousands of. */
  arrays(sql: string, ...values: SQLInputValue[]): SQLOutputValue[][];
  /** Id of a series, made when new; only inside `write`. */
  seriesId(key: SeriesKey): number;
  /** The series of one subject and cut, by name. */
  findSeries(key: Omit<SeriesKey, 'name'>): { readonly id: number; readonly name: string }[];
  close(): void;
}

/** Primary result codes of SQLite: what passes by itself, and what an operator must mend. */
const PASSING = new Set([5, 6, 10, 13]); // BUSY, LOCKED, IOERR, FULL
const FORBIDDEN = new Set([3, 8, 11, 14, 23, 26]); // PERM, READONLY, CORRUPT, CANTOPEN, AUTH, NOTADB

function translate(error: unknown, path: string, otherwise: ErrorCode): AppError {
  if (isAppError(error)) return error;
  const extended = error instanceof Error && 'errcode' in error ? Number(error.errcode) : 0;
  const primary = extended & 0xff;
  const passes = PASSING.has(primary) ? 'store.unavailable' : otherwise;
  const code = FORBIDDEN.has(primary) ? 'store.denied' : passes;
  const message = `store file ${path}: ${messageOf(error)}`;
  return new AppError(code, message, { path }, { cause: error });
}

/**
 * FULL, not NORMAL: the collector's spool forgets a batch once the store has committed it, and in
 * WAL mode NORMAL may lose the last commits in a power cut (sqlite.org/pragma.html#pragma_synchronous).
 */
const PRAGMAS = `PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -16384;
  PRAGMA journal_size_limit = 67108864;`;
/** Another process may hold the write lock for the length of one batch. */
const BUSY_TIMEOUT_MS = 5000;

/** @throws AppError `store.denied` when the file cannot be opened or is no database. */
export function openDatabase(path: string, busyTimeoutMs = BUSY_TIMEOUT_MS): Database {
  let db: DatabaseSync;
  try {
    if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
    db = new DatabaseSync(path, { timeout: busyTimeoutMs });
    db.exec(PRAGMAS);
  } catch (error) {
    throw translate(error, path, 'store.denied');
  }
  const statements = new Map<string, ReturnType<DatabaseSync['prepare']>>();
  const positional = new Map<string, ReturnType<DatabaseSync['prepare']>>();
  const ids = new Map<string, number>();

  function prepared(sql: string) {
    const known = statements.get(sql) ?? db.prepare(sql);
    statements.set(sql, known);
    return known;
  }

  function preparedPositional(sql: string) {
    const known = positional.get(sql);
    if (known) return known;
    const made = db.prepare(sql);
    made.setReturnArrays(true);
    positional.set(sql, made);
    return made;
  }

  function transaction<T>(begin: string, otherwise: ErrorCode, work: () => T): T {
    try {
      db.exec(begin);
      const result = work();
      db.exec('COMMIT');
      return result;
    } catch (error) {
      if (db.isOpen && db.isTransaction) db.exec('ROLLBACK');
      ids.clear(); // those made in the transaction are gone
      throw translate(error, path, otherwise);
    }
  }

  function seriesId({ measurement, subject, cut = '', name = '' }: SeriesKey): number {
    const key = `${measurement} ${subject} ${cut} ${name}`;
    const known = ids.get(key);
    if (known !== undefined) return known;
    // The update that changes nothing makes RETURNING answer for an old row too.
    const row = prepared(
      `INSERT INTO series (measurement, subject, cut, name) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET name = name RETURNING id`,
    ).get(measurement, subject, cut, name);
    const id = Number(row?.id);
    ids.set(key, id);
    return id;
  }

  return {
    read: (work) => transaction('BEGIN', 'store.query', work),
    write: (work) => transaction('BEGIN IMMEDIATE', 'store.rejected', work),
    run: (sql, ...values) => void prepared(sql).run(...values),
    all: (sql, ...values) => prepared(sql).all(...values),
    // The declared type knows objects only; setReturnArrays makes them arrays.
    arrays: (sql, ...values) =>
      preparedPositional(sql).all(...values) as unknown as SQLOutputValue[][],
    seriesId,
    findSeries: ({ measurement, subject, cut = '' }) =>
      prepared(
        'SELECT id, name FROM series WHERE measurement = ? AND subject = ? AND cut = ? ORDER BY name',
      )
        .all(measurement, subject, cut)
        .map((row) => ({ id: Number(row.id), name: String(row.name) })),
    close: () => {
      if (db.isOpen) db.close();
    },
  };
}
