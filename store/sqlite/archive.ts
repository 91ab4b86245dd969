/** The store file as points, and back. */
import type { SQLInputValue } from 'node:sqlite';
import type { ConsumptionClass } from '../../domain/consumption.ts';
import type { TimeRange } from '../../domain/period.ts';
import type { Archive, StoredPoint } from '../archive.ts';
import type { MeterLookup } from '../checks.ts';
import { MEASUREMENTS, type MeasurementName, REPEATED } from '../schema.ts';
import { CLASSES } from './amounts.ts';
import type { Database, Row } from './database.ts';
import { CLASS_CODES } from './migrations.ts';
import { TABLES, type TableMap, timeColumn } from './tables.ts';

/** Rows of a table that are no series come in pages of this size. */
const PAGE_ROWS = 10_000;

interface Column {
  readonly name: string;
  readonly isText: boolean;
  readonly isRequired: boolean;
}

/** The columns that are fields: not the key, and not the tags. */
function fieldColumns(db: Database, measurement: MeasurementName): Column[] {
  const map = TABLES[measurement];
  const tags: readonly string[] = MEASUREMENTS[measurement].tags;
  const isKey = (name: string) =>
    name === 'series' || name === 'local_hour' || name === timeColumn(map) || tags.includes(name);
  return db
    .all(`PRAGMA table_info(${map.table})`)
    .map((row) => ({
      name: String(row.name),
      isText: row.type === 'TEXT',
      isRequired: row.notnull === 1,
    }))
    .filter(({ name }) => !isKey(name));
}

function fieldsOf(row: Row, columns: readonly Column[], measurement: MeasurementName) {
  if (measurement === 'collector') return JSON.parse(String(row.fields));
  const fields: Record<string, number | string> = {};
  for (const { name } of columns) {
    const value = row[name];
    if (name === 'class') fields.class = CLASSES.get(Number(value)) ?? 'missing';
    else if (typeof value === 'number' || typeof value === 'string') fields[name] = value;
  }
  return fields;
}

/** What a column takes of a point; what older points lack is what it was before there was such a field. */
function columnValue({ name, isText, isRequired }: Column, { fields }: StoredPoint): SQLInputValue {
  const value = fields[name];
  if (name === 'class' && typeof value === 'string') return CLASS_CODES[value as ConsumptionClass];
  if (isRequired) return value ?? (isText ? '' : 0);
  return value === undefined || value === '' ? null : value;
}

function tagsOfSeries(map: TableMap & { kind: 'series' }, series: Row): Record<string, string> {
  const { subject, cut, name = [] } = map;
  const parts = String(series.name).split('/');
  return {
    [subject]: String(series.subject),
    ...(cut === undefined ? {} : { [cut]: String(series.cut) }),
    ...Object.fromEntries(name.map((tag, index) => [tag, parts[index] ?? ''])),
  };
}

/** Tags whose stored form differs: a revision, and the local hour of a load profile. */
function tagsOfRow(row: Row, measurement: MeasurementName): Record<string, string> {
  if (measurement === 'load_profile') return { hour: String(row.local_hour).padStart(2, '0') };
  if (TABLES[measurement].kind === 'series') return {};
  const tags = MEASUREMENTS[measurement].tags.map((tag) => [
    tag,
    tag === 'revision' ? `r${row.revision}` : String(row[tag]),
  ]);
  return Object.fromEntries(tags);
}

