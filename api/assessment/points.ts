/** An assessment as points of the store, where dashboards read it. */
import type { AssessmentPoint } from '../../store/schema.ts';
import type { Assessment } from './schema.ts';

export function pointsOf({ agency, period, metrics, frozen }: Assessment): AssessmentPoint[] {
  const { kind, from } = period;
  if (kind === 'day') return [];
  return metrics.map(({ id, value, status, completeness }) => ({
    agencyId: agency.id,
    metric: id,
    kind,
    startMs: Date.parse(from),
    value,
    status,
    completeness,
    revision: frozen?.revision ?? 0,
  }));
}
