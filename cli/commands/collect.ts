/** `jieyue collect`: meters → spool → store, until told to stop. */

import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Command } from 'commander';
import type { Logger } from 'pino';
import { createCollector } from '../../collector/collector.ts';
import { prefixed } from '../../collector/figures.ts';
import { startMetricsEndpoint } from '../../collector/metrics-endpoint.ts';
import { serveRequests } from '../../collector/spool/requests.ts';
import { openSpool } from '../../collector/spool.ts';
import { isOnThisMachine } from '../../collector/this-machine.ts';
import { createWriter } from '../../collector/writer.ts';
import { messageOf } from '../../domain/errors.ts';
import { openStore, type StoreOptions } from '../../store/index.ts';
import type { Store } from '../../store/port.ts';
import { endOnSignal, liveRegistryOf, openRuntime } from '../runtime.ts';
import { collectEarly } from '../small-heap.ts';
import { storeClockMs } from '../store-clock.ts';

/** On shutdown, what the store can still take in this time is written; the rest waits in the spool. */
const DRAIN_MS = 5000;
const INIT_EVERY_MS = 5000;

/** Prepares the store as soon as it can be reached; says once that it cannot. */
async function initWhenReachable(store: Store, logger: Logger, signal: AbortSignal): Promise<void> {
  for (let attempt = 1; !signal.aborted; attempt += 1) {
    try {
      await store.init();
      if (attempt > 1) logger.info({ event: 'store.ready', attempt }, 'the store is ready');
      return;
    } catch (error) {
      const reason = messageOf(error);
      if (attempt === 1)
        logger.warn({ event: 'store.not-ready', reason }, 'the store is not ready yet');
    }
    await delay(INIT_EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
}

/** A store on this machine has our clock: it would confirm every jump of it. */
function hasOwnClock(store: StoreOptions): boolean {
  return store.kind === 'influx' && !isOnThisMachine(store.url);
}

async function collect(): Promise<void> {
  collectEarly();
  const runtime = await openRuntime('collector');
  const { config, logger } = runtime;
  // A store asks who a meter is when readings arrive, which may be after a reload.
  const store = openStore(config.store, { findAnyMeter: (id) => live.findMeter(id) });
  const spoolPath = join(config.dataFolder, 'spool.db');
  const spool = openSpool({ path: spoolPath, logger });
  const writer = createWriter({ spool, sink: store, logger });
  const collector = createCollector({
    registry: runtime.registry,
    profiles: runtime.profiles,
    recorder: spool,
    logger,
    pkiFolder: join(config.dataFolder, 'pki', 'collector'),
    refusalsFile: join(config.dataFolder, 'refusals.json'),
    ...(hasOwnClock(config.store) ? { otherClock: () => storeClockMs(config.store) } : {}),
    others: () => ({
      ...prefixed('spool', spool.figures()),
      ...prefixed('writer', writer.figures()),
      ...live.figures(),
    }),
  });
  const live = liveRegistryOf(runtime, collector.reload);
  const metrics = config.metrics && (await startMetricsEndpoint({ ...config.metrics, collector }));
  const stopRequests = serveRequests({ path: spoolPath, requeue: spool.requeue, logger });
  const ending = new AbortController();
  endOnSignal(logger, async () => {
    ending.abort();
    live.stop();
    stopRequests();
    await metrics?.stop();
    await collector.stop();
    await writer.stop(DRAIN_MS);
    await spool.close();
    await store.close();
  });
  // A store that is away must not keep the meters from being read: the spool takes everything.
  void initWhenReachable(store, logger, ending.signal);
  writer.start();
  await collector.start();
  logger.info(
    {
      event: 'collector.ready',
      meters: runtime.registry.meters.length,
      ...(metrics ? { metrics: metrics.url } : {}),
    },
    'polling',
  );
}

export function define(command: Command): void {
  command.action(collect);
}
