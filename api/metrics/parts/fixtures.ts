/** Water fixtures as last counted or inspected, each agency's and building's newest entry. */
import type { EntryOf } from '../../ledger/ledger.ts';
import type { MetricInput } from '../input.ts';
import { coverOf, type EntryCover } from './entry-cover.ts';
import { newestBy } from './records.ts';

type FixtureEntry = EntryOf<'fixtures'> | EntryOf<'fixture-inspection'>;

function placeOf({ agency, building }: FixtureEntry['body']): string {
  return [agency, building ?? ''].join(' ');
}

/** Units that have an entry, whenever in the period it was made. */
export function coverOfCounts(input: MetricInput, entries: readonly FixtureEntry[]): EntryCover {
  return coverOf(
    input,
    entries.map(({ body }) => ({
      body: { agency: body.agency },
      fromMs: Number.NEGATIVE_INFINITY,
      toMs: Number.POSITIVE_INFINITY,
    })),
  );
}

export function newestCounts(input: MetricInput): EntryOf<'fixtures'>[] {
  return newestBy<'fixtures'>(input.records('fixtures'), placeOf);
}

export function newestInspections(input: MetricInput): EntryOf<'fixture-inspection'>[] {
  return newestBy<'fixture-inspection'>(input.records('fixture-inspection'), placeOf);
}
