/** Entries of the ledger as an agency's account sees them: its own and those of all below. */
import type { TimeRange } from '../../domain/period.ts';
import type { Agency, Building } from '../../registry/schema.ts';
import type { ApiContext } from '../context.ts';
import type { KindId } from '../ledger/ledger.ts';
import { subjectsOf } from '../ledger/subjects.ts';
import type { MetricInput } from '../metrics/input.ts';

type Records = Pick<MetricInput, 'records' | 'latest' | 'history'>;

export function recordsOf(
  { registry, ledger }: ApiContext,
  agency: Agency,
  { elapsed, buildings }: { readonly elapsed: TimeRange; readonly buildings: readonly Building[] },
): Records {
  const subjects = subjectsOf(registry, agency, buildings);
  const touching = <K extends KindId>(kind: K, range: TimeRange) =>
    ledger.entries(kind, { ...subjects, range });
  const history = <K extends KindId>(kind: K) => touching(kind, { fromMs: 0, toMs: elapsed.toMs });
  return {
    records: (kind) => touching(kind, elapsed),
    history,
    latest(kind) {
      const until = history(kind);
      const subjectOf = ({ body }: (typeof until)[number]) =>
        'agency' in body ? String(body.agency) : '';
      // Entries come by the day they begin: the last of a subject is what holds.
      return [...Map.groupBy(until, subjectOf).values()].flatMap((same) => same.slice(-1));
    },
  };
}
