/** Frozen assessments in the ledger file: appended, never changed, each sealed over the one before it. */
import { createHash } from 'node:crypto';
import { AppError } from '../../domain/errors.ts';
import type { Database, Row } from '../../store/sqlite/database.ts';

/** What is frozen. */
export interface SnapshotDraft {
  readonly agencyId: string;
  /** A month such as `2026-09`, or a year. */
  readonly periodId: string;
  /** Hash of the content. */
  readonly contentId: string;
  /** The assessment as JSON: these very bytes are what exports are made from. */
  readonly content: string;
  /** Against the revision before, as JSON. */
  readonly changes: string;
  /** Last record of the audit that the content knows. */
  readonly auditSeq: number;
  /** Who answers for it, as they wrote their name, and whose token it came with. */
  readonly who: string;
  readonly account: string;
  readonly note: string;
}

export interface Snapshot extends SnapshotDraft {
  /** Seal over all of it and over the seal before: who changes one breaks all that follow. */
  readonly id: string;
  /** Counts from 1 within agency and period. */
  readonly revision: number;
  readonly atMs: number;
}

export interface SnapshotFilter {
  readonly agencyId: string;
  readonly periodId?: string;
}

export interface Snapshots {
  /** @throws AppError `request.conflict` when a newer revision than the expected one is there. */
  append(draft: SnapshotDraft, expectedRevision: number): Snapshot;
  /** Oldest first. */
  list(filter: SnapshotFilter): readonly Snapshot[];
  latest(agencyId: string, periodId: string): Snapshot | undefined;
  find(id: string): Snapshot | undefined;
  /** Number of the audit's last record. */
  auditSeq(): number;
}

/** Append-only by triggers, not by good manners. */
export const SNAPSHOT_TABLE: readonly string[] = [
  `CREATE TABLE snapshot (
     seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, agency TEXT NOT NULL,
     period TEXT NOT NULL, revision INTEGER NOT NULL, content_id TEXT NOT NULL,
     content TEXT NOT NULL CHECK (json_valid(content)), changes TEXT NOT NULL CHECK (json_valid(changes)),
     audit_seq INTEGER NOT NULL, at_ms INTEGER NOT NULL, who TEXT NOT NULL CHECK (who <> ''),
     account TEXT NOT NULL, note TEXT NOT NULL, UNIQUE (agency, period, revision)) STRICT`,
  `CREATE TRIGGER snapshot_keeps_update BEFORE UPDATE ON snapshot
     BEGIN SELECT RAISE(ABORT, 'a snapshot is frozen'); END`,
  `CREATE TRIGGER snapshot_keeps_delete BEFORE DELETE ON snapshot
     BEGIN SELECT RAISE(ABORT, 'a snapshot is frozen'); END`,
  // REPLACE deletes without firing the trigger for deletes.
  `CREATE TRIGGER snapshot_keeps_replace BEFORE INSERT ON snapshot
     WHEN EXISTS (SELECT 1 FROM snapshot WHERE seq = NEW.seq OR id = NEW.id
       OR (agency = NEW.agency AND period = NEW.period AND revision = NEW.revision))
     BEGIN SELECT RAISE(ABORT, 'a snapshot is frozen'); END`,
];

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function sealOf(snapshot: Omit<Snapshot, 'id'>, before: string): string {
  const { agencyId, periodId, revision, contentId, content, changes } = snapshot;
  const { auditSeq, atMs, who, account, note } = snapshot;
  const facts = [before, agencyId, periodId, revision, contentId, hashOf(content), hashOf(changes)];
  return hashOf(JSON.stringify([...facts, auditSeq, atMs, who, account, note]));
}

function snapshotOf(row: Row): Snapshot {
  return {
    id: String(row.id),
    agencyId: String(row.agency),
    periodId: String(row.period),
    revision: Number(row.revision),
    contentId: String(row.content_id),
    content: String(row.content),
    changes: String(row.changes),
    auditSeq: Number(row.audit_seq),
    atMs: Number(row.at_ms),
    who: String(row.who),
    account: String(row.account),
    note: String(row.note),
  };
}

export function createSnapshots(db: Database, now: () => number): Snapshots {
  function sealBefore(seq: number): string {
    const [row] = db.all('SELECT id FROM snapshot WHERE seq < ? ORDER BY seq DESC LIMIT 1', seq);
    return String(row?.id ?? '');
  }

  /** @throws AppError `store.denied` when somebody has written into the file. */
  function checked(row: Row): Snapshot {
    const snapshot = snapshotOf(row);
    if (sealOf(snapshot, sealBefore(Number(row.seq))) === snapshot.id) return snapshot;
    const { agencyId, periodId, revision, id } = snapshot;
    const text = `snapshot ${agencyId} ${periodId} r${revision}: its content is not what was sealed as ${id}`;
    throw new AppError('store.denied', text, { agencyId, periodId, revision });
  }

  function select(where: string, ...values: string[]): Snapshot[] {
    return db.all(`SELECT * FROM snapshot WHERE ${where} ORDER BY seq`, ...values).map(checked);
  }

  return {
    append: (draft, expectedRevision) =>
      db.write(() => {
        const { agencyId, periodId } = draft;
        const [last] = db.all(
          'SELECT max(revision) AS revision FROM snapshot WHERE agency = ? AND period = ?',
          ...[agencyId, periodId],
        );
        const revision = Number(last?.revision ?? 0) + 1;
        if (revision !== expectedRevision) {
          const text = `${agencyId} ${periodId}: expected to freeze revision ${expectedRevision}, but ${revision - 1} is there`;
          throw new AppError('request.conflict', text, { agencyId, periodId });
        }
        const sealed = { ...draft, revision, atMs: now() };
        const id = sealOf(sealed, sealBefore(Number.MAX_SAFE_INTEGER));
        db.run(
          `INSERT INTO snapshot (id, agency, period, revision, content_id, content, changes,
             audit_seq, at_ms, who, account, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
          ...[id, agencyId, periodId, revision, draft.contentId, draft.content, draft.changes],
          ...[draft.auditSeq, sealed.atMs, draft.who, draft.account, draft.note],
        );
        return { id, ...sealed };
      }),
    list: ({ agencyId, periodId }) =>
      periodId === undefined
        ? select('agency = ?', agencyId)
        : select('agency = ? AND period = ?', agencyId, periodId),
    latest: (agencyId, periodId) => select('agency = ? AND period = ?', agencyId, periodId).at(-1),
    find: (id) => select('id = ?', id)[0],
    auditSeq: () => Number(db.all('SELECT max(seq) AS seq FROM audit')[0]?.seq ?? 0),
  };
}
