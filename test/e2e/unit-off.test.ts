/** One unit of a gateway is switched off: the others keep their cadence, page and status say offline, no zero is stored. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openLedger } from '../../api/ledger/open.ts';
import { startApi } from '../../api/main.ts';
import { createCollector } from '../../collector/collector.ts';
import { openSpool } from '../../collector/spool.ts';
import { createWriter } from '../../collector/writer.ts';
import type { TimeRange } from '../../domain/period.ts';
import { createRegistry, type Registry } from '../../registry/registry.ts';
import { type Simulators, startSimulators } from '../../simulators/index.ts';
import { openStore } from '../../store/index.ts';
import type { Store } from '../../store/port.ts';
import { launchBrowser } from '../support/browser.ts';
import { demoRegistry } from '../support/registry.ts';

const GATEWAY = 'gw-luming';
const DEAD = 'luming-hall-e-b';
/** Slow enough that a gateway with a dead unit of 300 ms can keep it on a busy machine. */
const PERIOD_MS = 2000;
const OFF_MS = 24_000;

let folder: string;
let registry: Registry;
let simulators: Simulators;
let store: Store;
let off: TimeRange;
let url: string;
const closers: (() => Promise<void> | void)[] = [];

/** The gateway's meters alone, polled every two seconds. */
function only(demo: Registry): Registry {
  const meters = demo
    .metersOn(GATEWAY)
    .map((meter) => ({ ...meter, parent: undefined, pollSeconds: PERIOD_MS / 1000 }));
  const connections = demo.connections
    .filter(({ id }) => id === GATEWAY)
    .map((connection) => ({ ...connection, timeoutMs: 300 }));
  const stations = demo.stations.map(({ sensor: _sensor, ...station }) => station);
  return createRegistry({ ...demo, meters, connections, stations }, demo.profiles);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jieyue-off-'));
  simulators = await startSimulators({
    registry: only(await demoRegistry()),
    ports: 'ephemeral',
    pkiFolder: join(folder, 'pki'),
  });
  registry = simulators.registry;
  store = openStore({ kind: 'sqlite', path: join(folder, 'store.db') }, registry);
  await store.init();
  const spool = openSpool({ path: join(folder, 'spool.db') });
  const writer = createWriter({ spool, sink: store });
  const collector = createCollector({ registry, recorder: spool });
  const context = { registry, store, ledger: openLedger(':memory:'), now: Date.now };
  const api = await startApi({
    context: () => context,
    host: '127.0.0.1',
    port: 0,
    logger: pino({ level: 'silent' }),
  });
  url = api.url;
  closers.push(
    () => collector.stop(),
    () => writer.stop(5000),
    () => spool.close(),
    () => api.stop(),
    () => store.close(),
    () => simulators.stop(),
  );
  closers.push(() => rm(folder, { recursive: true, force: true }));
  writer.start();
  await collector.start();
  await delay(3 * PERIOD_MS);
  simulators.faults.set(DEAD, { kind: 'offline' });
  const fromMs = Date.now();
  await delay(OFF_MS);
  await spool.flush();
  off = { fromMs, toMs: Date.now() };
}, 90_000);

afterAll(async () => {
  for (const close of closers) await close();
});

it('was read before (control)', async () => {
  const before = await store.readings(DEAD, { fromMs: 0, toMs: off.fromMs }, 100);
  expect(before.length).toBeGreaterThanOrEqual(1);
  expect(before.every(({ values }) => (values.activeEnergyImport ?? 0) > 0)).toBe(true);
});

it('stores nothing for the dead unit, least of all a zero', async () => {
  // A poll under way when the unit went off may still have been answered.
  const range = { fromMs: off.fromMs + 1000, toMs: off.toMs };
  expect(await store.readings(DEAD, range, 1000)).toEqual([]);
});

it('says offline at the polls of the dead unit', async () => {
  await delay(1500);
  const statuses = await store.statuses(DEAD, off, 1000);
  expect(statuses.length).toBeGreaterThanOrEqual(OFF_MS / PERIOD_MS - 3);
  expect(statuses.slice(3).every(({ state }) => state === 'offline')).toBe(true);
  expect(statuses.every(({ reason, ageMs }) => reason !== undefined && (ageMs ?? 0) > 0)).toBe(
    true,
  );
});

it('keeps the cadence of the other units', async () => {
  for (const { id } of registry.metersOn(GATEWAY).filter((meter) => meter.id !== DEAD)) {
    const readings = await store.readings(id, off, 1000);
    expect(readings.length, id).toBeGreaterThanOrEqual(OFF_MS / PERIOD_MS - 3);
    const gaps = readings.slice(1).map(({ atMs }, index) => atMs - (readings[index]?.atMs ?? atMs));
    expect(Math.max(...gaps), id).toBeLessThanOrEqual(2.5 * PERIOD_MS);
  }
});

it('shows 离线 on the page, and no value in its place', async () => {
  const browser = await launchBrowser();
  if (!browser) return;
  try {
    const page = await browser.newPage({ locale: 'zh-CN' });
    await page.goto(`${url}/meters`);
    const row = page.locator('tr', { has: page.locator(`a[href="/meters/${DEAD}"]`) });
    await row.waitFor();
    expect(await row.innerText()).toContain('离线');
    expect(await row.innerText()).not.toMatch(/(^|\s)0(\.0+)? kW/);
    const healthy = page.locator('tr', { has: page.locator('a[href="/meters/luming-hall-e-a"]') });
    expect(await healthy.innerText()).toContain('正常');
  } finally {
    await browser.close();
  }
});
