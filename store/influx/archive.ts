/** The server's databases as points, and back. */
import type { TimeRange } from '../../domain/period.ts';
import { COUNTER_IDS } from '../../domain/quantities.ts';
import type { Archive, StoredPoint } from '../archive.ts';
import type { MeterLookup } from '../checks.ts';
import { MEASUREMENTS, type MeasurementName } from '../schema.ts';
import type { Connection } from './connection.ts';
import { literal, name } from './influxql.ts';
import { SERIES_ROWS, type Series } from './query.ts';

/**
 * Where points may lie, by the quarter: a query over all shards at once would open a cursor a
 * series, shard and field, gigabytes of them in a large database.
 */
const QUARTERS: readonly TimeRange[] = Array.from({ length: 4 * 130 }, (_, quarter) => ({
  fromMs: Date.UTC(1970, quarter * 3),
  toMs: Date.UTC(1970, quarter * 3 + 3),
}));

/** A field that every point has, for finding series at the price of one; all where there is none. */
const PRESENT: Readonly<Partial<Record<MeasurementName, string>>> = {
  reading: 'quality',
  meter_status: 'state',
  consumption: 'coverage',
  outdoor_temperature: 'celsius',
  building_consumption: 'coverage',
  agency_consumption: 'coverage',
  restatement: 'coverage',
  finding: 'to_ms',
  arrival: 'from_ms',
  assessment: 'completeness',
  load_profile: 'value',
  event: 'text',
};

function anyColumn(from: MeasurementName): string {
  const field = PRESENT[from];
  return field === undefined ? '*' : name(field);
}

const EVER: TimeRange = { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER };

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
    const meter = meters.findAnyMeter(tags.meter ?? '');
    return meter?.building === tags.building && meter?.carrier === tags.carrier;
  }

  /** One row of each series. What lies under a meter's present tags comes last, so that it holds. */
  async function seriesIn(from: MeasurementName, range: TimeRange): Promise<Series[]> {
    const tail = 'GROUP BY * LIMIT 1';
    const series = await db.select({ columns: anyColumn(from), from, where: [], range, tail });
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

  function withAllTags(measurement: MeasurementName, tags: StoredPoint['tags']) {
    const wanted: readonly string[] = MEASUREMENTS[measurement].tags;
    if (wanted.every((tag) => tag in tags)) return tags;
    const { building = UNKNOWN, carrier = UNKNOWN } = meters.findAnyMeter(tags.meter ?? '') ?? {};
    return { building, carrier, ...tags };
  }

  return {
    span: async (from) => {
      const columns = anyColumn(from);
      const tail = columns === '*' ? 'GROUP BY * LIMIT 1' : 'LIMIT 1';
      const queries = QUARTERS.map((range) => ({
        columns,
        from,
        where: [],
        range,
        tail,
      }));
      const answers = await db.selectAll(queries);
      const held = QUARTERS.filter((_, index) => (answers[index] ?? []).length > 0);
      const [first, last] = [held.at(0), held.at(-1)];
      return first && last && { fromMs: first.fromMs, toMs: last.toMs };
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
    clearRepeated: async () => {
      // By a tag of few values: a statement a meter takes a tenth of a second each.
      for (const counter of COUNTER_IDS) await db.remove('night', { counter }, EVER);
    },
  };
}
