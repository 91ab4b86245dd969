/** SIGKILL under load, again and again: no acknowledged reading is lost and none is there twice. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openSpool } from '../../collector/spool.ts';
import { createWriter } from '../../collector/writer.ts';
import { openStore } from '../../store/index.ts';
import { demoRegistry } from '../support/registry.ts';
import { LOAD_METERS } from './fixtures/load.ts';

const FIXTURE = fileURLToPath(new URL('./fixtures/spool-writer.ts', import.meta.url));
const SEED = 20_261_123;
const READY_MS = 20_000;

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jieyue-kill-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** mulberry32: small, seeded, good enough to choose moments. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Trial {
  readonly spoolPath: string;
  readonly storePath: string;
  readonly rounds: number;
}

/** Starts it, kills it `afterMs` after its first acknowledgement, and adds what it acknowledged. */
async function killOnce(args: readonly string[], afterMs: number, acked: Set<number>) {
  const startedMs = performance.now();
  const child = spawn(process.execPath, [FIXTURE, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const first = Promise.withResolvers<void>();
  const lines = createInterface({ input: child.stdout });
  const ended = once(lines, 'close');
  lines.on('line', (line) => {
    const [from = 0, to = -1, count = 0] = line.split(' ').map(Number);
    expect(to - from + 1).toBe(count);
    for (let n = from; n <= to; n += 1) acked.add(n);
    first.resolve();
  });
  const readyMs = await Promise.race([
    first.promise.then(() => performance.now() - startedMs),
    exited.then(() => Promise.reject(new Error('ended before its first acknowledgement'))),
    delay(READY_MS, undefined, { ref: false }).then(() => Promise.reject(new Error('not ready'))),
  ]);
  await delay(afterMs);
  child.kill('SIGKILL');
  await exited;
  await ended;
  return readyMs;
}

/** All rounds, then a clean run that drains what is left; the acknowledged and the stored readings. */
async function trial({ spoolPath, storePath, rounds }: Trial) {
  const random = seeded(SEED);
  const startMs = Date.now();
  const acked = new Set<number>();
  let slowestStartMs = 0;
  for (let round = 0; round < rounds; round += 1) {
    // A gap apart, so that readings of a round that were never acknowledged are not recorded again.
    const args = [spoolPath, storePath, String(round * 1_000_000), String(startMs)];
    slowestStartMs = Math.max(slowestStartMs, await killOnce(args, 200 + 900 * random(), acked));
  }
  const store = openStore({ kind: 'sqlite', path: storePath }, await demoRegistry());
  await store.init();
  const spool = openSpool({ path: spoolPath });
  const backlog = spool.figures().records;
  const writer = createWriter({ spool, sink: store });
  writer.start();
  await writer.stop(60_000);
  const left = spool.batches().length;
  await spool.close();
  const stored: number[] = [];
  for (const meterId of LOAD_METERS) {
    const range = { fromMs: startMs, toMs: startMs + 1e9 };
    const rows = await store.counterReadings(meterId, 'activeEnergyImport', range);
    expect(new Set(rows.map(({ atMs }) => atMs)).size).toBe(rows.length);
    stored.push(...rows.map(({ value }) => value));
  }
  await store.close();
  return { acked, stored, backlog, left, slowestStartMs };
}

it('keeps every acknowledged reading through kills, exactly once', async () => {
  const paths = { spoolPath: join(folder, 'spool.db'), storePath: join(folder, 'store.db') };
  const result = await trial({ ...paths, rounds: 8 });
  const { acked, stored, backlog, left, slowestStartMs } = result;
  const there = new Set(stored);
  const lost = [...acked].filter((n) => !there.has(n));
  console.log(
    `8 kills, seed ${SEED}: ${acked.size} acknowledged, ${lost.length} lost, ` +
      `${stored.length - there.size} twice, ${backlog} recovered from disk, ` +
      `start to first acknowledgement at most ${Math.round(slowestStartMs)} ms`,
  );
  expect(lost).toEqual([]);
  expect(there.size).toBe(stored.length);
  expect(left).toBe(0);
  expect(acked.size).toBeGreaterThan(5_000);
});

it('control: a spool in memory loses acknowledged readings, and this test sees it', async () => {
  const storePath = join(folder, 'store.db');
  const { acked, stored } = await trial({ spoolPath: ':memory:', storePath, rounds: 5 });
  const there = new Set(stored);
  const lost = [...acked].filter((n) => !there.has(n)).length;
  console.log(`control in memory: ${acked.size} acknowledged, ${lost} lost`);
  expect(lost).toBeGreaterThan(0);
});
