/** Periods an entry was due for and none came: only where the same was entered before, so that nothing is made up. */
import { type Period, periodAt, previousPeriod } from '../../../domain/period.ts';
import type { Body } from '../field.ts';
import type { Entry, KindId } from '../ledger.ts';

interface Rhythm {
  readonly every: 'month' | 'year';
  /** A plan is due when its year begins, a bill when its month is over. */
  readonly due: 'begun' | 'ended';
}

const MONTHLY: Rhythm = { every: 'month', due: 'ended' };

const RHYTHMS: Partial<Record<KindId, Rhythm>> = {
  bill: MONTHLY,
  'vehicle-fuel': MONTHLY,
  'other-fuel': MONTHLY,
  'renewable-energy': MONTHLY,
  'canteen-meals': MONTHLY,
  consumables: MONTHLY,
  waste: MONTHLY,
  'unconventional-water': MONTHLY,
  'water-plant': MONTHLY,
  'green-space': MONTHLY,
  'annual-plan': { every: 'year', due: 'begun' },
  'operating-cost': { every: 'year', due: 'ended' },
};

/** What makes two entries of a kind the same thing at different times; a meter or an account says it all. */
const SERIES_FIELDS = ['agency', 'building', 'carrier', 'fuel', 'source', 'kind', 'metric'];

function seriesOf(body: Body): Body {
  const whole = ['meter', 'account'].find((field) => body[field] !== undefined);
  const fields = whole === undefined ? SERIES_FIELDS : [whole];
  return Object.fromEntries(
    fields.flatMap((field) => (body[field] === undefined ? [] : [[field, body[field]]])),
  );
}

/** Older ones are no longer asked after. */
const LOOK_BACK = { month: 24, year: 5 } as const;

function duePeriods({ every, due }: Rhythm, at: { nowMs: number; zone: string }): Period[] {
  const running = periodAt(at.nowMs, every, at.zone);
  const periods = [due === 'begun' ? running : previousPeriod(running, at.zone)];
  while (periods.length < LOOK_BACK[every]) {
    periods.push(previousPeriod(periods.at(-1) ?? running, at.zone));
  }
  return periods;
}

export interface Gap {
  readonly period: string;
  /** What lacks an entry, by the fields that tell it from others. */
  readonly series: readonly Body[];
}

/** Newest first. */
export function gapsOf(
  kind: KindId,
  entries: readonly Entry[],
  at: { readonly nowMs: number; readonly zone: string },
): Gap[] {
  const rhythm = RHYTHMS[kind];
  if (!rhythm) return [];
  const all = Map.groupBy(entries, ({ body }) => JSON.stringify(seriesOf(body)));
  return duePeriods(rhythm, at).flatMap(({ id, fromMs, toMs }) => {
    const series = [...all.entries()].flatMap(([key, same]) => {
      const begun = same.some((entry) => entry.fromMs < fromMs);
      const touched = same.some((entry) => entry.fromMs < toMs && entry.toMs > fromMs);
      return begun && !touched ? [JSON.parse(key) as Body] : [];
    });
    return series.length === 0 ? [] : [{ period: id, series }];
  });
}
