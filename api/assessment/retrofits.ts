/** Retrofits begun before a period's end, and for each carrier what was planned, measured and verified of them. */
import { dateStartMs, type TimeRange } from '../../domain/period.ts';
import type { Agency } from '../../registry/schema.ts';
import {
  avoidedUse,
  type BaselineOptions,
  baselineFor,
  driverBaselineFor,
} from '../baseline/baseline.ts';
import { type DayAmount, type DayDriver, dateOf, dayNumber } from '../baseline/rows.ts';
import { type NonRoutineEvent, type SavingsInput, savings } from '../baseline/savings.ts';
import { BASELINE_DAYS } from '../baseline/sufficiency.ts';
import type { ApiContext } from '../context.ts';
import type { EntryOf } from '../ledger/ledger.ts';
import type { RetrofitAccount, RetrofitSaving } from '../metrics/input.ts';
import { type Boundary, boundariesOf, overlaps } from './retrofit-boundary.ts';
import { type BoundaryDays, type Bounded, daysOf } from './retrofit-days.ts';

/** Share of the days that must be known before and after for a plain difference. */
const SHARE_OF_DAYS = 0.9;

/** The first day that shows the measure; `undefined` while it is not finished. */
function effectiveFrom({ body }: EntryOf<'retrofit'>): string | undefined {
  const { interventionOn, finishedOn } = body;
  if (interventionOn !== undefined) return interventionOn;
  return finishedOn === undefined ? undefined : dateOf(dayNumber(finishedOn) + 1);
}

/** Use of the same calendar days in the year before the work and now. */
function measuredUse(before: readonly DayAmount[], now: readonly DayAmount[]) {
  const byDay = new Map(before.map(({ date, value }) => [date.slice(5), value]));
  let baselineUse = 0;
  let reportingUse = 0;
  let known = 0;
  for (const { date, value } of now) {
    const then = byDay.get(date.slice(5)) ?? null;
    if (then === null || value === null) continue;
    baselineUse += then;
    reportingUse += value;
    known += 1;
  }
  if (known === 0 || known < SHARE_OF_DAYS * now.length) return undefined;
  return { baselineUse, reportingUse };
}

/** Other measures in the same boundary between this one's baseline and the period's end. */
function eventsOf(
  { registry }: ApiContext,
  own: Bounded,
  { all, sinceDate }: { readonly all: readonly Bounded[]; readonly sinceDate: string },
): NonRoutineEvent[] {
  return all
    .filter(({ entry, boundary }) => {
      if (entry.id === own.entry.id || !overlaps(registry, own.boundary, boundary)) return false;
      const from = effectiveFrom(entry);
      return from === undefined || from > sinceDate;
    })
    .map(({ entry: { body } }) => ({
      date: body.startedOn,
      note: {
        zh: `同一计量范围内的另一项改造“${body.name}”`,
        en: `another retrofit within the same meters, '${body.name}'`,
      },
      adjustment: null,
    }));
}

/** The whole facility when a main is in it (IPMVP Option C), else the retrofitted part alone. */
function optionOf({ meters }: Boundary): SavingsInput['option'] {
  return meters.some(({ parent }) => parent === undefined) ? 'C' : 'B';
}

function asTemperatures(drivers: readonly DayDriver[]) {
  return drivers.map(({ date, value }) => ({ date, meanC: value }));
}

/** Baseline of the days before, carried into the days after; water follows people, the rest the weather. */
function modelled(
  { carrier }: Boundary,
  { before, after }: { readonly before: BoundaryDays; readonly after: BoundaryDays },
  options: BaselineOptions,
): Pick<SavingsInput, 'baseline' | 'avoided'> {
  const { days, drivers } = before;
  const isWater = carrier === 'water';
  const baseline = isWater
    ? driverBaselineFor({ days, drivers, options })
    : baselineFor({ days, temperatures: asTemperatures(drivers), options });
  if (!baseline.ok || after.days.length === 0) return { baseline };
  const reporting = isWater
    ? after
    : { days: after.days, temperatures: asTemperatures(after.drivers) };
  return { baseline, avoided: avoidedUse(baseline.baseline, reporting) };
}

async function savingOf(
  context: ApiContext,
  own: Bounded,
  { all, elapsed }: { readonly all: readonly Bounded[]; readonly elapsed: TimeRange },
): Promise<RetrofitSaving> {
  const { zone, heatingSeason } = context.registry.region;
  const { entry, boundary } = own;
  const { carrier, source, of, countsGeneration } = boundary;
  const { startedOn, savingPerYear } = entry.body;
  const sinceDate = dateOf(dayNumber(startedOn) - BASELINE_DAYS);
  const from = effectiveFrom(entry);
  const fromMs = from === undefined ? elapsed.toMs : dateStartMs(from, zone);
  const [before, after] = await Promise.all([
    daysOf(context, own, {
      fromMs: dateStartMs(sinceDate, zone),
      toMs: dateStartMs(startedOn, zone),
    }),
    daysOf(context, own, { fromMs: Math.max(elapsed.fromMs, fromMs), toMs: elapsed.toMs }),
  ]);
  const model = modelled(
    boundary,
    { before, after },
    {
      endDate: startedOn,
      season: carrier === 'heat' ? heatingSeason : undefined,
      zeroIsMissing: carrier === 'electricity' && of !== 'meters' && !countsGeneration,
      cooling: carrier === 'electricity',
    },
  );
  const planned =
    savingPerYear === undefined
      ? undefined
      : { saving: savingPerYear, source: `ledger retrofit：${entry.id}` };
  return {
    carrier,
    source,
    effectiveFrom: from,
    wholePeriod: fromMs <= elapsed.fromMs,
    report: savings({
      ...model,
      planned,
      measured: measuredUse(before.days, after.days),
      option: optionOf(boundary),
      events: eventsOf(context, own, { all, sinceDate }),
    }),
  };
}

/** Retrofits of the agency and all below; days are loaded only where the ledger has one. */
export async function loadRetrofits(
  context: ApiContext,
  agency: Agency,
  elapsed: TimeRange,
): Promise<RetrofitAccount[]> {
  const { registry, ledger } = context;
  const agencyIds = new Set(registry.subtreeOf(agency.id).map(({ id }) => id));
  const range = { fromMs: 0, toMs: elapsed.toMs };
  // Others' measures in a shared building count too: a unit and its parent must find the same.
  const everyone = ledger.entries('retrofit', { range });
  const entries = everyone.filter(({ body }) => agencyIds.has(body.agency));
  if (entries.length === 0) return [];
  const all = everyone.flatMap((entry) =>
    boundariesOf(registry, entry.body, elapsed.fromMs).map((boundary) => ({ entry, boundary })),
  );
  return Promise.all(
    entries.map(async (entry) => ({
      entry,
      savings: await Promise.all(
        all
          .filter((bounded) => bounded.entry.id === entry.id)
          .map((bounded) => savingOf(context, bounded, { all, elapsed })),
      ),
    })),
  );
}
