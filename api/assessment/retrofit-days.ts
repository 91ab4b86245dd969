/** The days of a retrofit's boundary: what was used, and the weather or people it follows. */
import type { Carrier } from '../../domain/carriers.ts';
import { totalItem } from '../../domain/items.ts';
import { daysIn, type TimeRange } from '../../domain/period.ts';
import { counterOf } from '../../registry/registry.ts';
import { presenceDriver, workdayDriver } from '../baseline/presence.ts';
import { type DayAmount, type DayDriver, dayAmounts } from '../baseline/rows.ts';
import type { ApiContext } from '../context.ts';
import type { EntryOf } from '../ledger/ledger.ts';
import { personsOn } from '../sizes.ts';
import type { Boundary } from './retrofit-boundary.ts';
import { stationsOf, temperaturesAt } from './weather.ts';

export interface Bounded {
  readonly entry: EntryOf<'retrofit'>;
  readonly boundary: Boundary;
}

interface DayRow {
  readonly startMs: number;
  readonly value: number | null;
  readonly known: number;
}

/** Adds series day by day; a day that one of them does not know is unknown. */
function addDays(series: readonly (readonly [sign: 1 | -1, rows: readonly DayRow[]])[]): DayRow[] {
  const found = series.map(([sign, rows]) => ({
    sign,
    byDay: new Map(rows.map((row) => [row.startMs, row])),
  }));
  const starts = new Set(series.flatMap(([, rows]) => rows.map(({ startMs }) => startMs)));
  return [...starts]
    .sort((a, b) => a - b)
    .map((startMs) => {
      let value: number | null = 0;
      let known = 1;
      for (const { sign, byDay } of found) {
        const row = byDay.get(startMs);
        value = value === null || !row || row.value === null ? null : value + sign * row.value;
        known = Math.min(known, row?.known ?? 0);
      }
      return { startMs, value, known };
    });
}

/** Rows of a boundary, in the carrier's unit. */
async function rowsOf(
  { store }: ApiContext,
  { entry, boundary }: Bounded,
  range: TimeRange,
): Promise<DayRow[]> {
  const { carrier, meters, buildings, of, countsGeneration } = boundary;
  const shape = { resolution: 'day', range } as const;
  if (of === 'meters') {
    const rows = await store.meterConsumption({ ...shape, meterIds: meters.map(({ id }) => id) });
    return addDays(
      meters.map((meter) => [
        1,
        rows.filter(({ meterId, counter }) => meterId === meter.id && counter === counterOf(meter)),
      ]),
    );
  }
  const rows =
    of === 'agency'
      ? await store.agencyConsumption({ ...shape, agencyIds: [entry.body.agency] })
      : await store.buildingConsumption({ ...shape, buildingIds: buildings.map(({ id }) => id) });
  const series = (carrierOf: Carrier, item: string) =>
    rows.filter((row) => row.carrier === carrierOf && row.item === item);
  const total = [1, series(carrier, totalItem(carrier))] as const;
  if (!countsGeneration) return addDays([total]);
  const exported = series('electricity', 'export');
  return addDays([
    total,
    [1, series('solar', totalItem('solar'))],
    ...(exported.length > 0 ? [[-1, exported] as const] : []),
  ]);
}

/** What a carrier's days follow: people where the weather does not move them. */
async function driversOf(
  context: ApiContext,
  { entry, boundary }: Bounded,
  range: TimeRange,
): Promise<DayDriver[]> {
  const { registry, ledger } = context;
  if (boundary.carrier !== 'water') {
    const stations = stationsOf(context, boundary.buildings);
    const temperatures = await temperaturesAt(context, stations, range);
    return temperatures.map(({ date, meanC }) => ({ date, value: meanC }));
  }
  const dates = daysIn(range, registry.region.zone).map(({ id }) => id);
  const agency = registry.findAgency(entry.body.agency);
  const counts = ledger.entries('head-count', { agencyIds: [entry.body.agency] });
  const personsOf = (date: string) => agency && personsOn(agency, date, { counts });
  return dates.every((date) => personsOf(date) !== undefined)
    ? presenceDriver(dates, personsOf)
    : workdayDriver(dates);
}

export interface BoundaryDays {
  /** Every local day of the range; one without a row is unknown. */
  readonly days: readonly DayAmount[];
  readonly drivers: readonly DayDriver[];
}

export async function daysOf(
  context: ApiContext,
  bounded: Bounded,
  range: TimeRange,
): Promise<BoundaryDays> {
  const { zone } = context.registry.region;
  if (range.toMs <= range.fromMs) return { days: [], drivers: [] };
  const [rows, drivers] = await Promise.all([
    rowsOf(context, bounded, range),
    driversOf(context, bounded, range),
  ]);
  const amounts = new Map(dayAmounts(rows, zone).map(({ date, value }) => [date, value]));
  const days = daysIn(range, zone).map(({ id }) => ({ date: id, value: amounts.get(id) ?? null }));
  return { days, drivers };
}
