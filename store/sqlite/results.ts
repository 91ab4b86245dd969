/** Assessments, load profiles and events in SQLite. */
import { finite, rowLimit, slug, sortedIds, whole } from '../checks.ts';
import type { Store } from '../port.ts';
import type { AssessmentPoint, LoadProfilePoint, StoreEvent } from '../schema.ts';
import type { Database, Row } from './database.ts';

type ResultMethods = Pick<
  Store,
  'writeAssessment' | 'assessment' | 'writeLoadProfile' | 'writeEvents' | 'events'
>;

const ASSESSMENT_KINDS = ['month', 'year'] as const satisfies readonly AssessmentPoint['kind'][];

function toEvent(row: Row): StoreEvent {
  return {
    atMs: Number(row.at_ms),
    kind: String(row.kind),
    subject: String(row.subject),
    text: String(row.text),
  };
}

export function createResultTables(db: Database): ResultMethods {
  function writePoint(point: AssessmentPoint): void {
    const { agencyId: subject, kind: cut, metric: name, value } = point;
    db.run(
      'INSERT OR REPLACE INTO assessment (series, at_ms, value, completeness, status, revision) VALUES (?, ?, ?, ?, ?, ?)',
      db.seriesId({ measurement: 'assessment', subject, cut, name }),
      whole(point.startMs, 'startMs', subject),
      value === null ? null : finite(value, name, subject),
      finite(point.completeness, 'completeness', subject),
      point.status,
      whole(point.revision, 'revision', subject),
    );
  }

  function writeHour({ agencyId: subject, carrier, startMs, localHour, value }: LoadProfilePoint) {
    db.run(
      'INSERT OR REPLACE INTO load_profile (series, at_ms, local_hour, value) VALUES (?, ?, ?, ?)',
      db.seriesId({ measurement: 'load_profile', subject, name: carrier }),
      whole(startMs, 'startMs', subject),
      whole(localHour, 'localHour', subject),
      finite(value, 'value', subject),
    );
  }

  function writeEvent({ atMs, kind, subject, text }: StoreEvent): void {
    db.run(
      'INSERT OR REPLACE INTO event (at_ms, kind, subject, text) VALUES (?, ?, ?, ?)',
      whole(atMs, 'atMs', subject),
      slug(kind, 'event kind'),
      subject,
      text,
    );
  }

  return {
    writeAssessment: async (points) => db.write(() => points.forEach(writePoint)),
    assessment: async (agencyIds, range) =>
      db.read(() =>
        sortedIds(agencyIds).flatMap((subject) =>
          ASSESSMENT_KINDS.flatMap((kind) =>
            db
              .findSeries({ measurement: 'assessment', subject, cut: kind })
              .flatMap(({ id, name }) =>
                db
                  .all(
                    'SELECT * FROM assessment WHERE series = ? AND at_ms >= ? AND at_ms < ? ORDER BY at_ms',
                    id,
                    range.fromMs,
                    range.toMs,
                  )
                  .map((row) => ({
                    agencyId: subject,
                    metric: name,
                    kind,
                    startMs: Number(row.at_ms),
                    value: typeof row.value === 'number' ? row.value : null,
                    status: row.status as AssessmentPoint['status'],
                    completeness: Number(row.completeness),
                    revision: Number(row.revision),
                  })),
              ),
          ).sort((a, b) => a.startMs - b.startMs),
        ),
      ),
    writeLoadProfile: async (points) => db.write(() => points.forEach(writeHour)),
    writeEvents: async (events) => db.write(() => events.forEach(writeEvent)),
    events: async (range, limit, { kind, subject } = {}) =>
      db.read(() =>
        db
          .all(
            `SELECT * FROM event WHERE at_ms >= ? AND at_ms < ?
               AND kind = coalesce(?, kind) AND subject = coalesce(?, subject)
             ORDER BY at_ms DESC, kind DESC, subject DESC LIMIT ?`,
            range.fromMs,
            range.toMs,
            kind ?? null,
            subject ?? null,
            rowLimit(limit),
          )
          .reverse()
          .map(toEvent),
      ),
  };
}