export function createArchive(db: Database, meters: MeterLookup): Archive {
  /** The file knows meters; where they are and what they measure is the registry's. */
  function meterTags(tags: Readonly<Record<string, string>>, measurement: MeasurementName) {
    const wanted: readonly string[] = MEASUREMENTS[measurement].tags;
    const meter = wanted.includes('building') && meters.findAnyMeter(tags.meter ?? '');
    return meter ? { building: meter.building, carrier: meter.carrier } : {};
  }

  function seriesOf(measurement: MeasurementName): Row[] {
    return db.all(
      'SELECT * FROM series WHERE measurement = ? ORDER BY subject, cut, name',
      measurement,
    );
  }

  function toPoints(measurement: MeasurementName, rows: readonly Row[], tags: StoredPoint['tags']) {
    const columns = fieldColumns(db, measurement);
    const time = timeColumn(TABLES[measurement]);
    const isPlain = TABLES[measurement].kind === 'plain' || measurement === 'load_profile';
    return rows.map((row) => ({
      // One object a series: whoever writes them can tell a run by it.
      tags: isPlain ? { ...tags, ...tagsOfRow(row, measurement) } : tags,
      fields: fieldsOf(row, columns, measurement),
      atMs: Number(row[time]),
    }));
  }

  async function* readSeries(measurement: MeasurementName, { fromMs, toMs }: TimeRange) {
    const map = TABLES[measurement];
    if (map.kind !== 'series') return;
    for (const series of seriesOf(measurement)) {
      const rows = db.all(
        `SELECT * FROM ${map.table} WHERE series = ? AND at_ms >= ? AND at_ms < ? ORDER BY at_ms`,
        Number(series.id),
        fromMs,
        toMs,
      );
      const tags = tagsOfSeries(map, series);
      if (rows.length > 0) {
        yield toPoints(measurement, rows, { ...tags, ...meterTags(tags, measurement) });
      }
    }
  }

  async function* readPlain(measurement: MeasurementName, { fromMs, toMs }: TimeRange) {
    const map = TABLES[measurement];
    const [table, time] = [map.table, timeColumn(map)];
    const order = MEASUREMENTS[measurement].tags.join(', ');
    for (let offset = 0; ; offset += PAGE_ROWS) {
      const rows = db.all(
        `SELECT * FROM ${table} WHERE ${time} >= ? AND ${time} < ? ORDER BY ${time}, ${order} LIMIT ? OFFSET ?`,
        fromMs,
        toMs,
        PAGE_ROWS,
        offset,
      );
      if (rows.length > 0) yield toPoints(measurement, rows, {});
      if (rows.length < PAGE_ROWS) return;
    }
  }

  function keyColumns(measurement: MeasurementName): readonly string[] {
    const map = TABLES[measurement];
    if (map.kind === 'plain') return [map.time, ...MEASUREMENTS[measurement].tags];
    return ['at_ms', 'series', ...(measurement === 'load_profile' ? ['local_hour'] : [])];
  }

  /** In the order of `keyColumns`. */
  function keyValues(measurement: MeasurementName, { tags, atMs }: StoredPoint): SQLInputValue[] {
    const map = TABLES[measurement];
    if (map.kind === 'plain') {
      const own = MEASUREMENTS[measurement].tags.map((tag) =>
        tag === 'revision' ? Number(tags[tag]?.slice(1)) : (tags[tag] ?? ''),
      );
      return [atMs, ...own];
    }
    const { subject, cut, name = [] } = map;
    const series = db.seriesId({
      measurement,
      subject: tags[subject] ?? '',
      cut: cut === undefined ? '' : (tags[cut] ?? ''),
      name: name.map((tag) => tags[tag] ?? '').join('/'),
    });
    return [atMs, series, ...(measurement === 'load_profile' ? [Number(tags.hour)] : [])];
  }

  return {
    span: async (measurement) => {
      const map = TABLES[measurement];
      const time = timeColumn(map);
      const sql = `SELECT min(${time}), max(${time}) FROM ${map.table}`;
      // Of a series, each end is one seek; of a whole table only where time comes first in its key.
      const ends =
        map.kind === 'plain'
          ? db.arrays(sql)
          : seriesOf(measurement).flatMap(({ id }) =>
              db.arrays(`${sql} WHERE series = ?`, Number(id)),
            );
      const known = ends.filter(([first]) => first !== null);
      if (known.length === 0) return undefined;
      return {
        fromMs: known.reduce(
          (least, [first]) => Math.min(least, Number(first)),
          Number.POSITIVE_INFINITY,
        ),
        toMs: known.reduce((most, [, last]) => Math.max(most, Number(last)), 0) + 1,
      };
    },
    read: (measurement, range) =>
      TABLES[measurement].kind === 'series'
        ? readSeries(measurement, range)
        : readPlain(measurement, range),
    write: async (measurement, points) =>
      db.write(() => {
        const columns = fieldColumns(db, measurement);
        const names = [...keyColumns(measurement), ...columns.map(({ name }) => `"${name}"`)];
        const holes = names.map(() => '?').join(', ');
        const { table } = TABLES[measurement];
        const sql = `INSERT OR REPLACE INTO ${table} (${names.join(', ')}) VALUES (${holes})`;
        for (const point of points) {
          const values =
            measurement === 'collector'
              ? [JSON.stringify(point.fields)]
              : columns.map((column) => columnValue(column, point));
          db.run(sql, ...keyValues(measurement, point), ...values);
        }
      }),
    clearRepeated: async () =>
      db.write(() => {
        for (const measurement of REPEATED) db.run(`DELETE FROM ${TABLES[measurement].table}`);
      }),
  };
}
