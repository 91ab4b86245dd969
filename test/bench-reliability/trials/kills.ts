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
  /** The command each life runs under, e.g. one that injects errors; such a life may end by itself. */
  readonly under?: (round: number) => readonly string[];
  /** Control: readings are acknowledged before they are on disk. */
  readonly acknowledgesEarly?: boolean;
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
  /** Lives that ended by themselves before they acknowledged anything, and after. */
  readonly neverBegan: number;
  readonly crashed: number;
}

function numbersOf(line: string): number[] {
  const [from = 0, to = -1, count = 0] = line.split(' ').map(Number);
  if (to - from + 1 !== count) throw new Error(`not a run of numbers: ${line}`);
  return Array.from({ length: count }, (_, index) => from + index);
}

interface Life {
  readonly command: readonly string[];
  readonly afterMs: number;
  readonly mayEnd: boolean;
  readonly acked: Set<number>;
}

interface Lived {
  /** Time to the first acknowledgement, if there was one. */
  readonly readyMs?: number;
  readonly hasCrashed: boolean;
}

/** Starts it, and kills it `afterMs` after its first acknowledgement. */
async function live({ command, afterMs, mayEnd, acked }: Life): Promise<Lived> {
  const startedMs = performance.now();
  const [program = '', ...args] = command;
  // A group of its own, so that what it runs under goes with it.
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', mayEnd ? 'ignore' : 'inherit'],
    detached: true,
  });
  const exited = once(child, 'exit');
  const first = Promise.withResolvers<'acknowledged'>();
  const lines = createInterface({ input: child.stdout });
  const ended = once(lines, 'close');
  lines.on('line', (line) => {
    for (const n of numbersOf(line)) acked.add(n);
    first.resolve('acknowledged');
  });
  try {
    const event = await Promise.race([
      first.promise,
      exited.then(() => 'ended' as const),
      delay(READY_MS, 'not ready' as const, { ref: false }),
    ]);
    if (event === 'not ready' || (event === 'ended' && !mayEnd))
      throw new Error(`${event} before it acknowledged`);
    if (event !== 'acknowledged') return { hasCrashed: false };
    const readyMs = performance.now() - startedMs;
    await Promise.race([delay(afterMs), exited]);
    return { readyMs, hasCrashed: child.exitCode !== null };
  } finally {
    if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
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
  let neverBegan = 0;
  let crashed = 0;
  for (let round = 0; round < rounds; round += 1) {
    // A gap apart, so that readings of a round that were never acknowledged are not recorded again.
    const args = [FIXTURE, spoolPath, storePath, String(round * 1_000_000), String(startMs)];
    const how = options.acknowledgesEarly ? ['early'] : [];
    const command = [...(options.under?.(round) ?? []), process.execPath, ...args, ...how];
    const afterMs = 200 + 900 * random();
    const mayEnd = options.under !== undefined;
    const { readyMs, hasCrashed } = await live({ command, afterMs, mayEnd, acked });
    if (hasCrashed) crashed += 1;
    if (readyMs === undefined) neverBegan += 1;
    else slowestStartMs = Math.max(slowestStartMs, readyMs);
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
    const { value } = await store.counterColumns(meterId, 'activeEnergyImport', range);
    stored.push(...value);
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
    neverBegan,
    crashed,
  };
}
