/** One register over time from InfluxDB; what is asked for several meters in one turn goes in one query. */
import type { TimeRange } from '../../domain/period.ts';
import type { QuantityId } from '../../domain/quantities.ts';
import { sortedIds, toColumns } from '../checks.ts';
import type { CounterColumns, Store } from '../port.ts';
import type { Connection } from './connection.ts';
import { matches, name, type Select } from './influxql.ts';
import { SERIES_ROWS, type Series } from './query.ts';
import { chunks } from './readings.ts';

/** Each answers with up to `SERIES_ROWS` rows, and an answer is parsed as a whole. */
const METERS_PER_QUERY = 20;
const TAIL = `GROUP BY "meter" ORDER BY time LIMIT ${SERIES_ROWS}`;
const NOTHING = toColumns([]);

interface Batch {
  readonly meterIds: Set<string>;
  readonly found: Promise<ReadonlyMap<string, CounterColumns>>;
}

export function createColumnQueries(db: Connection): Pick<Store, 'counterColumns'> {
  const open = new Map<string, Batch>();

  async function ask(meterIds: readonly string[], counter: QuantityId, range: TimeRange) {
    const found = new Map<string, CounterColumns>();
    const query = { from: 'reading', columns: name(counter), range } as const;
    for (const ids of chunks(meterIds, METERS_PER_QUERY)) {
      const answer = await db.select({ ...query, where: [matches('meter', ids)], tail: TAIL });
      for (const { tags, rows } of answer) {
        const { meter = '' } = tags;
        const isAll = rows.length < SERIES_ROWS;
        const own = { ...query, where: [matches('meter', [meter])] };
        const all = isAll ? rows : [...rows, ...(await after(rows, own))];
        // Two series of one meter, left by a changed building or carrier, may hold the same instant.
        found.set(meter, toColumns(all.filter(([atMs], index) => atMs !== all[index + 1]?.[0])));
      }
    }
    return found;
  }

  async function after(rows: Series['rows'], query: Select) {
    const range = { ...query.range, fromMs: Number(rows.at(-1)?.[0]) + 1 };
    return db.page({ ...query, range }, Number.POSITIVE_INFINITY, 'oldest');
  }

  function batchOf(counter: QuantityId, range: TimeRange): Batch {
    const key = `${counter} ${range.fromMs} ${range.toMs}`;
    const known = open.get(key);
    if (known) return known;
    const meterIds = new Set<string>();
    const found = Promise.resolve().then(() => {
      open.delete(key);
      return ask(sortedIds([...meterIds]), counter, range);
    });
    const batch = { meterIds, found };
    open.set(key, batch);
    return batch;
  }

  return {
    counterColumns: async (meterId, counter, range) => {
      const { meterIds, found } = batchOf(counter, range);
      meterIds.add(meterId);
      return (await found).get(meterId) ?? NOTHING;
    },
  };
}
