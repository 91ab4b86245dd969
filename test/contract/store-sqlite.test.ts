/** What is particular to the SQLite store: its file, its processes, its age. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../domain/period.ts';
import { openStore } from '../../store/index.ts';
import type { Retention } from '../../store/retention.ts';
import { openDatabase } from '../../store/sqlite/database.ts';
import { ALL, hourRow, MAIN, METERS, OTHER, reading, T0 } from './store-fixtures.ts';

/** Of the version before rows had classes as codes, restatements, findings and arrivals. */
const FIRST_SCHEMA = [
  `CREATE TABLE series (id INTEGER PRIMARY KEY, measurement TEXT NOT NULL, subject TEXT NOT NULL,
     cut TEXT NOT NULL, name TEXT NOT NULL, UNIQUE (measurement, subject, cut, name)) STRICT`,
  `CREATE TABLE reading (series INTEGER NOT NULL, at_ms INTEGER NOT NULL,
     quality INTEGER NOT NULL, PRIMARY KEY (series, at_ms)) STRICT, WITHOUT ROWID`,
  `CREATE TABLE meter_status (series INTEGER NOT NULL, at_ms INTEGER NOT NULL,
     state INTEGER NOT NULL, reason TEXT, age_ms REAL, PRIMARY KEY (series, at_ms)) STRICT, WITHOUT ROWID`,
  `CREATE TABLE amount (series INTEGER NOT NULL, at_ms INTEGER NOT NULL, value REAL,
     coverage REAL NOT NULL, known REAL NOT NULL, class TEXT NOT NULL, flags TEXT NOT NULL,
     rule_version INTEGER NOT NULL, PRIMARY KEY (series, at_ms)) STRICT, WITHOUT ROWID`,
  `CREATE TABLE assessment (series INTEGER NOT NULL, at_ms INTEGER NOT NULL, value REAL,
     completeness REAL NOT NULL, status TEXT NOT NULL, PRIMARY KEY (series, at_ms)) STRICT, WITHOUT ROWID`,
  'CREATE TABLE collector (series INTEGER NOT NULL, at_ms INTEGER NOT NULL) STRICT',
  'PRAGMA user_version = 1',
];

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jieyue-store-'));
  path = join(folder, 'store.db');
});
afterEach(() => rm(folder, { recursive: true }));

function startWriter(meterId: string, batches: number) {
  const script = fileURLToPath(new URL('../support/store-writer.ts', import.meta.url));
  const args = [script, path, meterId, String(T0), String(batches)];
  return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
}

async function count(meterId: string): Promise<number> {
  const store = openStore({ kind: 'sqlite', path }, METERS);
  const rows = await store.readings(meterId, ALL, 1_000_000);
  await store.close();
  return rows.length;
}

