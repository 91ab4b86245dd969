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
/** Four columns a row instead of nine: what a whole row says needs no columns. */
const SELECT = `SELECT value, at_ms, rule_version, ${IS_WHOLE} ${WITHIN} ORDER BY at_ms`;
const SELECT_OTHERS = `SELECT ${FIGURE_COLUMNS}, at_ms ${WITHIN} AND NOT (${IS_WHOLE}) ORDER BY at_ms`;
const SELECT_FLAGGED = `SELECT ${FIGURE_COLUMNS}, at_ms ${WITHIN} AND flags <> '' ORDER BY at_ms`;
const WHOLE = { coverage: 1, manual: 0, estimated: 0, known: 1, class: 'measured' } as const;

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

  /** Figures of one series with their instants, in order. */
  function figuresIn(id: number, { range, flaggedOnly }: Selection): [number, Figures][] {
    const within = [id, range.fromMs, range.toMs];
    const inFull = (row: SQLOutputValue[]): [number, Figures] => [Number(row[8]), toFigures(row)];
    if (flaggedOnly) return db.arrays(SELECT_FLAGGED, ...within).map(inFull);
    const rows = db.arrays(SELECT, ...within);
    const others = rows.some((row) => row[3] === 0)
      ? new Map(db.arrays(SELECT_OTHERS, ...within).map(inFull))
      : undefined;
    return rows.map(([value, at, ruleVersion]) => {
      const startMs = Number(at);
      const other = others?.get(startMs);
      if (other) return [startMs, other];
      const known = typeof value === 'number' ? value : null;
      const figures = { ...WHOLE, value: known, flags: NO_FLAGS, ruleVersion: Number(ruleVersion) };
      return [startMs, figures];
    });
  }

  function rowsOf<T extends Amount>(family: Family<T>, subject: string, selection: Selection): T[] {
    const { resolution } = selection;
    const series = db
      .findSeries({ measurement: family.measurement, subject, cut: resolution })
      .filter(({ name }) => isNamed(selection, name));
    const rows = series.flatMap(({ id, name }) => {
      const make = family.maker(subject, name);
      return figuresIn(id, selection).map(([startMs, figures]) =>
        make({ ...figures, resolution, startMs, revision: 0 }),
      );
    });
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
