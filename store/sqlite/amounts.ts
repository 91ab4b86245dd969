/** Rows of meters, buildings and agencies in SQLite: families of series in one table. */
import type { SQLInputValue, SQLOutputValue } from 'node:sqlite';
import type { Amount, ConsumptionClass } from '../../domain/consumption.ts';
import type { FindingCode } from '../../domain/finding.ts';
import { finite, sortedIds, whole } from '../checks.ts';
import type { Store } from '../port.ts';
import {
  type Family,
  isNamed,
  isSameKey,
  keyOf,
  type RowKey,
  type RowTable,
  type Selection,
} from '../rows.ts';
import type { Database } from './database.ts';
import { CLASS_CODES } from './migrations.ts';

type Figures = Omit<Amount, 'resolution' | 'startMs' | 'revision'>;

export const FIGURE_COLUMNS =
  'value, coverage, manual, estimated, known, class, flags, rule_version';

export const CLASSES = new Map(
  Object.entries(CLASS_CODES).map(([name, code]) => [code, name as ConsumptionClass]),
);
const NO_FLAGS: readonly FindingCode[] = [];

/** In the order of the columns. */
export function figureValues(row: Figures, subject: string): SQLInputValue[] {
  return [
    row.value === null ? null : finite(row.value, 'value', subject),
    finite(row.coverage, 'coverage', subject),
    finite(row.manual, 'manual', subject),
    finite(row.estimated, 'estimated', subject),
    finite(row.known, 'known', subject),
    CLASS_CODES[row.class],
    row.flags.join(','),
    whole(row.ruleVersion, 'ruleVersion', subject),
  ];
}

/** What `figureValues` wrote, from a row that starts with the columns. */
export function toFigures(row: readonly SQLOutputValue[]): Figures {
  const [value, coverage, manual, estimated, known, code, flags, ruleVersion] = row;
  return {
    value: typeof value === 'number' ? value : null,
    coverage: Number(coverage),
    manual: Number(manual),
    estimated: Number(estimated),
    known: Number(known),
    class: CLASSES.get(Number(code)) ?? 'missing',
    flags: flags === '' ? NO_FLAGS : (String(flags).split(',') as FindingCode[]),
    ruleVersion: Number(ruleVersion),
  };
}

const UPSERT = `INSERT OR REPLACE INTO amount (${FIGURE_COLUMNS}, series, at_ms)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
/** A row like nearly all of them: measured from end to end, and nothing found. */
const IS_WHOLE = `class = ${CLASS_CODES.measured} AND coverage = 1 AND known = 1 AND manual = 0
  AND estimated = 0 AND flags = ''`;
const WITHIN = 'FROM amount WHERE series = ?1 AND at_ms >= ?2 AND at_ms < ?3';
/** Three columns a row instead of nine: what a whole row says needs no columns. */
const SELECT = `SELECT at_ms, value, iif(${IS_WHOLE}, rule_version, NULL) ${WITHIN} ORDER BY at_ms`;
const SELECT_OTHERS = `SELECT ${FIGURE_COLUMNS}, at_ms ${WITHIN} AND NOT (${IS_WHOLE}) ORDER BY at_ms`;
/** Rows that are looked at together for any that is not whole. */
const STRETCH_ROWS = 200;
const SELECT_FLAGGED = `SELECT ${FIGURE_COLUMNS}, at_ms ${WITHIN} AND flags <> '' ORDER BY at_ms`;

export function createAmountTable(db: Database): RowTable & Pick<Store, 'lastMeterConsumption'> {
  /** Rows come a series after the other: its id is looked up once a run. */
  function seriesOf<T extends Amount>(family: Family<T>): (row: T) => number {
    let key: RowKey | undefined;
    let id = 0;
    return (row) => {
      const next = keyOf(family, row);
      if (key !== undefined && isSameKey(key, next)) return id;
      key = next;
      const { subject, name, resolution: cut } = next;
      id = db.seriesId({ measurement: family.measurement, subject, cut, name });
      return id;
    };
  }

  /** Rows of one series, in order. */
  function rowsIn<T>(
    id: number,
    { range, resolution, flaggedOnly }: Selection,
    make: (amount: Amount) => T,
  ): T[] {
    const inFull = (row: SQLOutputValue[]) =>
      make({ ...toFigures(row), resolution, startMs: Number(row[8]), revision: 0 });
    if (flaggedOnly) return db.arrays(SELECT_FLAGGED, id, range.fromMs, range.toMs).map(inFull);
    const rows = db.arrays(SELECT, id, range.fromMs, range.toMs);
    const others = othersAmong(id, rows);
    return rows.map((row) => {
      const [at, value, ruleVersion] = row;
      const other = ruleVersion === null ? others.get(Number(at)) : undefined;
      if (other) return inFull(other);
      // Written out, an object takes half the time of one that is spread; there are millions.
      return make({
        resolution,
        startMs: Number(at),
        value: typeof value === 'number' ? value : null,
        coverage: 1,
        manual: 0,
        estimated: 0,
        known: 1,
        class: 'measured',
        flags: NO_FLAGS,
        ruleVersion: Number(ruleVersion),
        revision: 0,
      });
    });
  }

  /** In full, those of the rows that are not whole, by instant: a stretch with none of them is not read again. */
  function othersAmong(
    id: number,
    rows: readonly SQLOutputValue[][],
  ): Map<number, SQLOutputValue[]> {
    const others = new Map<number, SQLOutputValue[]>();
    for (let at = 0; at < rows.length; at += STRETCH_ROWS) {
      const stretch = rows.slice(at, at + STRETCH_ROWS);
      if (stretch.every((row) => row[2] !== null)) continue;
      const [fromMs, lastMs] = [Number(stretch[0]?.[0]), Number(stretch.at(-1)?.[0])];
      for (const row of db.arrays(SELECT_OTHERS, id, fromMs, lastMs + 1)) {
        others.set(Number(row[8]), row);
      }
    }
    return others;
  }

  function rowsOf<T extends Amount>(family: Family<T>, subject: string, selection: Selection): T[] {
    const series = db
      .findSeries({ measurement: family.measurement, subject, cut: selection.resolution })
      .filter(({ name }) => isNamed(selection, name));
    const rows = series.flatMap(({ id, name }) =>
      rowsIn(id, selection, family.maker(subject, name)),
    );
    return series.length > 1 ? rows.sort((a, b) => a.startMs - b.startMs) : rows;
  }

  return {
    write: async (family, rows) =>
      db.write(() => {
        const idOf = seriesOf(family);
        for (const row of rows) {
          const subject = family.subjectOf(row);
          db.run(
            UPSERT,
            ...figureValues(row, subject),
            idOf(row),
            whole(row.startMs, 'startMs', subject),
          );
        }
      }),
    select: async (family, selection) =>
      db.read(() => selection.subjects.flatMap((subject) => rowsOf(family, subject, selection))),
    lastMeterConsumption: async ({ meterIds, resolution, range }) =>
      db.read(() => {
        const newest = new Map<string, number>();
        for (const subject of sortedIds(meterIds)) {
          const key = { measurement: 'consumption', subject, cut: resolution };
          for (const { id } of db.findSeries(key)) {
            const [row] = db.all(
              'SELECT max(at_ms) AS at_ms FROM amount WHERE series = ? AND at_ms >= ? AND at_ms < ?',
              id,
              range.fromMs,
              range.toMs,
            );
            const atMs = row?.at_ms;
            if (typeof atMs !== 'number') continue;
            newest.set(subject, Math.max(atMs, newest.get(subject) ?? atMs));
          }
        }
        return newest;
      }),
  };
}
