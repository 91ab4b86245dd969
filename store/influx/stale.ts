/**
 * Makes room for `null`: InfluxDB merges the fields of a rewritten point, so leaving out a `value`
 * that has become unknown would let the old figure stand, next to a class that says there is none.
 */
import { MEASUREMENTS } from '../schema.ts';
import { literal, name, remove, select } from './influxql.ts';
import type { Point } from './line-protocol.ts';
import type { QueryClient, Series } from './query.ts';

const STATEMENTS_PER_REQUEST = 100;

/** The instants of one series that are to hold no value. */
interface Vacancy {
  readonly point: Point;
  readonly instants: ReadonlySet<number>;
}

function vacancies(points: readonly Point[]): Vacancy[] {
  const empty = points.filter((point) => point.fields.value === null);
  const bySeries = Map.groupBy(empty, (point) => Object.values(point.tags).join(' '));
  return [...bySeries.values()].flatMap((group) => {
    const [point] = group;
    return point ? [{ point, instants: new Set(group.map(({ atMs }) => atMs)) }] : [];
  });
}

function storedRows({ point, instants }: Vacancy): string {
  const [text] = MEASUREMENTS[point.measurement].string;
  const sorted = [...instants].sort((a, b) => a - b);
  return select({
    // The text is never left out, so rows without a value show up too and separate the ranges.
    columns: `"value", ${name(text ?? 'value')}`,
    from: point.measurement,
    where: Object.entries(point.tags).map(([tag, value]) => `${name(tag)} = ${literal(value)}`),
    range: { fromMs: sorted[0] ?? 0, toMs: (sorted.at(-1) ?? 0) + 1 },
  });
}

/** Neighbouring stored rows, all in the vacancy, of which the first has a value; ends included. */
function staleRanges(rows: Series['rows'], instants: ReadonlySet<number>): [number, number][] {
  const ranges: [number, number][] = [];
  let open: [number, number] | undefined;
  for (const [time, value] of rows) {
    const atMs = Number(time);
    if (!instants.has(atMs)) open = undefined;
    else if (open) open[1] = atMs;
    else if (value !== null) {
      open = [atMs, atMs];
      ranges.push(open);
    }
  }
  return ranges;
}

/** One result a statement, a hundred statements a request. */
export async function runAll(client: QueryClient, database: string, statements: readonly string[]) {
  const results: Series[][] = [];
  for (let at = 0; at < statements.length; at += STATEMENTS_PER_REQUEST) {
    const some = statements.slice(at, at + STATEMENTS_PER_REQUEST);
    results.push(...(await client.run(database, some)));
  }
  return results;
}

/** Deletes stored points of one measurement that have a value where the new ones have `null`. */
export async function clearStale(client: QueryClient, points: readonly Point[]): Promise<void> {
  const [first] = points;
  if (first === undefined) return;
  const { database } = MEASUREMENTS[first.measurement];
  const open = vacancies(points);
  const stored = await runAll(client, database, open.map(storedRows));
  const deletions = open.flatMap(({ point, instants }, index) => {
    const rows = (stored[index] ?? []).flatMap((series) => series.rows);
    return staleRanges(rows, instants).map(([fromMs, lastMs]) =>
      remove(point.measurement, point.tags, { fromMs, toMs: lastMs + 1 }),
    );
  });
  await runAll(client, database, deletions);
}
