/** Outdoor temperature of a weather station by the hour: as its sensor measured it, else as it was stored. */
import { HOUR_MS, type TimeRange } from '../../domain/period.ts';
import type { Station } from '../../registry/schema.ts';
import type { ApiContext } from '../context.ts';

type Data = Pick<ApiContext, 'store'>;

/** Means of the readings that are still there, by start of hour. */
export async function sensorHours(
  { store }: Data,
  { sensor }: Pick<Station, 'sensor'>,
  range: TimeRange,
): Promise<Map<number, number>> {
  if (sensor === undefined) return new Map();
  const means = await store.meanPerBucket(sensor, 'airTemperature', range, HOUR_MS);
  return new Map(means.map(({ atMs, value }) => [atMs, value]));
}

/** Hours that outlived their readings, or were imported. */
export async function storedHours(
  { store }: Data,
  { id }: Pick<Station, 'id'>,
  range: TimeRange,
): Promise<Map<number, number>> {
  const hours = await store.outdoorHours(id, range);
  return new Map(hours.map(({ startMs, celsius }) => [startMs, celsius]));
}

/** Everything known of a station's hours, by start of hour; what is not known is absent. */
export async function stationHours(
  data: Data,
  station: Pick<Station, 'id' | 'sensor'>,
  range: TimeRange,
): Promise<Map<number, number>> {
  const [stored, measured] = await Promise.all([
    storedHours(data, station, range),
    sensorHours(data, station, range),
  ]);
  return new Map([...stored, ...measured]);
}
