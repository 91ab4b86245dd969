/** The registry while a process runs: a change is picked up, an invalid one is told and changes nothing. */
import type { Logger } from 'pino';
import { messageOf } from '../domain/errors.ts';
import { formatFault } from '../registry/fault.ts';
import type { LoadOutcome } from '../registry/loader.ts';
import type { AnyMeter, Registry } from '../registry/registry.ts';
import { watchRegistry } from '../registry/watch.ts';

export interface LiveRegistryOptions {
  readonly folder: string;
  /** Other folders it is read with, such as the site's profiles. */
  readonly others?: readonly string[];
  readonly registry: Registry;
  load(): Promise<LoadOutcome>;
  /** Goes over to the new one; what it tells is logged. @throws when it cannot, having changed nothing. */
  apply(registry: Registry): Promise<object>;
  readonly logger: Logger;
}

export interface LiveRegistry {
  readonly current: Registry;
  /** Meters that are gone are still found: readings of theirs may wait in the spool. */
  findMeter(id: string): AnyMeter | undefined;
  /** Looks now, as SIGHUP does; changes are otherwise picked up by themselves. */
  reload(): Promise<void>;
  figures(): Record<string, number>;
  /** What is wrong with the files as they are now; empty while they are in force. */
  faults(): readonly string[];
  stop(): void;
}

const FAULTS_LOGGED = 100;

export function openLiveRegistry(options: LiveRegistryOptions): LiveRegistry {
  const { folder, logger } = options;
  const former = new Map<string, AnyMeter>();
  const counts = { registry_reloads: 0, registry_reload_failed: 0 };
  let current = options.registry;
  let refused: readonly string[] = [];
  let running: Promise<void> | undefined;
  let isWanted = false;

  function refuse(faults: readonly string[]): void {
    counts.registry_reload_failed += 1;
    refused = faults.slice(0, FAULTS_LOGGED);
    logger.error(
      {
        event: 'registry.reload-failed',
        folder,
        count: faults.length,
        faults: refused,
      },
      'the registry has faults; the one before stays in force',
    );
  }

  async function adopt(next: Registry): Promise<void> {
    const told = await options.apply(next);
    const all = ({ meters, virtualMeters }: Registry) => [...meters, ...virtualMeters];
    for (const meter of all(current)) former.set(meter.id, meter);
    for (const meter of all(next)) former.delete(meter.id);
    current = next;
    refused = [];
    counts.registry_reloads += 1;
    logger.info(
      {
        event: 'registry.reloaded',
        folder,
        meters: next.meters.length,
        warnings: next.warnings.slice(0, FAULTS_LOGGED).map(formatFault),
        ...told,
      },
      'the registry was reloaded',
    );
  }

  async function once(): Promise<void> {
    try {
      const { registry, faults } = await options.load();
      if (registry) await adopt(registry);
      else refuse(faults.map(formatFault));
    } catch (error) {
      refuse([messageOf(error)]);
    }
  }

  /** One at a time; however often it is asked for meanwhile, one more is enough. */
  async function run(): Promise<void> {
    while (isWanted) {
      isWanted = false;
      await once();
    }
    running = undefined;
  }

  function reload(): Promise<void> {
    isWanted = true;
    running ??= run();
    return running;
  }

  const onSignal = () => void reload();
  process.on('SIGHUP', onSignal);
  const folders = [folder, ...(options.others ?? [])];
  const unwatches = folders.map((one) => watchRegistry({ folder: one, onChange: onSignal }));

  return {
    get current() {
      return current;
    },
    findMeter: (id) => current.findAnyMeter(id) ?? former.get(id),
    reload,
    figures: () => ({ ...counts, registry_valid: refused.length === 0 ? 1 : 0 }),
    faults: () => refused,
    stop() {
      process.off('SIGHUP', onSignal);
      for (const unwatch of unwatches) unwatch();
    },
  };
}
