/** Late readings' arrivals in InfluxDB. */
import { knownMeter, type MeterLookup, mergedArrivals, rowLimit, whole } from '../checks.ts';
import type { Store } from '../port.ts';
import type { Arrival } from '../schema.ts';
import type { Connection } from './connection.ts';
import { names } from './influxql.ts';
import type { Point } from './line-protocol.ts';
import { SERIES_ROWS } from './query.ts';

const QUERY = {
  from: 'arrival',
  columns: names(['from_ms', 'to_ms', 'meter']),
  where: [],
} as const;
const FOR_EVER_MS = Number.MAX_SAFE_INTEGER;

function toArrival([arrivedAtMs, fromMs, toMs, meterId]: readonly unknown[]): Arrival {
  return {
    meterId: String(meterId),
    arrivedAtMs: Number(arrivedAtMs),
    fromMs: Number(fromMs),
    toMs: Number(toMs),
  };
}

export function createArrivalQueries(
  db: Connection,
  meters: MeterLookup,
): Pick<Store, 'writeArrivals' | 'arrivals'> {
  /** Those of the newest instant: the collector may write, not read, so it remembers what it wrote. */
  let newest: readonly Arrival[] = [];

  function toPoint({ meterId, arrivedAtMs, fromMs, toMs }: Arrival): Point {
    knownMeter(meters, meterId);
    return {
      measurement: 'arrival',
      tags: { meter: meterId },
      fields: {
        from_ms: whole(fromMs, 'fromMs', meterId),
        to_ms: whole(toMs, 'toMs', meterId),
      },
      atMs: arrivedAtMs,
    };
  }

  return {
    writeArrivals: async (arrivals) => {
      if (arrivals.length === 0) return;
      const merged = mergedArrivals([...newest, ...arrivals]);
      const lastMs = Math.max(...merged.map(({ arrivedAtMs }) => arrivedAtMs));
      newest = merged.filter(({ arrivedAtMs }) => arrivedAtMs === lastMs);
      await db.append('arrival', merged, toPoint);
    },
    arrivals: async (afterMs, atMost) => {
      // One page: the next could not tell which of an instant's arrivals are still to come.
      const limit = Math.max(1, Math.min(rowLimit(atMost), SERIES_ROWS));
      const range = { fromMs: afterMs + 1, toMs: FOR_EVER_MS };
      const rows = await db.page({ ...QUERY, range }, limit, 'oldest');
      const lastMs = Number(rows.at(-1)?.[0]);
      const found = rows.map(toArrival);
      if (rows.length < limit) return sorted(found);
      const instant = { fromMs: lastMs, toMs: lastMs + 1 };
      const whole = (await db.select({ ...QUERY, range: instant })).flatMap(
        (series) => series.rows,
      );
      const before = found.filter(({ arrivedAtMs }) => arrivedAtMs < lastMs);
      return sorted([...before, ...whole.map(toArrival)]);
    },
  };
}

function sorted(arrivals: Arrival[]): Arrival[] {
  return arrivals.sort((a, b) => a.arrivedAtMs - b.arrivedAtMs || (a.meterId < b.meterId ? -1 : 1));
}
