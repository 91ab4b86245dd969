/** `jieyue simulate`: the meters of the registry on their real protocols. */

import { join } from 'node:path';
import type { Command } from 'commander';
import { AppError } from '../../domain/errors.ts';
import { startSimulators } from '../../simulators/index.ts';
import { endOnSignal, openRuntime } from '../runtime.ts';
import { backfillPast, daysBack } from './backfill.ts';

interface SimulateOptions {
  /** Days, or true for all there is. */
  readonly backfill?: string | true;
  readonly fault?: readonly string[];
}

async function simulate(options: SimulateOptions): Promise<void> {
  const days = daysBack('--backfill', options.backfill);
  const runtime = await openRuntime('simulators');
  const { config, registry, profiles, logger } = runtime;
  const simulators = await startSimulators({
    registry,
    profiles,
    host: process.env.JIEYUE_SIMULATOR_BIND ?? '127.0.0.1',
    ports: 'registry',
    pkiFolder: join(config.dataFolder, 'pki', 'simulator'),
  });
  for (const text of options.fault ?? []) {
    const [meterId = '', kind = ''] = text.split('=');
    if (!registry.findMeter(meterId)) {
      throw new AppError(
        'config.invalid',
        `--fault ${text}: expected a meter of the registry, found '${meterId}'`,
      );
    }
    simulators.faults.set(meterId, parseFault(text, kind));
  }
  endOnSignal(logger, () => simulators.stop());
  logger.info({ event: 'simulators.ready', meters: registry.meters.length }, 'simulators answer');
  // The launcher waits for this before it starts the collector.
  process.send?.('ready');
  if (options.backfill !== undefined) {
    await backfillPast(runtime, days);
  }
}

/** Faults that need no further figure; tests set the others in code. */
function parseFault(text: string, kind: string): { kind: 'offline' } | { kind: 'stuck' } {
  if (kind === 'offline' || kind === 'stuck') return { kind };
  throw new AppError(
    'config.invalid',
    `--fault ${text}: expected offline or stuck, found '${kind}'`,
  );
}

export function define(command: Command): void {
  command
    .option('--backfill [days]', 'first write the past into the store, all of it or so many days')
    .option('--fault <meter=kind...>', 'start with faults, e.g. baiyan-center-w=offline')
    .action(simulate);
}
