/** Readings, statuses and the collector's own figures in InfluxDB. */
import { METER_STATES, meterStateOf } from '../../domain/meter-state.ts';
import type { TimeRange } from '../../domain/period.ts';
import { QUANTITY_IDS } from '../../domain/quantities.ts';
import type { MeterStatus, Reading } from '../../domain/reading.ts';
import {
  bucketLength,
  knownMeter,
  type MeterLookup,
  type StoredMeter,
  sortedIds,
} from '../checks.ts';
import type { Store } from '../port.ts';
import type { CollectorPoint } from '../schema.ts';
import type { Connection } from './connection.ts';
import { matches, name, names, windows } from './influxql.ts';
import type { Point } from './line-protocol.ts';
import { SERIES_ROWS } from './query.ts';

type Row = readonly unknown[];

const READING_COLUMNS = names(['quality', ...QUANTITY_IDS]);
const STATUS_COLUMNS = names(['state', 'reason', 'age_ms']);
/** Meters a query may name: long enough to be few queries, short enough to be parsed. */
const METERS_PER_QUERY = 200;
const NEWEST = 'ORDER BY time DESC LIMIT 1';

interface MeterTags {
  readonly [tag: string]: string;
  readonly building: string;
  readonly carrier: string;
  readonly meter: string;
}

/** One object a meter, as long as the registry has it: its series is put together once. */
const knownTags = new WeakMap<StoredMeter, MeterTags>();

/** The tags of everything that is stored by meter. */
export function meterTags(meters: MeterLookup, meterId: string): MeterTags {
  const meter = knownMeter(meters, meterId);
  let tags = knownTags.get(meter);
  if (!tags) {
    tags = { building: meter.building, carrier: meter.carrier, meter: meterId };
    knownTags.set(meter, tags);
  }
  return tags;
}

export function chunks<T>(values: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(values.length / size) }, (_, index) =>
    values.slice(index * size, (index + 1) * size),
  );
}

function toReading(meterId: string, [atMs, quality, ...registers]: Row): Reading {
  const values: Partial<Record<string, number>> = {};
  for (const [index, id] of QUANTITY_IDS.entries()) {
    const value = registers[index];
    if (typeof value === 'number') values[id] = value;
  }
  return { meterId, atMs: Number(atMs), quality: Number(quality), values };
}

function toStatus(meterId: string, [atMs, state, reason, ageMs]: Row): MeterStatus {
  return {
    meterId,
    atMs: Number(atMs),
    state: meterStateOf(Number(state)),
    ...(typeof reason === 'string' && reason !== '' ? { reason } : {}),
    ...(typeof ageMs === 'number' ? { ageMs } : {}),
  };
}

/** Two series of one meter, left by a changed building or carrier, may hold the same instant. */
function withoutRepeats<T extends { readonly atMs: number }>(rows: readonly T[]): T[] {
  return rows.filter((row, index) => row.atMs !== rows[index + 1]?.atMs);
}

type ReadingMethods = Pick<
  Store,
  | 'writeReadings'
  | 'writeStatuses'
  | 'writeCollector'
  | 'latestReadings'
  | 'latestStatuses'
  | 'statuses'
  | 'readings'
  | 'meanPerBucket'
>;

export function createReadingQueries(db: Connection, meters: MeterLookup): ReadingMethods {
  function readingPoint({ meterId, atMs, quality, values }: Reading): Point {
    const tags = meterTags(meters, meterId);
    return { measurement: 'reading', tags, quality, fields: values, atMs };
  }

  function statusPoint({ meterId, atMs, state, reason, ageMs }: MeterStatus): Point {
    // The reason is written even when there is none, or a rewritten point would keep its old one.
    const fields = { state: METER_STATES[state].code, reason: reason ?? '', age_ms: ageMs };
    return { measurement: 'meter_status', tags: meterTags(meters, meterId), fields, atMs };
  }

  function collectorPoint({ bus, atMs, fields }: CollectorPoint): Point {
    return { measurement: 'collector', tags: { bus }, fields, atMs };
  }

  async function latest<T>(
    query: { from: 'reading' | 'meter_status'; columns: string; range: TimeRange },
    meterIds: readonly string[],
    make: (meterId: string, row: Row) => T,
  ): Promise<T[]> {
    const found = new Map<string, T>();
    for (const ids of chunks(meterIds, METERS_PER_QUERY)) {
      const where = [matches('meter', ids)];
      const series = await db.select({ ...query, where, tail: `GROUP BY "meter" ${NEWEST}` });
      for (const { tags, rows } of series) {
        const [row] = rows;
        const meterId = tags.meter;
        if (row && meterId !== undefined) found.set(meterId, make(meterId, row));
      }
    }
    return sortedIds([...found.keys()]).flatMap((id) => found.get(id) ?? []);
  }

  function of(from: 'reading' | 'meter_status', columns: string, meterId: string) {
    return { from, columns, where: [matches('meter', [meterId])] };
  }

  return {
    writeReadings: async (readings) => db.append('reading', readings, readingPoint),
    writeStatuses: async (statuses) => db.append('meter_status', statuses, statusPoint),
    writeCollector: async (points) => db.append('collector', points, collectorPoint),
    latestReadings: async (meterIds, range) =>
      latest({ from: 'reading', columns: READING_COLUMNS, range }, sortedIds(meterIds), toReading),
    latestStatuses: async (meterIds, range) =>
      latest(
        { from: 'meter_status', columns: STATUS_COLUMNS, range },
        sortedIds(meterIds),
        toStatus,
      ),
    statuses: async (meterId, range, limit) => {
      const query = of('meter_status', STATUS_COLUMNS, meterId);
      const rows = await db.page({ ...query, range }, limit, 'newest');
      return withoutRepeats(rows.map((row) => toStatus(meterId, row)));
    },
    readings: async (meterId, range, limit) => {
      const rows = await db.page(
        { ...of('reading', READING_COLUMNS, meterId), range },
        limit,
        'oldest',
      );
      return withoutRepeats(rows.map((row) => toReading(meterId, row)));
    },
    meanPerBucket: async (meterId, quantity, range, everyMs) => {
      const tail = `GROUP BY time(${bucketLength(everyMs)}ms) fill(none)`;
      const query = of('reading', `mean(${name(quantity)}) AS "value"`, meterId);
      const means: { atMs: number; value: number }[] = [];
      for (const part of windows(range, everyMs * SERIES_ROWS)) {
        for (const { rows } of await db.select({ ...query, range: part, tail })) {
          means.push(
            ...rows.map(([atMs, value]) => ({ atMs: Number(atMs), value: Number(value) })),
          );
        }
      }
      return means;
    },
  };
}
