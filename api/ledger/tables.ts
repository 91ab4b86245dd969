/** The tables of the ledger file: the triggers, not the program, see to it that no change goes unrecorded. */
import { SNAPSHOT_TABLE } from './snapshots.ts';

/** A copy of the row as it was and as it is, whoever wrote it. */
const AUDIT_COLUMNS = '(at_ms, who, why, action, entry, kind, revision, before, after)';

/** Steps are never edited, only added; each string is one statement. */
export const LEDGER_STEPS: readonly (readonly string[])[] = [
  [
    `CREATE TABLE entry (
       id TEXT PRIMARY KEY, kind TEXT NOT NULL, body TEXT NOT NULL CHECK (json_valid(body)),
       first_day TEXT NOT NULL, last_day TEXT NOT NULL,
       revision INTEGER NOT NULL, voided INTEGER NOT NULL DEFAULT 0,
       at_ms INTEGER NOT NULL, who TEXT NOT NULL CHECK (who <> ''), why TEXT NOT NULL,
       agency TEXT GENERATED ALWAYS AS (body ->> '$.agency') VIRTUAL,
       meter TEXT GENERATED ALWAYS AS (body ->> '$.meter') VIRTUAL,
       building TEXT GENERATED ALWAYS AS (body ->> '$.building') VIRTUAL) STRICT`,
    'CREATE INDEX entry_by_day ON entry (kind, first_day)',
    'CREATE INDEX entry_by_agency ON entry (kind, agency)',
    'CREATE INDEX entry_by_meter ON entry (kind, meter)',
    `CREATE TABLE audit (
       seq INTEGER PRIMARY KEY AUTOINCREMENT, at_ms INTEGER NOT NULL, who TEXT NOT NULL,
       why TEXT NOT NULL, action TEXT NOT NULL, entry TEXT NOT NULL, kind TEXT NOT NULL,
       revision INTEGER NOT NULL, before TEXT, after TEXT) STRICT`,
    'CREATE INDEX audit_by_entry ON audit (entry)',
    `CREATE TRIGGER audit_keeps_update BEFORE UPDATE ON audit
       BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END`,
    `CREATE TRIGGER audit_keeps_delete BEFORE DELETE ON audit
       BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END`,
    // REPLACE deletes without firing the trigger for deletes.
    `CREATE TRIGGER audit_keeps_replace BEFORE INSERT ON audit
       WHEN EXISTS (SELECT 1 FROM audit WHERE seq = NEW.seq)
       BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END`,
    `CREATE TRIGGER entry_keeps_delete BEFORE DELETE ON entry
       BEGIN SELECT RAISE(ABORT, 'entries are voided, never deleted'); END`,
    `CREATE TRIGGER entry_keeps_replace BEFORE INSERT ON entry
       WHEN EXISTS (SELECT 1 FROM entry WHERE id = NEW.id)
       BEGIN SELECT RAISE(ABORT, 'the entry exists'); END`,
    `CREATE TRIGGER entry_starts BEFORE INSERT ON entry WHEN NEW.revision <> 1 OR NEW.voided
       BEGIN SELECT RAISE(ABORT, 'an entry begins with revision 1'); END`,
    `CREATE TRIGGER entry_moves_on BEFORE UPDATE ON entry
       WHEN NEW.id <> OLD.id OR NEW.kind <> OLD.kind OR OLD.voided
         OR NEW.revision <> OLD.revision + 1 OR NEW.why = ''
       BEGIN SELECT RAISE(ABORT, 'a change is a new revision with a reason'); END`,
    `CREATE TRIGGER entry_added AFTER INSERT ON entry
       BEGIN INSERT INTO audit ${AUDIT_COLUMNS} VALUES
         (NEW.at_ms, NEW.who, NEW.why, 'add', NEW.id, NEW.kind, NEW.revision, NULL, NEW.body); END`,
    `CREATE TRIGGER entry_changed AFTER UPDATE ON entry
       BEGIN INSERT INTO audit ${AUDIT_COLUMNS} VALUES
         (NEW.at_ms, NEW.who, NEW.why, iif(NEW.voided, 'void', 'revise'), NEW.id, NEW.kind,
          NEW.revision, OLD.body, iif(NEW.voided, NULL, NEW.body)); END`,
  ],
  SNAPSHOT_TABLE,
];
