/** A virtual meter that comes into the registry of a running api has rows and an explanation; once it is gone, so are they. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PROFILE_CATALOGUE } from '../../collector/profile-facts.ts';
import { HOUR_MS } from '../../domain/period.ts';
import { loadRegistry } from '../../registry/loader.ts';
import type { Store } from '../../store/port.ts';
import { createSqliteStore } from '../../store/sqlite.ts';
import { type JieyueProcess, startJieyue } from '../support/jieyue-process.ts';

const MAIN = 'luming-hall-w';
const MADE = 'luming-hall-w-half';
const WAIT_MS = 40_000;

let folder = '';
let api: JieyueProcess;
let url = '';
let store: Store;
const endMs = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
const range = { fromMs: endMs - 8 * HOUR_MS, toMs: endMs };

const file = () => join(folder, 'registry', 'meters-virtual.yaml');
const entry = (formula: string) => `
  - id: ${MADE}
    name: { zh: 一半用水, en: "Half of the water" }
    building: luming-hall
    carrier: water
    level: 2
    parent: ${MAIN}
    formula: ${formula}
`;

async function start(): Promise<void> {
  api = startJieyue('api', {
    JIEYUE_DATA: join(folder, 'data'),
    JIEYUE_REGISTRY: join(folder, 'registry'),
    JIEYUE_PORT: '0',
  });
  url = String((await api.event('api.ready')).url);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jieyue-reload-virtual-'));
  await cp('registry/demo', join(folder, 'registry'), { recursive: true });
  const registry = await loadRegistry(join(folder, 'registry'), PROFILE_CATALOGUE);
  store = createSqliteStore({ path: join(folder, 'data', 'store.db') }, registry);
  await store.init();
  const quarters = Array.from({ length: 8 * 4 + 1 }, (_, i) => i);
  await store.writeReadings(
    quarters.map((i) => ({
      meterId: MAIN,
      atMs: range.fromMs + (i * HOUR_MS) / 4,
      quality: 0,
      values: { volume: 100 + i * 0.07 },
    })),
  );
  await start();
}, 60_000);

afterAll(async () => {
  await api?.stop();
  await store?.close();
  await rm(folder, { recursive: true, force: true });
});

async function hoursOf(meterId: string): Promise<(number | null)[]> {
  const rows = await store.meterConsumption({ meterIds: [meterId], resolution: 'hour', range });
  return rows.filter(({ counter }) => counter === 'volume').map(({ value }) => value);
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const deadlineMs = performance.now() + WAIT_MS;
  while (!(await isSo())) {
    if (performance.now() > deadlineMs) throw new Error(`not so within ${WAIT_MS} ms`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function explained() {
  const query = new URLSearchParams({
    from: new Date(range.fromMs).toISOString(),
    to: new Date(range.toMs).toISOString(),
  });
  const response = await fetch(`${url}/api/meters/${MADE}/explain?${query}`, {
    signal: AbortSignal.timeout(10_000),
  });
  return { status: response.status, body: await response.json() };
}

async function put(text: string): Promise<void> {
  await writeFile(file(), text);
  await api.event('registry.reloaded');
}

it('comes, changes and goes with the registry', { timeout: 4 * WAIT_MS }, async () => {
  const before = await readFile(file(), 'utf8');
  await until(async () => (await hoursOf(MAIN)).length === 8);
  const main = await hoursOf(MAIN);
  expect((await explained()).status).toBe(404);

  await put(before + entry(`0.5 * ${MAIN}`));
  await until(async () => (await hoursOf(MADE)).length === 8);
  expect(await hoursOf(MADE)).toEqual(main.map((value) => (value ?? Number.NaN) * 0.5));
  expect((await explained()).body).toMatchObject({
    kind: 'virtual',
    agrees: true,
    operands: [{ id: MAIN, factor: 0.5 }],
  });

  await put(before + entry(`0.25 * ${MAIN}`));
  const quarter = main.map((value) => (value ?? Number.NaN) * 0.25);
  await until(async () => (await hoursOf(MADE))[0] === quarter[0]);
  expect(await hoursOf(MADE)).toEqual(quarter);

  await put(before);
  await until(async () => (await hoursOf(MADE)).every((value) => value === null));
  expect((await explained()).status).toBe(404);
  // Control: what is read from the meter itself stays.
  expect(await hoursOf(MAIN)).toEqual(main);
});
