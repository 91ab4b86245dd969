/** Runs the store's contract over every backend, InfluxDB a real one. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MeterLookup } from '../../store/checks.ts';
import { openStore, type StoreOptions } from '../../store/index.ts';
import { type Influxd, influxdAvailable, startInfluxd } from '../support/influxd.ts';
import { dropDatabases } from '../support/influxd-admin.ts';
import { lintInfluxQl } from '../support/influxql-lint.ts';
import { describeStore } from './store.ts';
import type { Opened } from './store-fixtures.ts';

async function opened(
  options: StoreOptions,
  meters: MeterLookup,
  clear: () => Promise<void>,
): Promise<Opened> {
  let store = openStore(options, meters);
  await store.init();
  return {
    get store() {
      return store;
    },
    reopen: async () => {
      await store.close();
      store = openStore(options, meters);
      return store;
    },
    dispose: async () => {
      await store.close();
      await clear();
    },
  };
}

describeStore('sqlite', async (meters) => {
  const folder = await mkdtemp(join(tmpdir(), 'jieyue-store-'));
  const path = join(folder, 'deep', 'store.db');
  return opened({ kind: 'sqlite', path }, meters, () => rm(folder, { recursive: true }));
});

describe.skipIf(!influxdAvailable())('influxd', () => {
  let server: Influxd;
  const emitted = new Set<string>();

  beforeAll(async () => {
    server = await startInfluxd();
  });
  afterAll(() => server?.stop());

  describeStore('influx', (meters) => {
    const onQuery = (query: string) => void emitted.add(query);
    return opened({ kind: 'influx', url: server.url, onQuery }, meters, () =>
      dropDatabases(server.url),
    );
  });

  it('was asked nothing beyond the portable subset', () => {
    expect(emitted.size).toBeGreaterThan(50);
    expect(
      [...emitted].flatMap((query) => lintInfluxQl(query).map((fault) => [fault, query])),
    ).toEqual([]);
    expect(Math.max(...[...emitted].map((query) => query.split(' OR ').length))).toBe(200);
    for (const start of ['SELECT', 'DELETE', 'CREATE DATABASE']) {
      expect([...emitted].some((query) => query.startsWith(start))).toBe(true);
    }
  });
});
