/** Restated rows in SQLite, beside the rows they restate. */
import type { Resolution } from '../../domain/period.ts';
import { finite, revisionOf, sortedIds, whole } from '../checks.ts';
import type { Store } from '../port.ts';
import { FIGURE_COLUMNS, figureValues, toFigures } from './amounts.ts';
import type { Database } from './database.ts';

const UPSERT = `INSERT OR REPLACE INTO restatement (${FIGURE_COLUMNS}, subject_kind, subject,
  resolution, start_ms, name, revision, before, at_ms, cause)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const SELECT = `SELECT ${FIGURE_COLUMNS}, resolution, start_ms, name, revision, before, at_ms, cause
  FROM restatement WHERE subject_kind = ? AND subject = ? AND start_ms >= ? AND start_ms < ?`;
const ORDER = 'ORDER BY start_ms, name, revision';

export function createRestatementTable(
  db: Database,
): Pick<Store, 'writeRestatements' | 'restatements'> {
  return {
    writeRestatements: async (restatements) =>
      db.write(() => {
        for (const one of restatements) {
          const { subject, before } = one;
          db.run(
            UPSERT,
            ...figureValues(one.row, subject),
            one.subjectKind,
            subject,
            one.resolution,
            whole(one.startMs, 'startMs', subject),
            one.name,
            revisionOf(one),
            before === null ? null : finite(before, 'before', subject),
            whole(one.atMs, 'atMs', subject),
            one.cause,
          );
        }
      }),
    restatements: async ({ subjectKind, subjects, resolution, range }) =>
      db.read(() => {
        if (db.arrays('SELECT 1 FROM restatement LIMIT 1').length === 0) return [];
        const cut = resolution === undefined ? '' : 'AND resolution = ?';
        const cuts = resolution === undefined ? [] : [resolution];
        return sortedIds(subjects).flatMap((subject) =>
          db
            .arrays(
              `${SELECT} ${cut} ${ORDER}`,
              subjectKind,
              subject,
              range.fromMs,
              range.toMs,
              ...cuts,
            )
            .map((row) => {
              const [resolutionOf, startMs, name, revision, before, atMs, cause] = row.slice(8);
              return {
                subjectKind,
                subject,
                name: String(name),
                resolution: resolutionOf as Resolution,
                startMs: Number(startMs),
                revision: Number(revision),
                before: typeof before === 'number' ? before : null,
                atMs: Number(atMs),
                cause: String(cause),
                row: toFigures(row),
              };
            }),
        );
      }),
  };
}
