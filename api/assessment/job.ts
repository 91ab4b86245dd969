/** Writes the assessments of the running and the last month and year to the store, where dashboards read them. */
import { type Period, periodAt, previousPeriod } from '../../domain/period.ts';
import type { AssessmentPoint } from '../../store/schema.ts';
import type { ApiContext } from '../context.ts';
import { createJob, type Job, type JobLogger } from '../job.ts';
import { assess } from './assess.ts';
import type { Assessment } from './schema.ts';

function pointsOf(assessment: Assessment, period: Period): AssessmentPoint[] {
  const { kind } = period;
  if (kind === 'day') return [];
  return assessment.metrics.map(({ id, value, status, completeness }) => ({
    agencyId: assessment.agency.id,
    metric: id,
    kind,
    startMs: period.fromMs,
    value,
    status,
    completeness,
  }));
}

/** Assesses every agency for the given periods and stores the figures. */
export async function storeAssessments(
  context: ApiContext,
  periods: readonly Period[],
): Promise<void> {
  for (const period of periods) {
    for (const agency of context.registry.agencies) {
      const assessment = await assess(context, agency.id, period);
      await context.store.writeAssessment(pointsOf(assessment, period));
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
