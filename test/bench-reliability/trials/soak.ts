/** Two hundred meters under faults switched at random: every stored value is one that its meter showed. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createCollector } from '../../../collector/collector.ts';
import { openSpool } from '../../../collector/spool.ts';
import { createWriter } from '../../../collector/writer.ts';
import { openStore } from '../../../store/index.ts';
import type { Store } from '../../../store/port.ts';
import { seeded } from '../../support/seeded.ts';
import { heldBytes } from '../memory.ts';
import { completenessOf, type WrongValue, wrongValues } from '../soak/check.ts';
import { PERIOD_MS, soakRegistry } from '../soak/region.ts';
import { type Order, scheduleTroubles, type Trouble } from '../soak/schedule.ts';

const GATEWAYS_FILE = fileURLToPath(new URL('../fixtures/soak-gateways.ts', import.meta.url));
const READY_MS = 30_000;
/** Until every meter was read once. */
const WARM_UP_MS = 3 * PERIOD_MS;

export interface SoakOptions {
  readonly folder: string;
  readonly seed: number;
  readonly durationMs: number;
  /** A trouble begins this often, and lasts at most so long. */
  readonly everyMs: number;
  readonly mostMs: number;
}

export interface SoakResult {
  readonly troubles: number;
  readonly readings: number;
  readonly wrong: readonly WrongValue[];
  /** Age of the oldest stored value at its time stamp, to a tick. */
  readonly oldestMs: number;
  /** Polls due to meters without a fault, and how many of them gave no reading. */
  readonly healthyDue: number;
  readonly healthyMissing: number;
  readonly lateReplies: number;
  readonly brokenFrames: number;
  readonly timeouts: number;
  /** Of what is left after a collection of garbage, from a quarter of the run to its end. */
  readonly heapGrowthBytes: number;
}

/** Sets and clears each trouble in its time. */
async function play(troubles: readonly Trouble[], startMs: number, send: (order: Order) => void) {
  const steps = troubles.flatMap(({ fromMs, toMs, order }) => {
    const { fault: _fault, ...cleared } = order;
    return [
      { atMs: fromMs, order },
      { atMs: toMs, order: cleared },
    ];
  });
  for (const { atMs, order } of steps.toSorted((a, b) => a.atMs - b.atMs)) {
    await delay(Math.max(0, startMs + atMs - Date.now()));
    send(order);
  }
}

async function startGateways(startMs: number, seed: number) {
  const child = fork(GATEWAYS_FILE, [String(startMs), String(seed)], { stdio: 'inherit' });
  const signal = AbortSignal.timeout(READY_MS);
  const [ports] = (await once(child, 'message', { signal })) as [number[]];
  return {
    ports,
    send: (order: Order) => void child.send(order),
    async stop() {
      const exited = once(child, 'exit');
      child.disconnect();
      await exited;
    },
  };
}

export async function soak(options: SoakOptions): Promise<SoakResult> {
  const { folder, seed, durationMs } = options;
  mkdirSync(folder, { recursive: true });
  const startMs = Date.now();
  const gateways = await startGateways(startMs, seed);
  const registry = await soakRegistry(gateways.ports);
  const store: Store = openStore({ kind: 'sqlite', path: join(folder, 'store.db') }, registry);
  await store.init();
  const spool = openSpool({ path: join(folder, 'spool.db') });
  const writer = createWriter({ spool, sink: store });
  const collector = createCollector({ registry, recorder: spool, random: seeded(seed) });
  writer.start();
  await collector.start();
  const bootMs = Date.now() - startMs + WARM_UP_MS;
  const troubles = scheduleTroubles(options).map(({ fromMs, toMs, order }) => ({
    fromMs: fromMs + bootMs,
    toMs: toMs + bootMs,
    order,
  }));
  await delay(WARM_UP_MS);
  const settled = delay(durationMs / 4).then(heldBytes);
  await play(troubles, startMs, gateways.send);
  await delay(Math.max(0, startMs + bootMs + durationMs - Date.now()));
  const heapGrowthBytes = heldBytes() - (await settled);
  const figures = collector.figures()._all ?? {};
  await collector.stop();
  await writer.stop(30_000);
  await spool.close();
  await gateways.stop();

  const wrong: WrongValue[] = [];
  const sums = { readings: 0, oldestMs: 0, healthyDue: 0, healthyMissing: 0 };
  const range = { fromMs: bootMs, toMs: bootMs + durationMs };
  for (const meter of registry.meters) {
    const span = { fromMs: startMs, toMs: startMs + range.toMs + 60_000 };
    const readings = await store.readings(meter.id, span, 1_000_000);
    const checked = wrongValues(meter, readings, startMs);
    const { due, missing } = completenessOf({ meter, readings, troubles, range, startMs });
    wrong.push(...checked.wrong);
    sums.readings += readings.length;
    sums.oldestMs = Math.max(sums.oldestMs, checked.oldestMs);
    sums.healthyDue += due;
    sums.healthyMissing += missing;
  }
  await store.close();
  return {
    ...sums,
    troubles: troubles.length,
    wrong,
    lateReplies: figures.late_replies ?? 0,
    brokenFrames: figures.broken_frames ?? 0,
    timeouts: figures.timeouts ?? 0,
    heapGrowthBytes,
  };
}
