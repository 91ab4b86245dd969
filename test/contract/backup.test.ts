/** A backup of either engine, restored into either: every row equal, and nothing restored from damage. */
import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { checkBackup, writeManifest } from '../../cli/backup/manifest.ts';
import { backUpStore, heldBy, restoreStore } from '../../cli/backup/store.ts';
import { DAY_MS, HOUR_MS } from '../../domain/period.ts';
import type { StoredPoint } from '../../store/archive.ts';
import { openStore } from '../../store/index.ts';
import type { Store } from '../../store/port.ts';
import { MEASUREMENTS, type MeasurementName, REPEATED } from '../../store/schema.ts';
import { type Influxd, influxdAvailable, startInfluxd } from '../support/influxd.ts';
import { dropDatabases } from '../support/influxd-admin.ts';
import { ALL, hourRow, MAIN, METERS, OTHER, reading, T0 } from './store-fixtures.ts';
import { nightRow } from './store-nights.ts';
import { outdoorHour } from './store-outdoor.ts';

const NAMES = (Object.keys(MEASUREMENTS) as MeasurementName[]).filter(
  (name) => !REPEATED.includes(name),
);
const counter = 'activeEnergyImport';

/** Something of everything there is, over more than two months. */
async function fill(store: Store): Promise<void> {
  const instants = [T0 - 35 * DAY_MS, T0, T0 + 1, T0 + 35 * DAY_MS];
  const subjects = [MAIN, OTHER];
  for (const meterId of subjects) {
    await store.writeReadings(
      instants.map((atMs, n) => ({
        ...reading(meterId, atMs, n % 2 ? { volume: n / 3 } : { [counter]: n, activePower: -0.25 }),
        quality: n,
      })),
    );
    await store.writeStatuses([
      { meterId, atMs: T0, state: 'ok', ageMs: 0 },
      { meterId, atMs: T0 + 1, state: 'offline', reason: '网关 "3" 无应答' },
    ]);
    await store.writeMeterConsumption(
      instants.map((atMs, n) => {
        const startMs = Math.floor(atMs / HOUR_MS) * HOUR_MS + n * HOUR_MS;
        return n === 1
          ? hourRow(meterId, startMs, { value: null, coverage: 0, known: 0, class: 'missing' })
          : hourRow(meterId, startMs, { manual: 0.125, class: 'manual', flags: ['gap', 'reset'] });
      }),
    );
  }
  await store.writeArrivals([{ meterId: MAIN, arrivedAtMs: T0, fromMs: T0 - 9, toMs: T0 }]);
  await store.writeCollector([{ atMs: T0, bus: '_all', fields: { polls: 3, 'p95 ms': 1.5 } }]);
  const { meterId: _, counter: __, ...amount } = hourRow(MAIN, T0, { resolution: 'month' });
  const account = { carrier: 'water', item: '02000' } as const;
  await store.writeAgencyConsumption([{ ...amount, ...account, agencyId: 'bureau' }]);
  await store.writeBuildingConsumption([
    { ...amount, buildingId: 'bureau', carrier: 'electricity', item: 'tariff-deep-valley' },
  ]);
  const { resolution, startMs, revision: ___, ...row } = amount;
  const base = { subjectKind: 'agency', subject: 'bureau', name: 'water/02000' } as const;
  await store.writeRestatements(
    [1, 2].map((revision) => ({
      ...{ ...base, resolution, startMs, revision, before: revision === 1 ? null : 7 },
      ...{ atMs: T0 + DAY_MS, cause: '补录', row: { ...row, value: revision * 10 } },
    })),
  );
  const finding = (n: number) => ({
    ...{ code: 'gap' as const, meterId: MAIN, counter: counter as typeof counter },
    ...{ fromMs: T0 + n, toMs: T0 + HOUR_MS, evidence: [{ atMs: T0, value: 1 / 3 }] },
  });
  await store.writeFindings(MAIN, counter, ALL, [finding(0), finding(1)]);
  const proposal = {
    ...{ kind: 'replacement' as const, atMs: T0, finalReading: 9, initialReading: 0 },
  };
  await store.writeFindings(MAIN, counter, ALL, [{ ...finding(1), provisional: true, proposal }]);
  await store.writeAssessment(
    [null, 4.5].map((value, n) => ({
      ...({ agencyId: 'bureau', metric: 'water-per-area', kind: n ? 'year' : 'month' } as const),
      ...{ startMs: T0, value, status: 'partial' as const, completeness: 0.5, revision: 1 },
    })),
  );
  await store.writeLoadProfile([
    { agencyId: 'bureau', carrier: 'heat', startMs: T0, localHour: 8, value: 1 },
  ]);
  await store.writeOutdoorHours(
    [T0 - 1500 * DAY_MS, T0, T0 + HOUR_MS].map((atMs, n) => outdoorHour(atMs, n - 0.125)),
  );
  await store.writeEvents([
    { atMs: T0, kind: 'replacement', subject: MAIN, text: '换表："旧" 12,345.6 → 新 0\n\\' },
  ]);
}

