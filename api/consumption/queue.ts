/** What is to be computed anew, kept on disk until it is done: ranges of meters and buildings, merged, oldest cause first. */
import type { TimeRange } from '../../domain/period.ts';
import { openDatabase, type Row } from '../../store/sqlite/database.ts';
import { takeSteps } from '../../store/sqlite/migrations.ts';

/**
 * A meter's rows and the accounts above them, or only the accounts of a building, or the rows of a
 * virtual meter that is gone.
 */
export interface DirtySubject extends TimeRange {
  readonly kind: 'meter' | 'building' | 'gone';
  readonly subject: string;
}

export type DirtyCause = 'late' | 'registry' | 'ledger' | 'rule-version' | 'rebuild';

export interface DirtyEntry extends DirtySubject {
  readonly id: number;
  readonly cause: DirtyCause;
  /** When it was first asked for. */
  readonly atMs: number;
}

/** What is dirty, and how far its source was read: one does not happen without the other. */
export interface Feed {
  readonly cause: DirtyCause;
  readonly dirty: readonly DirtySubject[];
  readonly marks?: Readonly<Record<string, number>>;
  /** Texts by key that are compared with the next ones; those left out are forgotten. */
  readonly facts?: ReadonlyMap<string, string>;
}

export interface RecomputeQueue {
  add(feed: Feed): void;
  /** Entries of the oldest cause. */
  next(limit: number): DirtyEntry[];
  /** Forgets what was worked off, unless it has grown meanwhile. */
  done(entries: readonly DirtyEntry[]): void;
  state(): { readonly length: number; readonly oldest: DirtyEntry | undefined };
  /** How far something was done, in milliseconds or as a sequence number. */
  mark(name: string): number | undefined;
  setMark(name: string, value: number): void;
  facts(): Map<string, string>;
  /** One process works at a time. Whoever has it keeps it by asking again before it ends. */
  claim(holder: string, untilMs: number): boolean;
  close(): void;
}

const STEPS: readonly (readonly string[])[] = [
  [
    `CREATE TABLE dirty (id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, subject TEXT NOT NULL,
       cause TEXT NOT NULL, from_ms INTEGER NOT NULL, to_ms INTEGER NOT NULL, at_ms INTEGER NOT NULL) STRICT`,
    'CREATE INDEX dirty_by_subject ON dirty (kind, subject, cause)',
    'CREATE TABLE mark (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID',
    'CREATE TABLE fact (key TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT, WITHOUT ROWID',
    'CREATE TABLE worker (id INTEGER PRIMARY KEY CHECK (id = 1), holder TEXT NOT NULL, until_ms INTEGER NOT NULL) STRICT',
  ],
];

function entryOf(row: Row): DirtyEntry {
  return {
    id: Number(row.id),
    kind: row.kind as DirtyEntry['kind'],
    subject: String(row.subject),
    cause: row.cause as DirtyCause,
    fromMs: Number(row.from_ms),
    toMs: Number(row.to_ms),
    atMs: Number(row.at_ms),
  };
}

const OLDEST = 'SELECT * FROM dirty ORDER BY id LIMIT 1';

/** @throws AppError `store.denied` when the file cannot be opened or is newer than this version. */
export function openQueue(path: string, now: () => number = Date.now): RecomputeQueue {
  const db = openDatabase(path);
  db.write(() => takeSteps(db, path, STEPS));

  /** What overlaps or touches becomes one, as old as its oldest part. */
  function addOne(dirty: DirtySubject, cause: DirtyCause): void {
    const { kind, subject, fromMs, toMs } = dirty;
    if (toMs <= fromMs) return;
    const touching = db
      .all(
        `SELECT * FROM dirty WHERE kind = ? AND subject = ? AND cause = ? AND from_ms <= ? AND to_ms >= ?
         ORDER BY id`,
        ...[kind, subject, cause, toMs, fromMs],
      )
      .map(entryOf);
    for (const { id } of touching) db.run('DELETE FROM dirty WHERE id = ?', id);
    const [oldest] = touching;
    db.run(
      'INSERT INTO dirty (id, kind, subject, cause, from_ms, to_ms, at_ms) VALUES (?, ?, ?, ?, ?, ?, ?)',
      ...[oldest?.id ?? null, kind, subject, cause],
      Math.floor(Math.min(fromMs, ...touching.map((one) => one.fromMs))),
      Math.ceil(Math.max(toMs, ...touching.map((one) => one.toMs))),
      oldest?.atMs ?? now(),
    );
  }

  function setMark(name: string, value: number): void {
    db.run('INSERT OR REPLACE INTO mark (name, value) VALUES (?, ?)', name, value);
  }

  return {
    add: ({ cause, dirty, marks = {}, facts }) =>
      db.write(() => {
        for (const one of dirty) addOne(one, cause);
        for (const [name, value] of Object.entries(marks)) setMark(name, value);
        if (!facts) return;
        db.run('DELETE FROM fact');
        for (const [key, text] of facts)
          db.run('INSERT INTO fact (key, text) VALUES (?, ?)', key, text);
      }),
    next: (limit) =>
      db.read(() => {
        const [oldest] = db.all(OLDEST);
        if (!oldest) return [];
        const sql = 'SELECT * FROM dirty WHERE cause = ? ORDER BY id LIMIT ?';
        return db.all(sql, String(oldest.cause), limit).map(entryOf);
      }),
    done: (entries) =>
      db.write(() => {
        for (const { id, fromMs, toMs } of entries)
          db.run('DELETE FROM dirty WHERE id = ? AND from_ms = ? AND to_ms = ?', id, fromMs, toMs);
      }),
    state: () =>
      db.read(() => {
        const [oldest] = db.all(OLDEST);
        const [count] = db.all('SELECT count(*) AS length FROM dirty');
        return { length: Number(count?.length), oldest: oldest && entryOf(oldest) };
      }),
    mark: (name) => {
      const [row] = db.all('SELECT value FROM mark WHERE name = ?', name);
      return row && Number(row.value);
    },
    setMark: (name, value) => db.write(() => setMark(name, value)),
    facts: () =>
      new Map(
        db.all('SELECT key, text FROM fact').map((row) => [String(row.key), String(row.text)]),
      ),
    claim: (holder, untilMs) =>
      db.write(() => {
        const [row] = db.all('SELECT holder, until_ms FROM worker');
        if (row && row.holder !== holder && Number(row.until_ms) > now()) return false;
        db.run(
          'INSERT OR REPLACE INTO worker (id, holder, until_ms) VALUES (1, ?, ?)',
          holder,
          untilMs,
        );
        return true;
      }),
    close: () => db.close(),
  };
}

export interface RecomputeProgress {
  /** Ranges that wait to be computed. */
  readonly waiting: number;
  readonly oldestCause: string | null;
  readonly waitingSinceMs: number | null;
  /** Rows are up to date until then. */
  readonly rowsUntilMs: number | null;
}

export function progressOf(queue: RecomputeQueue): RecomputeProgress {
  const { length, oldest } = queue.state();
  return {
    waiting: length,
    oldestCause: oldest?.cause ?? null,
    waitingSinceMs: oldest?.atMs ?? null,
    rowsUntilMs: queue.mark('rows') ?? null,
  };
}
