/** The ledger as one SQLite file (`data/ledger.db`); several processes may have it open. */
import { randomUUID } from 'node:crypto';
import { AppError } from '../../domain/errors.ts';
import { openDatabase } from '../../store/sqlite/database.ts';
import { takeSteps } from '../../store/sqlite/migrations.ts';
import { faultsIn } from '../faults.ts';
import { invalidRequest } from '../problem.ts';
import type { Body } from './field.ts';
import { kindOf } from './kinds/index.ts';
import type { By, Change, Entry, EntryFilter, EntryOf, KindId, Ledger } from './ledger.ts';
import { daysAround, daysOf, EVER, entryFrom, recordFrom } from './rows.ts';
import { createSnapshots } from './snapshots.ts';
import { LEDGER_STEPS } from './tables.ts';

export interface LedgerOptions {
  /** Zone of local days. */
  readonly zone?: string;
  readonly now?: () => number;
}

const IDS = 'SELECT value FROM json_each(?)';

/** Looked up by index, subject by subject: with OR, or with a day first, all of a kind would be read. */
function subjectsOf(kind: KindId, { agencyIds, meterIds, buildingIds }: EntryFilter) {
  const [agencies, meters, buildings] = [agencyIds, meterIds, buildingIds].map((ids) =>
    JSON.stringify(ids ?? []),
  );
  const arms = [
    {
      sql: `SELECT rowid FROM entry WHERE kind = ? AND building IN (${IDS}) AND agency IS NULL`,
      ids: buildings,
    },
    { sql: `SELECT rowid FROM entry WHERE kind = ? AND agency IN (${IDS})`, ids: agencies },
    { sql: `SELECT rowid FROM entry WHERE kind = ? AND meter IN (${IDS})`, ids: meters },
    {
      sql: `SELECT entry.rowid FROM entry, json_each(body, '$.meters') AS concerned
        WHERE kind = ? AND concerned.value IN (${IDS})`,
      ids: meters,
    },
  ].slice(0, 'meters' in kindOf(kind).fields ? 4 : 3);
  return {
    sql: `AND entry.rowid IN (${arms.map(({ sql }) => sql).join(' UNION ')})`,
    values: arms.flatMap(({ ids = '[]' }) => [kind, ids]),
  };
}

/** @throws AppError `store.denied` when the file cannot be opened or is newer than this version. */
export function openLedger(path: string, options: LedgerOptions = {}): Ledger {
  const { zone = 'Asia/Shanghai', now = Date.now } = options;
  const db = openDatabase(path);
  try {
    db.write(() => takeSteps(db, path, LEDGER_STEPS));
  } catch (error) {
    db.close();
    throw error;
  }

  function find<K extends KindId>(kind: K, id: string): EntryOf<K> | undefined {
    const [row] = db.all('SELECT * FROM entry WHERE kind = ? AND id = ?', kind, id);
    return row && (entryFrom(row, zone) as unknown as EntryOf<K>);
  }

  /** The body as it is kept: checked, texts trimmed, instants in UTC. */
  function checked(kind: KindId, body: Body): Body {
    const { schema } = kindOf(kind);
    const faults = faultsIn('entry', schema, body);
    if (faults.length > 0) throw invalidRequest(faults);
    return schema.parse(body);
  }

  function add({ kind, body, id = randomUUID() }: Change & { action: 'add' }, by: By): string {
    const kept = checked(kind, body);
    const { first, last } = daysOf(kindOf(kind).spanOf(kept));
    db.run(
      `INSERT INTO entry (id, kind, body, first_day, last_day, revision, at_ms, who, why)
       VALUES (?, ?, ?, ?, ?, 1, ?, ?, ?)`,
      ...[id, kind, JSON.stringify(kept), first, last, now(), by.who, by.why],
    );
    return id;
  }

  function change(given: Exclude<Change, { action: 'add' }>, by: By): string {
    const { kind, id, revision } = given;
    const entry = find(kind, id);
    if (!entry) throw new AppError('request.not-found', `no ${kind} '${id}' in the ledger`, { id });
    if (entry.voided || entry.revision !== revision) {
      const state = entry.voided ? 'it is voided' : `it is at revision ${entry.revision}`;
      const text = `${kind} '${id}': expected to be changed from revision ${revision}, but ${state}`;
      throw new AppError('request.conflict', text, { kind, id, found: entry.revision });
    }
    const body = given.action === 'revise' ? checked(kind, given.body) : entry.body;
    const { first, last } = daysOf(kindOf(kind).spanOf(body));
    db.run(
      `UPDATE entry SET body = ?, first_day = ?, last_day = ?, revision = revision + 1,
         voided = ?, at_ms = ?, who = ?, why = ? WHERE id = ?`,
      ...[JSON.stringify(body), first, last],
      ...[given.action === 'void' ? 1 : 0, now(), by.who, by.why, id],
    );
    return id;
  }

  function apply(changes: readonly Change[], by: By): Entry[] {
    return db.write(() =>
      changes.flatMap((each) => {
        const id = each.action === 'add' ? add(each, by) : change(each, by);
        return find(each.kind, id) ?? [];
      }),
    );
  }

  function applyOne<K extends KindId>(each: Change, by: By): EntryOf<K> {
    const [entry] = apply([each], by);
    return entry as unknown as EntryOf<K>;
  }

  return {
    entries: <K extends KindId>(kind: K, filter: EntryFilter = {}) => {
      const { agencyIds, meterIds, buildingIds, range, voided = false } = filter;
      const { first, last } = range ? daysAround(range, zone) : EVER;
      const narrow = [agencyIds, meterIds, buildingIds].some((ids) => ids !== undefined);
      const subjects = narrow ? subjectsOf(kind, filter) : { sql: '', values: [] };
      // The sign keeps the indexes of kinds out of it where the rows are known already.
      const rows = db.all(
        `SELECT * FROM entry WHERE ${narrow ? '+' : ''}kind = ? ${voided ? '' : 'AND NOT voided'}
         AND first_day <= ? AND last_day >= ? ${subjects.sql} ORDER BY first_day, at_ms, rowid`,
        ...[kind, last, first, ...subjects.values],
      );
      const entries = rows.map((row) => entryFrom(row, zone)) as unknown as EntryOf<K>[];
      if (!range) return entries;
      return entries.filter(({ fromMs, toMs }) => fromMs < range.toMs && toMs > range.fromMs);
    },
    find,
    apply,
    add: (kind, body, by) => applyOne({ action: 'add', kind, body }, by),
    revise: ({ kind, id, revision }, body, by) =>
      applyOne({ action: 'revise', kind, id, revision, body }, by),
    void: ({ kind, id, revision }, by) => applyOne({ action: 'void', kind, id, revision }, by),
    changesSince: (seq, limit = 1000) =>
      db
        .all('SELECT * FROM audit WHERE seq > ? ORDER BY seq LIMIT ?', seq, limit)
        .map((row) => recordFrom(row, zone)),
    history: (kind, id) =>
      db
        .all('SELECT * FROM audit WHERE entry = ? AND kind = ? ORDER BY seq', id, kind)
        .map((row) => recordFrom(row, zone)),
    snapshots: createSnapshots(db, now),
    close: () => db.close(),
  };
}