describe('store file', () => {
  it('may be made and written by several processes at once', async () => {
    const writers = [MAIN, OTHER, 'crowd-001'].map((meterId) => startWriter(meterId, 40));
    const ends = await Promise.all(writers.map((writer) => once(writer, 'exit')));
    expect(ends.map(([code]) => code)).toEqual([0, 0, 0]);
    expect([await count(MAIN), await count(OTHER), await count('crowd-001')]).toEqual([
      2000, 2000, 2000,
    ]);
  });

  it('keeps every acknowledged batch of a process that is killed', async () => {
    const writer = startWriter(MAIN, 100_000);
    let acknowledged = 0;
    for await (const text of writer.stdout.setEncoding('utf8')) {
      acknowledged += String(text).split('\n').length - 1;
      if (acknowledged >= 30) break;
    }
    writer.kill('SIGKILL');
    await once(writer, 'exit');
    const rows = await count(MAIN);
    expect(rows).toBeGreaterThanOrEqual(acknowledged * 50);
    expect(rows % 50).toBe(0); // no half batch
  });

  it('locked by another for long is unavailable, not lost', async () => {
    const holder = openDatabase(path);
    const other = openDatabase(path, 50);
    const attempt = () => other.write(() => other.run('CREATE TABLE t (a)'));
    holder.write(() => {
      expect(attempt).toThrow(expect.objectContaining({ code: 'store.unavailable' }));
    });
    attempt();
    holder.close();
    other.close();
  });

  it('that cannot be opened, is something else or is of a newer version is denied, by name', async () => {
    const options = { kind: 'sqlite', path } as const;
    const denied = expect.objectContaining({
      code: 'store.denied',
      message: expect.stringContaining(path),
    });
    await writeFile(path, 'not a database, but long enough to be looked at as if it were one\n');
    expect(() => openStore(options, METERS)).toThrow(denied);
    expect(() => openStore({ ...options, path: join(path, 'below') }, METERS)).toThrow(
      expect.objectContaining({ code: 'store.denied' }),
    );
    await rm(path);
    const db = new DatabaseSync(path);
    db.exec('PRAGMA user_version = 99');
    db.close();
    const store = openStore(options, METERS);
    await expect(store.init()).rejects.toEqual(denied);
    await store.close();
  });

  it('of a version that knew fewer quantities gets their columns', async () => {
    const first = openStore({ kind: 'sqlite', path }, METERS);
    await first.init();
    await first.writeReadings([reading(MAIN, T0, { volume: 1 })]);
    await first.close();
    const db = new DatabaseSync(path);
    db.exec('ALTER TABLE reading DROP COLUMN "airTemperature"');
    db.close();
    const second = openStore({ kind: 'sqlite', path }, METERS);
    await second.init();
    await second.writeReadings([reading(MAIN, T0 + 1, { airTemperature: -20 })]);
    expect((await second.readings(MAIN, ALL, 9)).map(({ values }) => values)).toEqual([
      { volume: 1 },
      { airTemperature: -20 },
    ]);
    await second.close();
  });

  it('of the first version is migrated with all its rows, of whatever class', async () => {
    const classes = ['measured', 'interpolated', 'partial', 'missing'] as const;
    const db = new DatabaseSync(path);
    for (const sql of FIRST_SCHEMA) db.exec(sql);
    db.exec("INSERT INTO series VALUES (7, 'consumption', 'baiyan-center-e', 'hour', 'volume')");
    db.exec("INSERT INTO series VALUES (8, 'agency_consumption', 'bureau', 'day', 'water/02000')");
    const insert = db.prepare('INSERT INTO amount VALUES (?, ?, ?, 0.25, 0.5, ?, ?, 3)');
    for (const [n, name] of classes.entries()) {
      const flags = name === 'partial' ? 'gap,reset' : '';
      insert.run(7, T0 + n * HOUR_MS, name === 'missing' ? null : n + 0.5, name, flags);
    }
    insert.run(8, T0, 9, 'measured', '');
    db.close();
    const store = openStore({ kind: 'sqlite', path }, METERS);
    await store.init();
    const query = { resolution: 'hour', range: ALL } as const;
    const rows = await store.meterConsumption({ ...query, meterIds: [MAIN] });
    const kept = { counter: 'volume', coverage: 0.25, known: 0.5, ruleVersion: 3 } as const;
    expect(rows).toEqual(
      classes.map((name, n) =>
        hourRow(MAIN, T0 + n * HOUR_MS, {
          ...kept,
          class: name,
          value: name === 'missing' ? null : n + 0.5,
          flags: name === 'partial' ? ['gap', 'reset'] : [],
        }),
      ),
    );
    const days = { agencyIds: ['bureau'], resolution: 'day', range: ALL } as const;
    expect(await store.agencyConsumption(days)).toMatchObject([
      { carrier: 'water', item: '02000', value: 9, manual: 0, estimated: 0, revision: 0 },
    ]);
    await store.init();
    expect(await store.meterConsumption({ ...query, meterIds: [MAIN] })).toHaveLength(4);
    await store.close();
  });

  it('forgets readings and statuses after two years, as InfluxDB does', async () => {
    let nowMs = T0;
    const store = openStore({ kind: 'sqlite', path, now: () => nowMs }, METERS);
    await store.init();
    const range = { fromMs: 0, toMs: T0 + DAY_MS };
    await store.writeReadings([0, DAY_MS].map((age) => reading(MAIN, T0 + age - 730 * DAY_MS, {})));
    await store.writeStatuses([{ meterId: MAIN, atMs: T0 - 730 * DAY_MS, state: 'ok' }]);
    nowMs += HOUR_MS;
    await store.writeReadings([]);
    expect(await store.readings(MAIN, range, 9)).toHaveLength(1);
    expect(await store.statuses(MAIN, range, 9)).toEqual([]);
    await store.close();
  });

  it('keeps readings and rows for as long as it is told, rows for ever when it is not', async () => {
    const nowMs = T0 + 400 * DAY_MS;
    const age = { fresh: T0 + DAY_MS, old: T0 - DAY_MS };
    const query = {
      meterIds: [MAIN],
      resolution: 'hour',
      range: { fromMs: 0, toMs: nowMs },
    } as const;
    const left = async (retention: Retention) => {
      const store = openStore({ kind: 'sqlite', path, retention, now: () => nowMs }, METERS);
      await store.init();
      const rows = await store.meterConsumption(query);
      const readings = await store.readings(MAIN, query.range, 9);
      const arrivals = await store.arrivals(0, 9);
      const events = await store.events(query.range, 9);
      await store.close();
      return [readings, arrivals, rows, events].map(({ length }) => length);
    };
    const store = openStore({ kind: 'sqlite', path, now: () => T0 }, METERS);
    await store.init();
    for (const atMs of Object.values(age)) {
      await store.writeReadings([reading(MAIN, atMs, { volume: 1 })]);
      const arrival = { meterId: MAIN, arrivedAtMs: atMs, fromMs: atMs, toMs: atMs + 1 };
      await store.writeArrivals([arrival]);
      await store.writeMeterConsumption([hourRow(MAIN, atMs)]);
      await store.writeEvents([{ atMs, kind: 'replacement', subject: MAIN, text: '' }]);
    }
    await store.close();
    expect(await left({})).toEqual([2, 2, 2, 2]);
    expect(await left({ readingDays: 400 })).toEqual([1, 1, 2, 2]);
    expect(await left({ readingDays: 1, rollupDays: 400 })).toEqual([0, 0, 1, 1]);
  });

  it('says what is wrong when it is closed, and may be closed twice', async () => {
    const store = openStore({ kind: 'sqlite', path }, METERS);
    await store.close();
    await store.close();
    await expect(store.readings(MAIN, ALL, 1)).rejects.toMatchObject({ code: 'store.query' });
  });
});
