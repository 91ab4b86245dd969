/** The tables of the store file; `PRAGMA user_version` counts the steps a file has taken. */
import type { ConsumptionClass } from '../../domain/consumption.ts';
import { AppError } from '../../domain/errors.ts';
import { QUANTITY_IDS } from '../../domain/quantities.ts';
import type { Database } from './database.ts';

/** As stored since step 2; a code is never given to another class. */
export const CLASS_CODES: Readonly<Record<ConsumptionClass, number>> = {
  measured: 0,
  interpolated: 1,
  partial: 2,
  missing: 3,
  manual: 4,
  estimated: 5,
};

const AMOUNT_COLUMNS = `value REAL, coverage REAL NOT NULL, manual REAL NOT NULL,
  estimated REAL NOT NULL, known REAL NOT NULL, class INTEGER NOT NULL, flags TEXT NOT NULL,
  rule_version INTEGER NOT NULL`;

/**
 * Steps are never edited, only added. Rows are keyed by a small series id and the instant, so one
 * meter's range is one run of neighbouring pages. A reading is one row with a column per quantity.
 */
const STEPS: readonly (readonly string[])[] = [
  [
    `CREATE TABLE series (id INTEGER PRIMARY KEY, measurement TEXT NOT NULL, subject TEXT NOT NULL,
       cut TEXT NOT NULL, name TEXT NOT NULL, UNIQUE (measurement, subject, cut, name)) STRICT`,
    `CREATE TABLE reading (series INTEGER NOT NULL, at_ms INTEGER NOT NULL,
       quality INTEGER NOT NULL, PRIMARY KEY (series, at_ms)) STRICT, WITHOUT ROWID`,
    `CREATE TABLE meter_status (series INTEGER NOT NULL, at_ms INTEGER NOT NULL,
       state INTEGER NOT NULL, reason TEXT, age_ms REAL,
       PRIMARY KEY (series, at_ms)) STRICT, WITHOUT ROWID`,
    `CREATE TABLE amount (series INTEGER NOT NULL, at_ms INTEGER NOT NULL, value REAL,
       coverage REAL NOT NULL, known REAL NOT NULL, class TEXT NOT NULL, flags TEXT NOT NULL,
       rule_version INTEGER NOT NULL, PRIMARY KEY (series, at_ms)) STRICT, WITHOUT ROWID`,
    `CREATE TABLE assessment (series INTEGER NOT NULL, at_ms INTEGER NOT NULL, value REAL,
       completeness REAL NOT NULL, status TEXT NOT NULL,
       PRIMARY KEY (series, at_ms)) STRICT, WITHOUT ROWID`,
    `CREATE TABLE load_profile (series INTEGER NOT NULL, at_ms INTEGER NOT NULL,
       local_hour INTEGER NOT NULL, value REAL NOT NULL,
       PRIMARY KEY (series, at_ms)) STRICT, WITHOUT ROWID`,
    `CREATE TABLE collector (series INTEGER NOT NULL, at_ms INTEGER NOT NULL,
       fields TEXT NOT NULL, PRIMARY KEY (series, at_ms)) STRICT, WITHOUT ROWID`,
    `CREATE TABLE event (at_ms INTEGER NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL,
       text TEXT NOT NULL, PRIMARY KEY (at_ms, kind, subject)) STRICT, WITHOUT ROWID`,
  ],
  [
    `CREATE TABLE row (series INTEGER NOT NULL, at_ms INTEGER NOT NULL, ${AMOUNT_COLUMNS},
       PRIMARY KEY (series, at_ms)) STRICT, WITHOUT ROWID`,
    `INSERT INTO row SELECT series, at_ms, value, coverage, 0, 0, known,
       CASE class ${Object.entries(CLASS_CODES)
         .map(([name, code]) => `WHEN '${name}' THEN ${code}`)
         .join(' ')} END, flags, rule_version FROM amount ORDER BY series, at_ms`,
    'DROP TABLE amount',
    'ALTER TABLE row RENAME TO amount',
    `CREATE TABLE restatement (subject_kind TEXT NOT NULL, subject TEXT NOT NULL,
       resolution TEXT NOT NULL, start_ms INTEGER NOT NULL, name TEXT NOT NULL,
       revision INTEGER NOT NULL, ${AMOUNT_COLUMNS}, before REAL, at_ms INTEGER NOT NULL,
       cause TEXT NOT NULL, PRIMARY KEY (subject_kind, subject, resolution, start_ms, name, revision))
       STRICT, WITHOUT ROWID`,
    `CREATE TABLE finding (meter TEXT NOT NULL, counter TEXT NOT NULL, from_ms INTEGER NOT NULL,
       code TEXT NOT NULL, to_ms INTEGER NOT NULL, evidence TEXT NOT NULL, proposal TEXT,
       provisional INTEGER NOT NULL, withdrawn INTEGER NOT NULL,
       PRIMARY KEY (meter, counter, from_ms, code)) STRICT, WITHOUT ROWID`,
    `CREATE TABLE arrival (at_ms INTEGER NOT NULL, meter TEXT NOT NULL, from_ms INTEGER NOT NULL,
       to_ms INTEGER NOT NULL, PRIMARY KEY (at_ms, meter)) STRICT, WITHOUT ROWID`,
  ],
  ['ALTER TABLE assessment ADD COLUMN revision INTEGER NOT NULL DEFAULT 0'],
  [
    `CREATE TABLE night (series INTEGER NOT NULL, at_ms INTEGER NOT NULL, hours INTEGER NOT NULL,
       zero_hours INTEGER NOT NULL, sum REAL NOT NULL, window_hours INTEGER NOT NULL, least REAL,
       PRIMARY KEY (series, at_ms)) STRICT, WITHOUT ROWID`,
  ],
  [
    `CREATE TABLE outdoor_temperature (series INTEGER NOT NULL, at_ms INTEGER NOT NULL,
       celsius REAL NOT NULL, PRIMARY KEY (series, at_ms)) STRICT, WITHOUT ROWID`,
  ],
];

/** A new quantity needs no step of its own: its column is added where it is missing. */
function addQuantityColumns(db: Database): void {
  const present = new Set(db.all('PRAGMA table_info(reading)').map((row) => row.name));
  for (const id of QUANTITY_IDS.filter((quantity) => !present.has(quantity))) {
    db.run(`ALTER TABLE reading ADD COLUMN "${id}" REAL`);
  }
}

/**
 * Takes the steps a file has not taken; only inside `write`.
 * @throws AppError `store.denied` when a newer version of the software has made the file.
 */
export function takeSteps(db: Database, path: string, steps: readonly (readonly string[])[]): void {
  const version = Number(db.all('PRAGMA user_version')[0]?.user_version);
  if (version > steps.length) {
    const message = `store file ${path} has schema ${version}; this version knows ${steps.length}`;
    throw new AppError('store.denied', message, {
      path,
      expected: steps.length,
      found: version,
    });
  }
  for (const sql of steps.slice(version).flat()) db.run(sql);
  db.run(`PRAGMA user_version = ${steps.length}`);
}

export function migrate(db: Database, path: string): void {
  db.write(() => {
    takeSteps(db, path, STEPS);
    addQuantityColumns(db);
  });
}
