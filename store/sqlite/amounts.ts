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
const SELECT = `SELECT ${FIGURE_COLUMNS}, at_ms FROM amount
  WHERE series = ?1 AND at_ms >= ?2 AND at_ms < ?3 AND (?4 = 0 OR flags <> '') ORDER BY at_ms`;

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

  function rowsOf<T extends Amount>(
    family: Family<T>,
    subject: string,
    { resolution, range, flaggedOnly, ...named }: Selection,
  ): T[] {
    const flagged = flaggedOnly ? 1 : 0;
    const series = db
      .findSeries({ measurement: family.measurement, subject, cut: resolution })
      .filter(({ name }) => isNamed({ ...named, resolution, range }, name));
    const rows = series.flatMap(({ id, name }) => {
      const make = family.maker(subject, name);
      const found = db.arrays(SELECT, id, range.fromMs, range.toMs, flagged);
      return found.map((row) =>
        make({ ...toFigures(row), resolution, startMs: Number(row[8]), revision: 0 }),
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
