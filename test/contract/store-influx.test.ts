/** What is particular to InfluxDB: its real answers to bad writes, and its outages. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../store/index.ts';
import { createTransport } from '../../store/influx/transport.ts';
import type { Store } from '../../store/port.ts';
import { READING_DATABASE, ROLLUP_DATABASE } from '../../store/schema.ts';
import { type Influxd, influxdAvailable, startInfluxd } from '../support/influxd.ts';
import { dropDatabases, influxAdmin } from '../support/influxd-admin.ts';
import { ALL, hourRow, MAIN, METERS, OTHER, reading, T0 } from './store-fixtures.ts';

const DAY_MS = 86_400_000;
/** InfluxDB counts shards from the first day of year 1. */
const DAYS_BEFORE_1970 = 719_162;

describe.skipIf(!influxdAvailable())('influxd: answers', () => {
  let server: Influxd;
  let store: Store;
  const write = (lines: readonly string[], database = READING_DATABASE) =>
    createTransport({ url: server.url }).write(database, lines);
  const stored = () => store.readings(MAIN, ALL, 10);
  const line = (fields: string, atMs = T0) =>
    `reading,building=b,carrier=electricity,meter=${MAIN} ${fields} ${atMs}`;

  beforeAll(async () => {
    server = await startInfluxd();
    store = openStore({ kind: 'influx', url: server.url }, METERS);
  });
  beforeEach(async () => {
    await dropDatabases(server.url);
    await store.init();
  });
  afterAll(() => server?.stop());

  it.each([
    ['a type conflict', [line('quality=0i,volume=1i', T0 + 1)], 'field type conflict', 1],
    ['an unreadable line', ['reading,meter='], 'unable to parse', 1],
    ['what is no number', [line('volume=NaN')], 'unable to parse', 1],
    ['a point beyond retention', [line('volume=1', T0 - 800 * DAY_MS)], 'beyond retention', 1],
  ])('%s is rejected with the reason; good points of the batch are stored', async (...row) => {
    const [, bad, reason, kept] = row;
    await write([line('quality=0i,volume=1')]);
    const good = line('quality=0i,volume=2', T0 + 2);
    await expect(write([...bad, good])).rejects.toMatchObject({
      code: 'store.rejected',
      context: { reason: expect.stringContaining(reason) },
    });
    expect(await stored()).toHaveLength(kept + 1);
  });

  it('one query brings the register of all meters asked for in one turn', async () => {
    const queries: string[] = [];
    const onQuery = (query: string) => queries.push(query);
    const own = openStore({ kind: 'influx', url: server.url, onQuery }, METERS);
    const rows = [MAIN, OTHER].map((id, n) => reading(id, T0, { volume: n }));
    await own.writeReadings(rows);
    const ask = (id: string) => own.counterColumns(id, 'volume', ALL);
    const [first, second] = await Promise.all([ask(OTHER), ask(MAIN)]);
    expect([first?.value[0], second?.value[0]]).toEqual([1, 0]);
    expect(queries).toHaveLength(1);
    await ask(MAIN);
    await ask(OTHER);
    expect(queries).toHaveLength(3);
  });

  it('a query for several meters that fails is told to each who asked', async () => {
    await influxAdmin(server.url, `DROP DATABASE "${READING_DATABASE}"`);
    const asked = [MAIN, OTHER].map((id) => store.counterColumns(id, 'volume', ALL));
    const told = await Promise.allSettled(asked);
    expect(told.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await store.init();
    expect((await store.counterColumns(MAIN, 'volume', ALL)).value).toHaveLength(0);
  });

  it('a database that is gone denies, and is made again by init', async () => {
    await influxAdmin(server.url, `DROP DATABASE "${READING_DATABASE}"`);
    const row = reading(MAIN, T0, { volume: 1 });
    await expect(store.writeReadings([row])).rejects.toMatchObject({
      code: 'store.denied',
      context: { status: 404, database: READING_DATABASE },
    });
    await expect(stored()).rejects.toMatchObject({
      code: 'store.query',
      message: expect.stringContaining('database not found'),
    });
    await store.init();
    await store.writeReadings([row]);
    expect(await stored()).toEqual([row]);
  });

  it('init sets how long readings and results are kept', async () => {
    const policies = (database: string) =>
      influxAdmin(server.url, `SHOW RETENTION POLICIES ON "${database}"`);
    expect(await policies(READING_DATABASE)).toContain('"17520h0m0s","720h0m0s"');
    expect(await policies(ROLLUP_DATABASE)).toContain('"0s","87600h0m0s"');
  });

  it('init sets it to what the configuration asks for, on databases that are there too', async () => {
    const policies = (database: string) =>
      influxAdmin(server.url, `SHOW RETENTION POLICIES ON "${database}"`);
    const retention = { readingDays: 7, rollupDays: 400 };
    await openStore({ kind: 'influx', url: server.url, retention }, METERS).init();
    expect(await policies(READING_DATABASE)).toContain('"168h0m0s","120h0m0s"');
    expect(await policies(ROLLUP_DATABASE)).toContain('"9600h0m0s","8760h0m0s"');
    const old = reading(MAIN, Date.now() - 20 * DAY_MS, { volume: 1 });
    await expect(store.writeReadings([old])).rejects.toMatchObject({ code: 'store.rejected' });
  });

  it.each([
    ['init', 2, undefined],
    ['a policy whose shards overlap those there, the control', 3, '200d'],
  ])(
    '%s: of two rows, one written again after the policy changed, there are %d',
    async (...row) => {
      const [, expected, shard] = row;
      const endMs = (203 * 3650 - DAYS_BEFORE_1970) * DAY_MS;
      const [before, after] = [`shards v=1 ${endMs - DAY_MS}`, `shards v=1 ${endMs + DAY_MS}`];
      await write([before], ROLLUP_DATABASE);
      const retention = { rollupDays: 400 };
      await openStore({ kind: 'influx', url: server.url, retention }, METERS).init();
      const policy = `RETENTION POLICY "autogen" ON "${ROLLUP_DATABASE}"`;
      if (shard) await influxAdmin(server.url, `ALTER ${policy} SHARD DURATION ${shard}`);
      await write([after, before], ROLLUP_DATABASE);
      const count = `SELECT count(v) FROM "${ROLLUP_DATABASE}"."autogen"."shards"`;
      expect(await influxAdmin(server.url, count)).toContain(`[[0,${expected}]]`);
    },
  );

  it('init never lengthens the shards of a database that is there', async () => {
    await dropDatabases(server.url);
    for (const readingDays of [7, 400]) {
      const options = { kind: 'influx', url: server.url, retention: { readingDays } } as const;
      await openStore(options, METERS).init();
    }
    const policies = `SHOW RETENTION POLICIES ON "${READING_DATABASE}"`;
    expect(await influxAdmin(server.url, policies)).toContain('"9600h0m0s","120h0m0s"');
  });

  it('init leaves a policy chosen by hand as it is', async () => {
    await dropDatabases(server.url);
    await influxAdmin(server.url, `CREATE DATABASE "${READING_DATABASE}" WITH DURATION 90d`);
    await store.init();
    const policies = await influxAdmin(
      server.url,
      `SHOW RETENTION POLICIES ON "${READING_DATABASE}"`,
    );
    expect(policies).toContain('"2160h0m0s"');
  });

  it('merges a point rewritten without a value: the control of restating to null', async () => {
    await store.writeMeterConsumption([hourRow(MAIN, T0, { value: 7 })]);
    const tags = 'building=baiyan-center,carrier=electricity,counter=activeEnergyImport';
    const rest = 'coverage=0,manual=0,estimated=0,known=0,class="missing",flags="",rule_version=1i';
    const point = `consumption,${tags},meter=${MAIN},resolution=hour ${rest} ${T0}`;
    await write([point], ROLLUP_DATABASE);
    const query = { meterIds: [MAIN], resolution: 'hour', range: ALL } as const;
    expect(await store.meterConsumption(query)).toMatchObject([{ class: 'missing', value: 7 }]);
    const missing = hourRow(MAIN, T0, { value: null, coverage: 0, known: 0, class: 'missing' });
    await store.writeMeterConsumption([missing]);
    expect(await store.meterConsumption(query)).toEqual([missing]);
  });

  it('prefers the row under the present building where a correction left two', async () => {
    await store.writeMeterConsumption([hourRow(MAIN, T0, { value: 2 })]);
    const tags = 'building=a-former-one,carrier=electricity,counter=activeEnergyImport';
    const fields =
      'value=1,coverage=1,manual=0,estimated=0,known=1,class="measured",flags="",rule_version=1i';
    const series = `consumption,${tags},meter=${MAIN},resolution=hour`;
    await write([`${series} ${fields} ${T0}`, `${series} ${fields} ${T0 + 1}`], ROLLUP_DATABASE);
    const query = { meterIds: [MAIN], resolution: 'hour', range: ALL } as const;
    const found = await store.meterConsumption(query);
    expect(found.map(({ value }) => value)).toEqual([2, 1]);
  });

  it('an outage is over as soon as the server is back, with all that was acknowledged', async () => {
    const rows = [0, 1, 2].map((n) => reading(MAIN, T0 + n, { activeEnergyImport: n }));
    await store.writeReadings(rows);
    await server.kill();
    for (let n = 0; n < 5; n += 1) {
      await expect(store.writeReadings(rows)).rejects.toMatchObject({ code: 'store.unavailable' });
      await expect(stored()).rejects.toMatchObject({ code: 'store.unavailable' });
    }
    expect(await store.health()).toMatchObject({ ok: false, detail: expect.stringMatching(/./) });
    await expect(store.init()).rejects.toMatchObject({ code: 'store.unavailable' });
    await server.restart();
    expect(await stored()).toEqual(rows);
    expect(await store.health()).toMatchObject({ ok: true, engine: 'influxdb' });
  });
});

describe.skipIf(!influxdAvailable())('influxd: users', () => {
  const admin = { username: 'admin', password: "it's secret" };
  let server: Influxd;
  const as = (username?: string, password?: string) =>
    openStore(
      {
        kind: 'influx',
        url: server.url,
        ...(username === undefined ? {} : { username }),
        ...(password === undefined ? {} : { password }),
      },
      METERS,
    );

  beforeAll(async () => {
    server = await startInfluxd({ auth: true });
    const user = (name: string) => `CREATE USER "${name}" WITH PASSWORD 'pass'`;
    await influxAdmin(
      server.url,
      `CREATE USER "admin" WITH PASSWORD 'it\\'s secret' WITH ALL PRIVILEGES`,
    );
    const more = `${user('collector')}; ${user('api')}; ${user('stranger')}`;
    await influxAdmin(server.url, more, admin);
  });
  afterAll(() => server?.stop());

  it('a user who may not create is told what is missing', async () => {
    await expect(as('collector', 'pass').init()).rejects.toMatchObject({
      code: 'store.denied',
      message: expect.stringMatching(/database not found.*creating it was refused/s),
    });
  });

  it('each has the rights it needs and no more', async () => {
    await as(admin.username, admin.password).init();
    const grants = [
      `GRANT WRITE ON "${READING_DATABASE}" TO "collector"`,
      `GRANT READ ON "${READING_DATABASE}" TO "api"`,
      `GRANT ALL ON "${ROLLUP_DATABASE}" TO "api"`,
    ];
    await influxAdmin(server.url, grants.join('; '), admin);
    const row = reading(MAIN, T0, { volume: 1 });
    const collector = as('collector', 'pass');
    await collector.init();
    await collector.writeReadings([row]);
    await expect(collector.readings(MAIN, ALL, 1)).rejects.toMatchObject({ code: 'store.denied' });

    const api = as('api', 'pass');
    await api.init();
    expect(await api.readings(MAIN, ALL, 1)).toEqual([row]);
    await expect(api.writeReadings([row])).rejects.toMatchObject({
      code: 'store.denied',
      context: { status: 403 },
    });
    // Restating to null deletes a point: the api's own rights must do.
    await api.writeMeterConsumption([hourRow(MAIN, T0)]);
    await api.writeMeterConsumption([hourRow(MAIN, T0, { value: null, class: 'missing' })]);
    const query = { meterIds: [MAIN], resolution: 'hour', range: ALL } as const;
    expect(await api.meterConsumption(query)).toMatchObject([{ value: null }]);
  });

  it.each([
    ['nobody', undefined, undefined],
    ['a wrong password', 'api', 'wrong'],
    ['no password', 'api', undefined],
  ])('%s is denied everywhere', async (_, username, password) => {
    const store = as(username, password);
    const row = reading(MAIN, T0, { volume: 1 });
    await expect(store.writeReadings([row])).rejects.toMatchObject({ code: 'store.denied' });
    await expect(store.readings(MAIN, ALL, 1)).rejects.toMatchObject({ code: 'store.denied' });
    await expect(store.init()).rejects.toMatchObject({ code: 'store.denied' });
  });
});
