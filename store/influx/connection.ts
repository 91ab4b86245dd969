/** One server as the parts of the adapter use it: write points, select, page through long answers. */
import type { TimeRange } from '../../domain/period.ts';
import { rowLimit } from '../checks.ts';
import { MEASUREMENTS, type MeasurementName } from '../schema.ts';
import { remove, type Select, select } from './influxql.ts';
import { type Point, toLine } from './line-protocol.ts';
import { type QueryClient, SERIES_ROWS, type Series } from './query.ts';
import { clearStale, runAll } from './stale.ts';
import type { Transport } from './transport.ts';

export interface Connection {
  /** Writes points of one measurement. A `value` of `null` replaces whatever was there. */
  write(points: readonly Point[]): Promise<void>;
  /** Writes points of one measurement that has no `value`, each made when its turn comes. */
  append<T>(
    measurement: MeasurementName,
    rows: Iterable<T>,
    toPoint: (row: T) => Point,
  ): Promise<void>;
  /** Removes the points of all series that have these tags. */
  remove(from: MeasurementName, tags: Point['tags'], range: TimeRange): Promise<void>;
  select(query: Select): Promise<Series[]>;
  /** Many queries of one measurement, an answer each. */
  selectAll(queries: readonly Select[]): Promise<Series[][]>;
  /** At most `limit` rows from one end of the range, fetched page by page, oldest first. */
  page(
    query: Omit<Select, 'tail'>,
    limit: number,
    end: 'oldest' | 'newest',
  ): Promise<(readonly unknown[])[]>;
}

function* linesOf<T>(rows: Iterable<T>, toPoint: (row: T) => Point): Iterable<string> {
  for (const row of rows) {
    const line = toLine(toPoint(row));
    if (line !== undefined) yield line;
  }
}

export function createConnection(transport: Transport, client: QueryClient): Connection {
  async function run(query: Select): Promise<Series[]> {
    return client.series(MEASUREMENTS[query.from].database, select(query));
  }

  const page: Connection['page'] = async (query, atMost, end) => {
    const limit = rowLimit(atMost);
    const rows: (readonly unknown[])[] = [];
    const order = end === 'oldest' ? 'ORDER BY time' : 'ORDER BY time DESC';
    let { range } = query;
    while (rows.length < limit) {
      const size = Math.min(limit - rows.length, SERIES_ROWS);
      const series = await run({ ...query, range, tail: `${order} LIMIT ${size}` });
      const more = series.flatMap((one) => one.rows);
      rows.push(...more);
      if (more.length < size) break;
      const atMs = Number(more.at(-1)?.[0]);
      range = end === 'oldest' ? { ...range, fromMs: atMs + 1 } : { ...range, toMs: atMs };
    }
    return end === 'oldest' ? rows : rows.reverse();
  };

  return {
    write: async (points) => {
      const [first] = points;
      if (first === undefined) return;
      const lines = [...linesOf(points, (point) => point)];
      await clearStale(client, points);
      await transport.write(MEASUREMENTS[first.measurement].database, lines);
    },
    append: (measurement, rows, toPoint) =>
      transport.write(MEASUREMENTS[measurement].database, linesOf(rows, toPoint)),
    remove: async (from, tags, range) => {
      await client.run(MEASUREMENTS[from].database, [remove(from, tags, range)]);
    },
    select: run,
    selectAll: async (queries) => {
      const [first] = queries;
      if (first === undefined) return [];
      return runAll(client, MEASUREMENTS[first.from].database, queries.map(select));
    },
    page,
  };
}
