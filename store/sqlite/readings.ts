/** Readings, statuses and the collector's own figures in SQLite. */
import { METER_STATES, meterStateOf } from '../../domain/meter-state.ts';
import type { TimeRange } from '../../domain/period.ts';
import { QUANTITY_IDS } from '../../domain/quantities.ts';
import type { MeterStatus, Reading } from '../../domain/reading.ts';
import {
  bucketLength,
  finite,
  knownMeter,
  type MeterLookup,
  rowLimit,
  sortedIds,
  toColumns,
  whole,
} from '../checks.ts';
import type { Store } from '../port.ts';
import type { CollectorPoint } from '../schema.ts';
import type { Database, Row } from './database.ts';

const COLUMNS = QUANTITY_IDS.map((id) => `"${id}"`);
/** Registers that arrive apart for one instant are merged, as InfluxDB merges the fields of a point. */
const UPSERT_READING = `INSERT INTO reading (series, at_ms, quality, ${COLUMNS.join(', ')})
  VALUES (?, ?, ?${', ?'.repeat(COLUMNS.length)}) ON CONFLICT DO UPDATE SET quality = excluded.quality,
  ${COLUMNS.map((column) => `${column} = coalesce(excluded.${column}, ${column})`).join(', ')}`;
const IN_RANGE = 'series = ?1 AND at_ms >= ?2 AND at_ms < ?3';

function toReading(meterId: string, row: Row): Reading {
  const values: Partial<Record<string, number>> = {};
  for (const id of QUANTITY_IDS) {
    const value = row[id];
    if (typeof value === 'number') values[id] = value;
  }
  return { meterId, atMs: Number(row.at_ms), quality: Number(row.quality), values };
}

function toStatus(meterId: string, row: Row): MeterStatus {
  const { reason, age_ms: ageMs } = row;
  return {
    meterId,
    atMs: Number(row.at_ms),
    state: meterStateOf(Number(row.state)),
    ...(typeof reason === 'string' ? { reason } : {}),
    ...(typeof ageMs === 'number' ? { ageMs } : {}),
  };
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
  | 'counterColumns'
  | 'meanPerBucket'
>;

export function createReadingTables(db: Database, meters: MeterLookup): ReadingMethods {
  function writeReading({ meterId, atMs, quality, values }: Reading): void {
    knownMeter(meters, meterId);
    const registers = QUANTITY_IDS.map((id) => {
      const value = values[id];
      return value === undefined ? null : finite(value, id, meterId);
    });
    const series = db.seriesId({ measurement: 'reading', subject: meterId });
    const instant = whole(atMs, 'atMs', meterId);
    db.run(UPSERT_READING, series, instant, whole(quality, 'quality', meterId), ...registers);
  }

  function writeStatus({ meterId, atMs, state, reason, ageMs }: MeterStatus): void {
    knownMeter(meters, meterId);
    db.run(
      'INSERT OR REPLACE INTO meter_status (series, at_ms, state, reason, age_ms) VALUES (?, ?, ?, ?, ?)',
      db.seriesId({ measurement: 'meter_status', subject: meterId }),
      whole(atMs, 'atMs', meterId),
      METER_STATES[state].code,
      reason ?? null,
      ageMs === undefined ? null : finite(ageMs, 'ageMs', meterId),
    );
  }

  function writePoint({ bus, atMs, fields }: CollectorPoint): void {
    for (const [name, value] of Object.entries(fields)) finite(value, name, bus);
    db.run(
      'INSERT OR REPLACE INTO collector (series, at_ms, fields) VALUES (?, ?, ?)',
      db.seriesId({ measurement: 'collector', subject: bus }),
      whole(atMs, 'atMs', bus),
      JSON.stringify(fields),
    );
  }

  function each<T>(rows: Iterable<T>, write: (row: T) => void): void {
    db.write(() => {
      for (const row of rows) write(row);
    });
  }

  /** Rows of one meter, where `rest` may narrow, order and limit them. */
  function rowsOf(table: 'reading' | 'meter_status', meterId: string, range: TimeRange) {
    const [series] = db.findSeries({ measurement: table, subject: meterId });
    return (columns: string, rest: string, ...values: number[]): Row[] => {
      if (series === undefined) return [];
      const sql = `SELECT ${columns} FROM ${table} WHERE ${IN_RANGE} ${rest}`;
      return db.all(sql, series.id, range.fromMs, range.toMs, ...values);
    };
  }

  function latest(
    table: 'reading' | 'meter_status',
    meterIds: readonly string[],
    range: TimeRange,
  ) {
    return sortedIds(meterIds).flatMap((meterId) =>
      rowsOf(
        table,
        meterId,
        range,
      )('*', 'ORDER BY at_ms DESC LIMIT 1').map((row) => ({
        meterId,
        row,
      })),
    );
  }

  return {
    writeReadings: async (readings) => each(readings, writeReading),
    writeStatuses: async (statuses) => each(statuses, writeStatus),
    writeCollector: async (points) => each(points, writePoint),
    latestReadings: async (meterIds, range) =>
      db.read(() =>
        latest('reading', meterIds, range).map(({ meterId, row }) => toReading(meterId, row)),
      ),
    latestStatuses: async (meterIds, range) =>
      db.read(() =>
        latest('meter_status', meterIds, range).map(({ meterId, row }) => toStatus(meterId, row)),
      ),
    statuses: async (meterId, range, limit) =>
      db.read(() =>
        rowsOf('meter_status', meterId, range)('*', 'ORDER BY at_ms DESC LIMIT ?', rowLimit(limit))
          .reverse()
          .map((row) => toStatus(meterId, row)),
      ),
    readings: async (meterId, range, limit) =>
      db.read(() =>
        rowsOf('reading', meterId, range)('*', 'ORDER BY at_ms LIMIT ?', rowLimit(limit)).map(
          (row) => toReading(meterId, row),
        ),
      ),
    counterColumns: async (meterId, counter, range) =>
      db.read(() => {
        const [series] = db.findSeries({ measurement: 'reading', subject: meterId });
        const rows =
          series === undefined
            ? []
            : db.arrays(
                `SELECT at_ms, "${counter}" FROM reading WHERE ${IN_RANGE} AND "${counter}" IS NOT NULL ORDER BY at_ms`,
                series.id,
                range.fromMs,
                range.toMs,
              );
        return toColumns(rows);
      }),
    meanPerBucket: async (meterId, quantity, range, everyMs) =>
      db.read(() =>
        rowsOf('reading', meterId, range)(
          `CAST(at_ms / ?4 AS INTEGER) AS bucket, avg("${quantity}") AS value`,
          `AND "${quantity}" IS NOT NULL GROUP BY bucket ORDER BY bucket`,
          bucketLength(everyMs),
        ).map((row) => ({
          atMs: Number(row.bucket) * everyMs,
          value: Number(row.value),
        })),
      ),
  };
}
