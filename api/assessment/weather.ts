/** The weather at an agency's buildings: each station by the floor area that stands under it. */
import { localDate, type TimeRange } from '../../domain/period.ts';
import type { Building, Station } from '../../registry/schema.ts';
import type { DayTemperature } from '../baseline/rows.ts';
import { dailyTemperatures, degreeDays } from '../baseline/weather.ts';
import type { ApiContext } from '../context.ts';
import type { DegreeDays } from '../metrics/input.ts';
import type { Stay } from '../occupancy.ts';

export interface WeightedStation {
  readonly station: Station;
  /** Floor area of the buildings under it. */
  readonly floorM2: number;
}

type Placed = Pick<Building, 'station' | 'floorM2'>;

/** The stations of buildings. A building names one that exists: the registry was checked. */
export function stationsOf(
  { registry }: Pick<ApiContext, 'registry'>,
  buildings: readonly Placed[],
): WeightedStation[] {
  return registry.stations.flatMap((station) => {
    const under = buildings.filter((building) => building.station === station.id);
    const floorM2 = under.reduce((sum, building) => sum + building.floorM2, 0);
    return floorM2 > 0 ? [{ station, floorM2 }] : [];
  });
}

interface Weighted<T> {
  readonly value: T | null;
  readonly floorM2: number;
}

/** Mean by area; one unknown leaves none, since another place's weather is not its own. */
function meanOf(parts: readonly Weighted<number>[]): number | null {
  let sum = 0;
  let floorM2 = 0;
  for (const part of parts) {
    if (part.value === null) return null;
    sum += part.value * part.floorM2;
    floorM2 += part.floorM2;
  }
  return floorM2 > 0 ? sum / floorM2 : null;
}

/** Outdoor temperature of local days over several stations. */
export async function temperaturesAt(
  context: ApiContext,
  stations: readonly WeightedStation[],
  range: TimeRange,
): Promise<DayTemperature[]> {
  const series = await Promise.all(
    stations.map(async ({ station, floorM2 }) => ({
      floorM2,
      days: await dailyTemperatures(context, station, range),
    })),
  );
  return (series[0]?.days ?? []).map(({ date }, day) => ({
    date,
    meanC: meanOf(
      series.map(({ floorM2, days }) => ({ floorM2, value: days[day]?.meanC ?? null })),
    ),
  }));
}

/** Degree days of a typical year, when every station has some. */
function normalOf(stations: readonly WeightedStation[], year: number): DegreeDays['normal'] {
  const inForce = stations.flatMap(({ station, floorM2 }) => {
    const normal = station.normals
      ?.filter(({ validFromYear }) => validFromYear <= year)
      .toSorted((a, b) => b.validFromYear - a.validFromYear)[0];
    return normal ? [{ normal, floorM2 }] : [];
  });
  const mean = (key: 'hdd18' | 'cdd26') =>
    meanOf(inForce.map(({ normal, floorM2 }) => ({ value: normal[key], floorM2 })));
  const [hdd18, cdd26] = [mean('hdd18'), mean('cdd26')];
  if (inForce.length < stations.length || hdd18 === null || cdd26 === null) return undefined;
  const source = [...new Set(inForce.map(({ normal }) => normal.source))].join('；');
  return { hdd18, cdd26, source, verified: inForce.every(({ normal }) => normal.verified) };
}

/** Degree days of the buildings an agency occupies; `undefined` when one has no temperature at all. */
export async function weatherOf(
  context: ApiContext,
  stays: readonly Stay[],
  elapsed: TimeRange,
): Promise<DegreeDays | undefined> {
  const { registry } = context;
  const occupied = stays.map(({ building, meanShare }) => ({
    station: building.station,
    floorM2: building.floorM2 * meanShare,
  }));
  const stations = stationsOf(context, occupied);
  const found = await Promise.all(
    stations.map(async ({ station, floorM2 }) => ({
      floorM2,
      ...(await degreeDays(context, station, elapsed)),
    })),
  );
  const mean = (key: 'hdd18' | 'cdd26' | 'coverage') =>
    meanOf(found.map((part) => ({ value: part[key], floorM2: part.floorM2 })));
  const [hdd18, cdd26, coverage] = [mean('hdd18'), mean('cdd26'), mean('coverage')];
  if (hdd18 === null || cdd26 === null || coverage === null) return undefined;
  const year = Number(localDate(elapsed.fromMs, registry.region.zone).slice(0, 4));
  return { hdd18, cdd26, coverage, normal: normalOf(stations, year) };
}
