/** What every command needs: configuration, registry, logger, and an orderly way to end. */
import { join } from 'node:path';
import { type Logger, pino } from 'pino';
import { openQueue, type RecomputeQueue } from '../api/consumption/queue.ts';
import type { Ledger } from '../api/ledger/ledger.ts';
import { openLedger } from '../api/ledger/open.ts';
import type { MeterProfile } from '../collector/profile.ts';
import { loadProfiles } from '../collector/profile-files/load.ts';
import { messageOf } from '../domain/errors.ts';
import { loadRegistry, readRegistry } from '../registry/loader.ts';
import type { Registry } from '../registry/registry.ts';
import { type Config, readConfig } from './config.ts';
import { type LiveRegistry, openLiveRegistry } from './live-registry.ts';

export interface Runtime {
  readonly config: Config;
  readonly registry: Registry;
  /** Shipped profiles and the site's own, by id. */
  readonly profiles: ReadonlyMap<string, MeterProfile>;
  readonly logger: Logger;
}

export async function openRuntime(name: string): Promise<Runtime> {
  const config = readConfig();
  const { profiles, catalogue } = await loadProfiles(config.profilesFolder);
  const registry = await loadRegistry(config.registryFolder, catalogue);
  return { config, registry, profiles, logger: pino({ name, level: config.logLevel }) };
}

/** The ledger of the data folder. @throws AppError `store.denied` */
export function ledgerOf({ config, registry }: Runtime): Ledger {
  return openLedger(join(config.dataFolder, 'ledger.db'), { zone: registry.region.zone });
}

/** What is to be computed anew, shared by the api and `jieyue rebuild`. */
export function queueOf({ config }: Runtime): RecomputeQueue {
  return openQueue(join(config.dataFolder, 'recompute.db'));
}

/** The registry that goes on as its folder changes; `apply` is handed each valid one with its profiles. */
export function liveRegistryOf(
  { config, registry, logger, profiles }: Runtime,
  apply: (next: Registry, profiles: Runtime['profiles']) => Promise<object>,
): LiveRegistry {
  const { registryFolder, profilesFolder } = config;
  let read = profiles;
  return openLiveRegistry({
    folder: registryFolder,
    others: profilesFolder === undefined ? [] : [profilesFolder],
    registry,
    async load() {
      const loaded = await loadProfiles(profilesFolder);
      read = loaded.profiles;
      return readRegistry(registryFolder, loaded.catalogue);
    },
    apply: (next) => apply(next, read),
    logger,
  });
}

/** Runs `stop` once on the first SIGINT or SIGTERM, then ends; a second signal ends at once. */
export function endOnSignal(logger: Logger, stop: () => Promise<void>): void {
  let stopping = false;
  const end = (signal: NodeJS.Signals): void => {
    if (stopping) process.exit(1);
    stopping = true;
    logger.info({ event: 'stopping', signal }, 'stopping');
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ event: 'stop.failed', reason: messageOf(error) }, 'did not stop cleanly');
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  // The launcher died without telling us: its parts do not outlive it.
  process.on('disconnect', () => end('SIGTERM'));
}
