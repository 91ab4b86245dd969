/** The embedded store: one SQLite file, several processes, no server. */
import { HOUR_MS } from '../domain/period.ts';
import type { MeterLookup } from './checks.ts';
import type { Store } from './port.ts';
import type { Retention } from './retention.ts';
import { createRowMethods } from './rows.ts';
import { createAmountTable } from './sqlite/amounts.ts';
import { createArchive } from './sqlite/archive.ts';
import { createArrivalTable } from './sqlite/arrivals.ts';
import { openDatabase } from './sqlite/database.ts';
import { createFindingTable } from './sqlite/findings.ts';
import { forget } from './sqlite/forget.ts';
import { migrate } from './sqlite/migrations.ts';
import { createNightTable } from './sqlite/nights.ts';
import { createOutdoorTable } from './sqlite/outdoor.ts';
import { createReadingTables } from './sqlite/readings.ts';
import { createRestatementTable } from './sqlite/restatements.ts';
import { createResultTables } from './sqlite/results.ts';

export interface SqliteOptions {
  readonly path: string;
  readonly retention?: Retention | undefined;
  readonly now?: () => number;
}

/** @throws AppError `store.denied` when the file cannot be opened. */
export function createSqliteStore(options: SqliteOptions, meters: MeterLookup): Store {
  const { path, retention, now = Date.now } = options;
  const db = openDatabase(path);
  const readings = createReadingTables(db, meters);
  const amounts = createAmountTable(db);
  const restatements = createRestatementTable(db);
  let forgottenAtMs = 0;

  /** Hourly, so that each deletion is short: the file is shared and a long one would hold others up. */
  function forgetOld(): void {
    const atMs = now();
    if (atMs - forgottenAtMs < HOUR_MS) return;
    forget(db, atMs, retention);
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
    ...createArrivalTable(db, meters),
    lastMeterConsumption: amounts.lastMeterConsumption,
    ...createRowMethods(amounts, restatements, meters),
    ...restatements,
    ...createNightTable(db, meters),
    ...createOutdoorTable(db),
    ...createFindingTable(db),
    ...createResultTables(db),
    archive: createArchive(db, meters),
    close: async () => db.close(),
  };
}