/** All points; an empty text and none are the same. */
async function dump(store: Store): Promise<Record<string, StoredPoint[]>> {
  const all: Record<string, StoredPoint[]> = {};
  for (const name of NAMES) {
    const points: StoredPoint[] = [];
    for await (const piece of store.archive.read(name, { fromMs: 0, toMs: ALL.toMs * 2 })) {
      points.push(...piece);
    }
    const text = (point: StoredPoint) => JSON.stringify([point.tags, point.atMs]);
    all[name] = points
      .map(({ tags, fields, atMs }) => ({
        tags: Object.fromEntries(Object.entries(tags).sort()),
        fields: Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== '')),
        atMs,
      }))
      .sort((a, b) => (text(a) < text(b) ? -1 : 1));
  }
  return all;
}

/** What the product reads. */
async function answers(store: Store) {
  const range = { fromMs: 0, toMs: ALL.toMs * 2 };
  const meterIds = [MAIN, OTHER];
  const months = { resolution: 'month', range } as const;
  return {
    readings: await store.readings(MAIN, range, 99),
    statuses: await store.statuses(MAIN, range, 99),
    rows: await store.meterConsumption({ meterIds, resolution: 'hour', range }),
    agencies: await store.agencyConsumption({ ...months, agencyIds: ['bureau'] }),
    published: await store.agencyConsumption({ ...months, agencyIds: ['bureau'], published: true }),
    buildings: await store.buildingConsumption({ ...months, buildingIds: ['bureau'] }),
    findings: await store.findings({ meterIds, range }),
    withdrawn: await store.findings({ meterIds, range, withdrawn: true }),
    arrivals: await store.arrivals(0, 99),
    assessment: await store.assessment(['bureau'], range),
    outdoor: await store.outdoorHours('hill', range),
    events: await store.events(range, 99),
  };
}

const withInflux = influxdAvailable();
const ENGINES = withInflux ? (['sqlite', 'influx'] as const) : (['sqlite'] as const);
let influxd: Influxd | undefined;
let folder: string;

beforeAll(async () => {
  influxd = withInflux ? await startInfluxd() : undefined;
});
afterAll(() => influxd?.stop());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jieyue-backup-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** An empty one. */
async function opened(engine: (typeof ENGINES)[number], name: string): Promise<Store> {
  if (engine === 'influx') await dropDatabases(influxd?.url ?? '');
  const store =
    engine === 'influx'
      ? openStore({ kind: 'influx', url: influxd?.url ?? '' }, METERS)
      : openStore({ kind: 'sqlite', path: join(folder, `${name}.db`) }, METERS);
  await store.init();
  return store;
}

const pairs = ENGINES.flatMap((from) => ENGINES.map((to) => [from, to] as const));

describe.each(pairs)('a backup of %s restored into %s', (from, to) => {
  it('has every row', async () => {
    const source = await opened(from, 'source');
    await fill(source);
    const files = await backUpStore(source.archive, join(folder, 'backup'));
    await writeManifest(join(folder, 'backup'), {
      madeAt: new Date().toISOString(),
      engine: from,
      files,
    });
    const [points, answered] = [await dump(source), await answers(source)];
    for (const name of NAMES) expect(points[name], name).not.toEqual([]);
    await source.close();

    const target = await opened(to, 'target');
    expect(await heldBy(target.archive)).toEqual([]);
    const manifest = await checkBackup(join(folder, 'backup'));
    const restored = await restoreStore(
      target.archive,
      { folder: join(folder, 'backup'), files: manifest.files },
      { nowMs: Date.now() },
    );
    const rows = Object.values(points).reduce((sum, some) => sum + some.length, 0);
    expect(restored).toEqual({ rows, expired: 0 });
    expect(await dump(target)).toEqual(points);
    expect(await answers(target)).toEqual(answered);
    expect(await heldBy(target.archive)).toEqual(NAMES);
    await target.close();
  });
});

describe.each(ENGINES)('nights in %s', (engine) => {
  it('are not in a backup, and those of the store that it goes into are forgotten', async () => {
    const source = await opened('sqlite', 'source');
    await source.writeMeterConsumption([hourRow(MAIN, T0)]);
    await source.writeNights([nightRow(MAIN, T0)]);
    const files = await backUpStore(source.archive, folder);
    expect(files.map(({ measurement }) => measurement)).toEqual(['consumption']);
    await source.close();
    const target = await opened(engine, 'target');
    await target.writeNights([nightRow(MAIN, T0, { leastM3: 9 }), nightRow(OTHER, T0)]);
    const query = { meterIds: [MAIN, OTHER], range: ALL };
    expect(await target.nights(query)).toHaveLength(2); // the control: they were there
    await restoreStore(target.archive, { folder, files }, { nowMs: Date.now() });
    expect(await target.nights(query)).toEqual([]);
    await target.close();
  });
});

