/** `jieyue api`: figures, pages, and the jobs that keep rows and assessments up to date. */
import type { Command } from 'commander';
import { createAssessmentJob } from '../../api/assessment/job.ts';
import { createOutdoorJob } from '../../api/baseline/outdoor-job.ts';
import { formerVirtual } from '../../api/consumption/former.ts';
import { createConsumptionJob } from '../../api/consumption/job.ts';
import { progressOf } from '../../api/consumption/queue.ts';
import { startApi } from '../../api/main.ts';
import { createStuckJob } from '../../api/quality/stuck-job.ts';
import { createLeakJob } from '../../api/water/job.ts';
import { openStore } from '../../store/index.ts';
import { endOnSignal, ledgerOf, liveRegistryOf, openRuntime, queueOf } from '../runtime.ts';

const CONSUMPTION_EVERY_MS = 60_000;
const ASSESSMENT_EVERY_MS = 30 * 60_000;
const LEAKS_EVERY_MS = 60 * 60_000;
const OUTDOOR_EVERY_MS = 60 * 60_000;
const STUCK_EVERY_MS = 6 * 60 * 60_000;

async function api(): Promise<void> {
  const runtime = await openRuntime('api');
  const { config, logger } = runtime;
  const queue = queueOf(runtime);
  const former = formerVirtual(queue.facts());
  const store = openStore(config.store, {
    findAnyMeter: (id) => live.findMeter(id) ?? former.get(id),
  });
  const live = liveRegistryOf(runtime, async (registry) => {
    context = { ...context, registry };
    consumption.soon();
    return {};
  });
  const ledger = ledgerOf(runtime);
  const rows = () => progressOf(queue);
  const registryFaults = () => live.faults();
  let context = { registry: runtime.registry, store, ledger, rows, registryFaults, now: Date.now };
  const { closeAfterDays } = config;
  const consumption = createConsumptionJob(() => context, { queue, logger, closeAfterDays });
  const assessments = createAssessmentJob(() => context, logger);
  const leaks = createLeakJob(() => context, logger);
  const stuck = createStuckJob(() => context, logger);
  const { rollupDays } = config.store.retention ?? {};
  const outdoor = createOutdoorJob(() => context, { logger, rollupDays });
  await store.init();
  const { host, port, tokenFile } = config;
  const server = await startApi({
    context: () => context,
    host,
    port,
    logger,
    ...(tokenFile === undefined ? {} : { tokenFile }),
  });
  endOnSignal(logger, async () => {
    live.stop();
    await server.stop();
    const jobs = [consumption, assessments, leaks, stuck, outdoor];
    await Promise.all(jobs.map((job) => job.stop()));
    await store.close();
    ledger.close();
    queue.close();
  });
  consumption.start(CONSUMPTION_EVERY_MS);
  assessments.start(ASSESSMENT_EVERY_MS);
  leaks.start(LEAKS_EVERY_MS);
  stuck.start(STUCK_EVERY_MS);
  outdoor.start(OUTDOOR_EVERY_MS);
  logger.info({ event: 'api.ready', url: server.url }, 'listening');
}

export function define(command: Command): void {
  command.action(api);
}
