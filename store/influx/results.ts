/** Assessments, load profiles and events in InfluxDB. */
import { slug, sortedIds } from '../checks.ts';
import type { Store } from '../port.ts';
import type { AssessmentPoint } from '../schema.ts';
import type { Connection } from './connection.ts';
import { matches, names } from './influxql.ts';
import { chunks } from './readings.ts';

type ResultMethods = Pick<
  Store,
  'writeAssessment' | 'assessment' | 'writeLoadProfile' | 'writeEvents' | 'events'
>;

const AGENCIES_PER_QUERY = 200;

export function createResultQueries(db: Connection): ResultMethods {
  return {
    writeAssessment: async (points) =>
      db.write(
        points.map(({ agencyId, kind, metric, startMs, ...fields }) => ({
          measurement: 'assessment',
          tags: { agency: agencyId, kind, metric },
          fields,
          atMs: startMs,
        })),
      ),
    assessment: async (agencyIds, range) => {
      const found: AssessmentPoint[] = [];
      for (const ids of chunks(sortedIds(agencyIds), AGENCIES_PER_QUERY)) {
        const series = await db.select({
          columns: names(['value', 'completeness', 'status', 'revision']),
          from: 'assessment',
          where: [matches('agency', ids)],
          range,
          tail: 'GROUP BY "agency", "kind", "metric"',
        });
        const points = series.flatMap(({ tags, rows }) =>
          rows.map(([startMs, value, completeness, status, revision]) => ({
            agencyId: tags.agency ?? '',
            metric: tags.metric ?? '',
            kind: tags.kind as AssessmentPoint['kind'],
            startMs: Number(startMs),
            value: typeof value === 'number' ? value : null,
            status: status as AssessmentPoint['status'],
            completeness: Number(completeness),
            revision: Number(revision ?? 0),
          })),
        );
        const byAgency = Map.groupBy(points, (point) => point.agencyId);
        for (const id of ids) {
          const own = byAgency.get(id) ?? [];
          found.push(...own.toSorted((a, b) => a.startMs - b.startMs));
        }
      }
      return found;
    },
    writeLoadProfile: async (points) =>
      db.write(
        points.map(({ agencyId, carrier, startMs, localHour, value }) => ({
          measurement: 'load_profile',
          tags: { agency: agencyId, carrier, hour: String(localHour).padStart(2, '0') },
          fields: { value },
          atMs: startMs,
        })),
      ),
    writeEvents: async (events) =>
      db.write(
        events.map(({ atMs, kind, subject, text }) => ({
          measurement: 'event',
          tags: { kind: slug(kind, 'event kind'), subject },
          fields: { text },
          atMs,
        })),
      ),
    events: async (range, limit, filter = {}) => {
      const columns = names(['text', 'kind', 'subject']);
      const where = Object.entries(filter).map(([tag, value]) => matches(tag, [value]));
      const rows = await db.page({ columns, from: 'event', where, range }, limit, 'newest');
      return rows.map(([atMs, text, kind, subject]) => ({
        atMs: Number(atMs),
        kind: String(kind),
        subject: String(subject),
        text: String(text),
      }));
    },
  };
}