describe('a restored point', () => {
  it('of a meter nobody knows any more is kept, its building unknown', async () => {
    const path = { from: 'gone', to: 'again' };
    const source = await opened('sqlite', path.from);
    const gone = { tags: { meter: 'gone' }, fields: { quality: 0, volume: 1 }, atMs: T0 };
    await source.archive.write('reading', [gone]);
    const files = await backUpStore(source.archive, folder);
    await source.close();
    for (const engine of ENGINES) {
      const target = await opened(engine, path.to);
      await restoreStore(target.archive, { folder, files }, { nowMs: Date.now() });
      expect(await target.readings('gone', ALL, 9)).toEqual([reading('gone', T0, { volume: 1 })]);
      await target.close();
    }
  });

  it('older than its database is kept is left out and counted', async () => {
    const source = await opened('sqlite', 'old');
    await source.writeReadings(
      [T0, T0 + 20 * DAY_MS].map((atMs) => reading(MAIN, atMs, { volume: 1 })),
    );
    const files = await backUpStore(source.archive, folder);
    const target = await opened('sqlite', 'young');
    const options = { nowMs: T0 + 30 * DAY_MS, retention: { readingDays: 15 } };
    const restored = await restoreStore(target.archive, { folder, files }, options);
    expect(restored).toEqual({ rows: 1, expired: 1 });
    await source.close();
    await target.close();
  });
});

describe.skipIf(!withInflux)('points a server refuses', () => {
  it('name the file they are in', async () => {
    const source = await opened('sqlite', 'source');
    await source.writeReadings([reading(MAIN, T0, { volume: 1 })]);
    const files = await backUpStore(source.archive, folder);
    await source.close();
    await dropDatabases(influxd?.url ?? '');
    const retention = { readingDays: 7 };
    const target = openStore({ kind: 'influx', url: influxd?.url ?? '', retention }, METERS);
    await target.init();
    // Restored by one who thinks that readings are kept for two years.
    const restored = restoreStore(target.archive, { folder, files }, { nowMs: Date.now() });
    await expect(restored).rejects.toMatchObject({
      code: 'backup.invalid',
      message: expect.stringMatching(/^store\/reading-.*beyond retention/s),
    });
  });
});

describe('a folder', () => {
  async function backedUp(): Promise<string> {
    const store = await opened('sqlite', 'store');
    await fill(store);
    const target = join(folder, 'backup');
    const files = await backUpStore(store.archive, target);
    await writeManifest(target, { madeAt: new Date().toISOString(), engine: 'sqlite', files });
    await store.close();
    return target;
  }

  it('that is damaged or incomplete is refused, every file at fault by name', async () => {
    const target = await backedUp();
    const [first = '', second = '', third = ''] = await readdir(join(target, 'store'));
    await checkBackup(target); // the control: it is whole
    await rm(join(target, 'store', first));
    await truncate(join(target, 'store', second), 20);
    const bytes = await readFile(join(target, 'store', third));
    bytes.writeUInt8(bytes.readUInt8(30) ^ 1, 30);
    await writeFile(join(target, 'store', third), bytes);
    await expect(checkBackup(target)).rejects.toMatchObject({
      code: 'backup.invalid',
      message: expect.stringContaining('3 fault(s)'),
      context: {
        faults: expect.arrayContaining([
          expect.stringContaining(`${first}: missing`),
          expect.stringMatching(new RegExp(`${second}: expected \\d+ bytes, found 20`)),
          expect.stringContaining(`${third}: damaged`),
        ]),
      },
    });
  });

  it.each([
    ['without a manifest', undefined, 'incomplete'],
    ['with half a manifest', '{"format":1', 'is no JSON'],
    [
      'of a format to come',
      '{"format":2,"madeAt":"2026-01-01T00:00:00Z","engine":"x","files":[]}',
      'format',
    ],
    [
      'that reaches out of itself',
      '{"format":1,"madeAt":"2026-01-01T00:00:00Z","engine":"x","files":[{"path":"../x","bytes":1,"sha256":""}]}',
      'below the folder',
    ],
  ])('%s is refused', async (_, manifest, reason) => {
    if (manifest !== undefined) await writeFile(join(folder, 'manifest.json'), manifest);
    await expect(checkBackup(folder)).rejects.toMatchObject({
      code: 'backup.invalid',
      message: expect.stringContaining(reason),
    });
  });
});
