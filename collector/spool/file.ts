/** The spool's SQLite file: how it is opened and what SQLite's complaints about it mean. */
import { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../domain/errors.ts';

/** `thinned` counts passes; `crc` guards the content, since SQLite pages carry no checksum. */
const FIRST_SCHEMA = `
CREATE TABLE IF NOT EXISTS batch (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  created_ms INTEGER NOT NULL,
  from_ms INTEGER NOT NULL,
  to_ms INTEGER NOT NULL,
  records INTEGER NOT NULL,
  thinned INTEGER NOT NULL DEFAULT 0,
  crc INTEGER NOT NULL,
  payload TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS batch_oldest ON batch (from_ms, records);
CREATE INDEX IF NOT EXISTS batch_thinned ON batch (thinned, from_ms);
CREATE TABLE IF NOT EXISTS quarantine (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  record TEXT NOT NULL UNIQUE,
  reason TEXT NOT NULL,
  first_ms INTEGER NOT NULL,
  last_ms INTEGER NOT NULL,
  tries INTEGER NOT NULL DEFAULT 1
) STRICT;
`;
/** By version: rows of the first have JSON in `payload`, later ones bytes in `body`. */
const MIGRATIONS = [FIRST_SCHEMA, 'ALTER TABLE batch ADD COLUMN body BLOB'];
const SCHEMA_VERSION = MIGRATIONS.length;

/** A full check reads the whole file; beyond this size the start would be late, and `crc` has to do. */
const CHECK_MAX_PAGES = 32_768;

/** Primary result codes of SQLite, https://sqlite.org/rescode.html. */
const SQLITE_ERROR = 1;
const SQLITE_BUSY = 5;
const SQLITE_IOERR = 10;
const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;

function resultCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error)) return undefined;
  return typeof error.errcode === 'number' ? error.errcode & 0xff : undefined;
}

/** Whether SQLite says that the file itself is damaged. */
export function isDamage(error: unknown): boolean {
  const code = resultCode(error);
  return code === SQLITE_CORRUPT || code === SQLITE_NOTADB;
}

/** Whether somebody else holds the file. */
export function isBusy(error: unknown): boolean {
  return resultCode(error) === SQLITE_BUSY;
}

/** Whether rows may be missing or out of reach: damage, a bad sector, or no table at all. */
export function isUnreadable(error: unknown): boolean {
  const code = resultCode(error);
  return isDamage(error) || code === SQLITE_IOERR || code === SQLITE_ERROR;
}

/** One number of a pragma or of an aggregate; 0 when there is none. */
export function scalar(db: DatabaseSync, sql: string): number {
  const row = db.prepare(sql).get();
  const value = row === undefined ? undefined : Object.values(row)[0];
  return typeof value === 'number' ? value : 0;
}

/** Runs all or nothing. SQLite itself rolls back on some errors, hence the question before ROLLBACK. */
export function transaction<T>(db: DatabaseSync, work: () => T): T {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

function migrate(db: DatabaseSync, path: string): void {
  const version = scalar(db, 'PRAGMA user_version');
  if (version === SCHEMA_VERSION) return;
  if (version > SCHEMA_VERSION) {
    throw new AppError(
      'spool.unavailable',
      `${path} was written by a newer release (format ${version}, this one knows ${SCHEMA_VERSION})`,
      { path, expected: SCHEMA_VERSION, found: version },
    );
  }
  transaction(db, () => {
    for (const step of MIGRATIONS.slice(version)) db.exec(step);
    db.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`);
  });
}

/** Opens or creates the file, durable on COMMIT. @throws when it is damaged, see `isDamage`. */
export function openFile(path: string, maxBytes: number): DatabaseSync {
  const db = new DatabaseSync(path, { timeout: 5_000 });
  try {
    db.exec('PRAGMA auto_vacuum = INCREMENTAL');
    db.exec('PRAGMA journal_mode = WAL');
    db.exec('PRAGMA synchronous = FULL');
    db.exec('PRAGMA journal_size_limit = 16777216');
    migrate(db, path);
    const pages = scalar(db, 'PRAGMA page_count');
    const pageBytes = scalar(db, 'PRAGMA page_size');
    db.exec(`PRAGMA max_page_count = ${Math.max(16, Math.floor(maxBytes / pageBytes))}`);
    if (pages <= CHECK_MAX_PAGES) {
      const verdict = db.prepare('PRAGMA quick_check(1)').get()?.quick_check;
      if (verdict !== 'ok')
        throw Object.assign(new Error(String(verdict)), { errcode: SQLITE_CORRUPT });
    }
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}
