/** `jieyue collect`: meters → spool → store, until told to stop. */
import { join } from 'node:path';
import { createCollector } from '../../collector/collector.ts';
import { openSpool } from '../../collector/spool.ts';
import { createWriter } from '../../collector/writer.ts';
import { openStore } from '../../store/index.ts';
import { endOnSignal, openRuntime } from '../runtime.ts';

/** On shutdown, what the store can still take in this time is written; the rest waits in the spool. */
const DRAIN_MS = 5000;

export async function collect(): Promise<void> {
  const { config, registry, logger } = await openRuntime('collector');
  const store = openStore(config.store, registry);
  const spool = openSpool({ path: join(config.dataFolder, 'spool.db'), logger });
  const writer = createWriter({ spool, sink: store, logger });
  const collector = createCollector({
    registry,
    recorder: spool,
    logger,
    pkiFolder: join(config.dataFolder, 'pki', 'collector'),
  });
  endOnSignal(logger, async () => {
    await collector.stop();
    await writer.stop(DRAIN_MS);
    await spool.close();
    await store.close();
  });
  // A store that is away must not keep the meters from being read: the spool takes everything.
  store.init().catch((error: unknown) => {
    logger.warn(
      { event: 'store.init-failed', reason: String(error) },
      'the store is not ready yet',
    );
  });
  writer.start();
  await collector.start();
  logger.info({ event: 'collector.ready', meters: registry.meters.length }, 'polling');
}
