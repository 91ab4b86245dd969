/** The server's databases as points, and back. */
import type { TimeRange } from '../../domain/period.ts';
import type { Archive, StoredPoint } from '../archive.ts';
import type { MeterLookup } from '../checks.ts';
import { MEASUREMENTS, type MeasurementName } from '../schema.ts';
import type { Connection } from './connection.ts';
import { literal, name } from './influxql.ts';
import { SERIES_ROWS, type Series } from './query.ts';

const EVERYTHING: TimeRange = { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER };
/** Stands for a building or carrier that neither the backup nor the registry knows. */
const UNKNOWN = 'unknown';

function toPoints({ tags, columns, rows }: Series): StoredPoint[] {
  return rows.map((row) => {
    const fields: Record<string, number | string> = {};
    for (const [index, column] of columns.entries()) {
      const value = row[index];
      if (index > 0 && (typeof value === 'number' || typeof value === 'string')) {
        fields[column] = value;
      }
    }
    return { tags, fields, atMs: Number(row[0]) };
  });
}

export function createArchive(db: Connection, meters: MeterLookup): Archive {
  function isPresent(tags: Series['tags']): boolean {
    const meter = meters.findMeter(tags.meter ?? '');
    return meter?.building === tags.building && meter?.carrier === tags.carrier;
  }

  /** One row of each series. What lies under a meter's present tags comes last, so that it holds. */
  async function seriesIn(from: MeasurementName, range: TimeRange): Promise<Series[]> {
    const series = await db.select({
      columns: '*',
      from,
      where: [],
      range,
      tail: 'GROUP BY * LIMIT 1',
    });
    return series.toSorted((a, b) => Number(isPresent(a.tags)) - Number(isPresent(b.tags)));
  }

  async function* read(from: MeasurementName, range: TimeRange) {
    for (const { tags } of await seriesIn(from, range)) {
      const where = Object.entries(tags).map(([tag, value]) => `${name(tag)} = ${literal(value)}`);
      const tail = `GROUP BY * ORDER BY time LIMIT ${SERIES_ROWS}`;
      for (let { fromMs } = range; ; ) {
        const rest = { fromMs, toMs: range.toMs };
        const [series] = await db.select({ columns: '*', from, where, range: rest, tail });
        if (series === undefined) break;
        const points = toPoints(series);
        yield points;
        if (points.length < SERIES_ROWS) break;
        fromMs = Number(points.at(-1)?.atMs) + 1;
      }
    }
  }

  /** The first or the last instant: one row of each series at that end. */
  async function end(from: MeasurementName, order: '' | 'ORDER BY time DESC'): Promise<number[]> {
    const tail = `GROUP BY * ${order} LIMIT 1`;
    const series = await db.select({ columns: '*', from, where: [], range: EVERYTHING, tail });
    return series.map(({ rows }) => Number(rows[0]?.[0]));
  }

  function withAllTags(measurement: MeasurementName, tags: StoredPoint['tags']) {
    const wanted: readonly string[] = MEASUREMENTS[measurement].tags;
    if (wanted.every((tag) => tag in tags)) return tags;
    const { building = UNKNOWN, carrier = UNKNOWN } = meters.findMeter(tags.meter ?? '') ?? {};
    return { building, carrier, ...tags };
  }

  return {
    span: async (measurement) => {
      const first = await end(measurement, '');
      if (first.length === 0) return undefined;
      const last = await end(measurement, 'ORDER BY time DESC');
      const least = first.reduce((a, b) => Math.min(a, b));
      return { fromMs: least, toMs: last.reduce((a, b) => Math.max(a, b)) + 1 };
    },
    read,
    write: async (measurement, points) => {
      let [known, full]: [StoredPoint['tags'] | undefined, StoredPoint['tags']] = [undefined, {}];
      await db.append(measurement, points, ({ tags, fields, atMs }) => {
        if (tags !== known) full = withAllTags(measurement, tags);
        known = tags;
        return { measurement, tags: full, fields, atMs };
      });
    },
  };
}
