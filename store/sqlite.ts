/** The embedded store: one SQLite file, several processes, no server. */
import { DAY_MS, HOUR_MS } from '../domain/period.ts';
import type { MeterLookup } from './checks.ts';
import type { Store } from './port.ts';
import { createRowMethods } from './rows.ts';
import { READING_KEEP_DAYS } from './schema.ts';
import { createAmountTable } from './sqlite/amounts.ts';
import { type Database, openDatabase } from './sqlite/database.ts';
import { createFindingTable } from './sqlite/findings.ts';
import { migrate } from './sqlite/migrations.ts';
import { createReadingTables } from './sqlite/readings.ts';
import { createRestatementTable } from './sqlite/restatements.ts';
import { createResultTables } from './sqlite/results.ts';

export interface SqliteOptions {
  readonly path: string;
  readonly now?: () => number;
}

/** What InfluxDB's retention does for the readings database: the measurements kept for a time only. */
function forget(db: Database, beforeMs: number): void {
  db.write(() => {
    for (const table of ['reading', 'meter_status', 'collector']) {
      for (const row of db.all('SELECT id FROM series WHERE measurement = ?', table)) {
        db.run(`DELETE FROM ${table} WHERE series = ? AND at_ms < ?`, Number(row.id), beforeMs);
      }
    }
  });
}

/** @throws AppError `store.denied` when the file cannot be opened. */
export function createSqliteStore(options: SqliteOptions, meters: MeterLookup): Store {
  const { path, now = Date.now } = options;
  const db = openDatabase(path);
  const readings = createReadingTables(db, meters);
  const amounts = createAmountTable(db);
  const restatements = createRestatementTable(db);
  let forgottenAtMs = 0;

  /** Hourly, so that each deletion is short: the file is shared and a long one would hold others up. */
  function forgetOld(): void {
    const atMs = now();
    if (atMs - forgottenAtMs < HOUR_MS) return;
    forget(db, atMs - READING_KEEP_DAYS * DAY_MS);
    forgottenAtMs = atMs;
  }

  return {
    kind: 'sqlite',
    init: async () => {
      migrate(db, path);
      forgetOld();
    },
    health: async () => {
      const [row] = db.read(() => db.all('SELECT sqlite_version() AS version'));
      return { ok: true, engine: 'sqlite', version: String(row?.version) };
    },
    ...readings,
    writeReadings: async (batch) => {
      await readings.writeReadings(batch);
      forgetOld();
    },
    lastMeterConsumption: amounts.lastMeterConsumption,
    ...createRowMethods(amounts, restatements, meters),
    ...restatements,
    ...createFindingTable(db),
    ...createResultTables(db),
    close: async () => db.close(),
  };
}
