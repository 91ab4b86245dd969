/** `jieyue api`: figures, pages, and the jobs that keep rows and assessments up to date. */
import { createAssessmentJob } from '../../api/assessment/job.ts';
import { createConsumptionJob } from '../../api/consumption/job.ts';
import { startApi } from '../../api/main.ts';
import { openStore } from '../../store/index.ts';
import { endOnSignal, openRuntime } from '../runtime.ts';

const CONSUMPTION_EVERY_MS = 60_000;
const ASSESSMENT_EVERY_MS = 30 * 60_000;

export async function api(): Promise<void> {
  const { config, registry, logger } = await openRuntime('api');
  const store = openStore(config.store, registry);
  await store.init();
  const context = { registry, store, now: Date.now };
  const consumption = createConsumptionJob(() => context, logger);
  const assessments = createAssessmentJob(() => context, logger);
  const { host, port, tokenFile } = config;
  const server = await startApi({
    context: () => context,
    host,
    port,
    logger,
    ...(tokenFile === undefined ? {} : { tokenFile }),
  });
  endOnSignal(logger, async () => {
    await server.stop();
    await Promise.all([consumption.stop(), assessments.stop()]);
    await store.close();
  });
  consumption.start(CONSUMPTION_EVERY_MS);
  assessments.start(ASSESSMENT_EVERY_MS);
  logger.info({ event: 'api.ready', url: server.url }, 'listening');
}
