/** Writes the assessments of the running and the last month and year to the store, where dashboards read them. */
import { setImmediate } from 'node:timers/promises';
import { type Period, periodAt, previousPeriod } from '../../domain/period.ts';
import type { ApiContext } from '../context.ts';
import { createJob, type Job, type JobLogger } from '../job.ts';
import { assessmentOf } from './freeze.ts';
import { pointsOf } from './points.ts';

/** Stores the figures of every agency for the given periods; frozen ones stay as they are. */
export async function storeAssessments(
  context: ApiContext,
  periods: readonly Period[],
): Promise<void> {
  for (const period of periods) {
    const round = { ...context, round: new Map<string, unknown>() };
    for (const agency of context.registry.agencies) {
      const assessment = await assessmentOf(round, agency.id, period);
      await context.store.writeAssessment(pointsOf(assessment));
      // Whoever waits for an answer meanwhile gets one.
      await setImmediate();
    }
  }
}

/** The periods whose figures still move: the running month and year, and the last month. */
export function movingPeriods({ registry, now }: ApiContext): Period[] {
  const { zone } = registry.region;
  const month = periodAt(now(), 'month', zone);
  return [month, previousPeriod(month, zone), periodAt(now(), 'year', zone)];
}

export function createAssessmentJob(context: () => ApiContext, logger: JobLogger): Job {
  return createJob(
    'assessment',
    () => storeAssessments(context(), movingPeriods(context())),
    logger,
  );
}
