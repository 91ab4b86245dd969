/** Outdoor temperature of a station by local day, and its degree days; from its hours. */
import { daysIn, HOUR_MS, type TimeRange } from '../../domain/period.ts';
import type { Station } from '../../registry/schema.ts';
import type { ApiContext } from '../context.ts';
import type { DayTemperature } from './rows.ts';
import { stationHours } from './station-hours.ts';
import { termOfDay } from './terms.ts';

/** Bases of HDD18 and CDD26, the climate indices of GB 50176. */
const HEATING_BASE_C = 18;
const COOLING_BASE_C = 26;
/** CalTRACK 2.2.4.1: at most this many missing hours in a row are interpolated. */
const INTERPOLATED_HOURS = 6;
/** Share of a day's hours that must be there (CalTRACK 2.2.2.1). */
const DAY_SHARE = 0.5;

type WeatherContext = Pick<ApiContext, 'store' | 'registry'>;

/** Hourly means by start of hour; short gaps are bridged in a straight line. */
function bridged(hours: ReadonlyMap<number, number>): Map<number, number> {
  const starts = [...hours.keys()].sort((a, b) => a - b);
  const all = new Map(hours);
  starts.forEach((toMs, i) => {
    const fromMs = starts[i - 1];
    if (fromMs === undefined) return;
    const missing = (toMs - fromMs) / HOUR_MS - 1;
    if (missing < 1 || missing > INTERPOLATED_HOURS) return;
    const from = hours.get(fromMs) ?? 0;
    const step = ((hours.get(toMs) ?? 0) - from) / (missing + 1);
    for (let k = 1; k <= missing; k += 1) all.set(fromMs + k * HOUR_MS, from + k * step);
  });
  return all;
}

/** Days with the mean of their hours, or `null` with less than half of them. */
export function dailyMeans(
  found: ReadonlyMap<number, number>,
  days: readonly (TimeRange & { readonly id: string })[],
): DayTemperature[] {
  const hours = bridged(found);
  return days.map(({ id, fromMs, toMs }) => {
    const means: number[] = [];
    for (let atMs = fromMs; atMs < toMs; atMs += HOUR_MS) {
      const mean = hours.get(atMs);
      if (mean !== undefined) means.push(mean);
    }
    const enough = means.length >= (DAY_SHARE * (toMs - fromMs)) / HOUR_MS;
    const meanC = means.reduce((sum, mean) => sum + mean, 0) / means.length;
    return { date: id, meanC: enough ? meanC : null };
  });
}

/** The temperature of each local day of the range. */
export async function dailyTemperatures(
  { store, registry }: WeatherContext,
  station: Pick<Station, 'id' | 'sensor'>,
  range: TimeRange,
): Promise<DayTemperature[]> {
  const days = daysIn(range, registry.region.zone);
  const [first] = days;
  const last = days.at(-1);
  if (!first || !last) return [];
  const whole = { fromMs: first.fromMs, toMs: last.toMs };
  return dailyMeans(await stationHours({ store }, station, whole), days);
}

export interface DegreeDays {
  /** °C·d over the days with a temperature; `null` when no day has one. Never scaled up. */
  readonly hdd18: number | null;
  readonly cdd26: number | null;
  /** Share of the days that have a temperature, 0…1. */
  readonly coverage: number;
  /** The days without. */
  readonly missing: readonly string[];
}

function degreeDaysOf(days: readonly DayTemperature[]): DegreeDays {
  const known = days.flatMap(({ meanC }) => (meanC === null ? [] : [meanC]));
  const sum = (kind: 'hdd' | 'cdd', base: number) =>
    known.length === 0
      ? null
      : known.reduce((total, meanC) => total + termOfDay({ kind, base }, meanC), 0);
  return {
    hdd18: sum('hdd', HEATING_BASE_C),
    cdd26: sum('cdd', COOLING_BASE_C),
    coverage: days.length === 0 ? 0 : known.length / days.length,
    missing: days.filter(({ meanC }) => meanC === null).map(({ date }) => date),
  };
}

/** Degree days of a station over the local days that touch the range. */
export async function degreeDays(
  context: WeatherContext,
  station: Pick<Station, 'id' | 'sensor'>,
  range: TimeRange,
): Promise<DegreeDays> {
  return degreeDaysOf(await dailyTemperatures(context, station, range));
}
