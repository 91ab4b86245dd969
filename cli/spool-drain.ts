/** `jieyue spool drain`: all that waits, to the store. */
import { setTimeout as delay } from 'node:timers/promises';
import { type Logger, pino } from 'pino';
import { inspectSpool, inspectWaiting } from '../collector/spool/inspect.ts';
import type { Spool } from '../collector/spool.ts';
import { createWriter } from '../collector/writer.ts';
import { AppError } from '../domain/errors.ts';
import { openStore } from '../store/index.ts';
import { createProgress } from './progress.ts';
import { openRuntime } from './runtime.ts';
import { openUnlessHeld, spoolPath } from './spool-file.ts';

const DRAIN_LOOK_MS = 200;

interface Drained {
  readonly before: number;
  readonly left: number;
  readonly quarantined: number;
  readonly by: string;
}

/** Looks until nothing is left, or the time is over; returns what is left. */
async function untilEmpty(before: number, deadlineMs: number, look: () => number): Promise<number> {
  const progress = createProgress('records stored');
  const endMs = performance.now() + deadlineMs;
  let left = before;
  while (left > 0 && performance.now() < endMs) {
    await delay(DRAIN_LOOK_MS);
    left = look();
    progress(before - left, before);
  }
  return left;
}

async function drainHere(spool: Spool, deadlineMs: number, logger: Logger): Promise<Drained> {
  const { config, registry } = await openRuntime('spool');
  const store = openStore(config.store, registry);
  try {
    // A store that is away or not ours is told now, before anything could be refused by it.
    await store.init();
    const writer = createWriter({ spool, sink: store, logger });
    const before = spool.figures().records;
    writer.start();
    const left = await untilEmpty(before, deadlineMs, () => spool.figures().records);
    await writer.stop();
    return { before, left, quarantined: writer.figures().quarantined, by: '' };
  } finally {
    await store.close();
  }
}

/** The collector that holds the spool drains it: what waited when we came is followed to the store. */
async function followCollector(deadlineMs: number): Promise<Drained> {
  const path = spoolPath();
  const { records: before, newestMs = 0, quarantined } = inspectSpool(path);
  // Late values of before may still come: they count for none that has left.
  const look = () => Math.min(before, inspectWaiting(path, newestMs));
  const left = await untilEmpty(before, deadlineMs, look);
  const by = ' by the collector that runs';
  return { before, left, quarantined: inspectSpool(path).quarantined - quarantined, by };
}

/**
 * Brings everything to the store without polling a meter; what the store refuses is quarantined. A
 * collector that runs does so by itself: then it is watched until all that waits now has left.
 */
export async function drain({ seconds = '600' }: { readonly seconds?: string }): Promise<void> {
  const deadlineMs = Number(seconds) * 1000;
  if (!(deadlineMs > 0)) {
    const text = `--seconds: expected a positive number, found '${seconds}'`;
    throw new AppError('config.invalid', text, { found: seconds });
  }
  const logger = pino({ level: 'warn' }, pino.destination(2));
  const spool = openUnlessHeld(spoolPath(), logger);
  try {
    const drained = spool
      ? await drainHere(spool, deadlineMs, logger)
      : await followCollector(deadlineMs);
    const { before, left, quarantined, by } = drained;
    console.log(
      `${before - left} of ${before} records settled${by}, ${quarantined} of them quarantined`,
    );
    if (left > 0) process.exitCode = 1;
  } finally {
    await spool?.close();
  }
}
