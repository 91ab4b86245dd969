/** SIGKILL under load, again and again: which acknowledged readings are lost, and which are there twice. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openSpool } from '../../../collector/spool.ts';
import { createWriter } from '../../../collector/writer.ts';
import { openStore } from '../../../store/index.ts';
import { LOAD_METERS } from '../../e2e/fixtures/load.ts';
import { demoRegistry } from '../../support/registry.ts';
import { seeded } from '../../support/seeded.ts';

const FIXTURE = fileURLToPath(new URL('../../e2e/fixtures/spool-writer.ts', import.meta.url));
const READY_MS = 20_000;
const DRAIN_MS = 120_000;

export interface KillOptions {
  /** `:memory:` is the control: it must lose readings. */
  readonly spoolPath: string;
  readonly storePath: string;
  readonly rounds: number;
  readonly seed: number;
}

export interface KillResult {
  readonly acknowledged: number;
  /** Acknowledged and not in the store. */
  readonly lost: readonly number[];
  readonly twice: number;
  /** Records that waited on disk after the last kill. */
  readonly recovered: number;
  /** Batches still in the spool after the drain. */
  readonly left: number;
  /** Longest time from a start to its first acknowledgement. */
  readonly slowestStartMs: number;
}

function numbersOf(line: string): number[] {
  const [from = 0, to = -1, count = 0] = line.split(' ').map(Number);
  if (to - from + 1 !== count) throw new Error(`not a run of numbers: ${line}`);
  return Array.from({ length: count }, (_, index) => from + index);
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
    for (const n of numbersOf(line)) acked.add(n);
    first.resolve();
  });
  try {
    await Promise.race([
      first.promise,
      exited.then(() => Promise.reject(new Error('ended before its first acknowledgement'))),
      delay(READY_MS, undefined, { ref: false }).then(() => Promise.reject(new Error('not ready'))),
    ]);
    const readyMs = performance.now() - startedMs;
    await delay(afterMs);
    return readyMs;
  } finally {
    child.kill('SIGKILL');
    await exited;
    await ended;
  }
}

/** All rounds, then a clean run that drains what is left, then a look at what the store has. */
export async function killAgainAndAgain(options: KillOptions): Promise<KillResult> {
  const { spoolPath, storePath, rounds, seed } = options;
  const random = seeded(seed);
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
  const recovered = spool.figures().records;
  const writer = createWriter({ spool, sink: store });
  writer.start();
  await writer.stop(DRAIN_MS);
  const left = spool.batches().length;
  await spool.close();
  const stored: number[] = [];
  for (const meterId of LOAD_METERS) {
    const range = { fromMs: startMs, toMs: startMs + 1e9 };
    const rows = await store.counterReadings(meterId, 'activeEnergyImport', range);
    stored.push(...rows.map(({ value }) => value));
  }
  await store.close();
  const there = new Set(stored);
  return {
    acknowledged: acked.size,
    lost: [...acked].filter((n) => !there.has(n)),
    twice: stored.length - there.size,
    recovered,
    left,
    slowestStartMs,
  };
}
