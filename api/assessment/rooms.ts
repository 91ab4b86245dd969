/** Temperatures of rooms by the hour, each beside the outdoor one of its building's station. */
import { HOUR_MS, type TimeRange } from '../../domain/period.ts';
import type { ApiContext } from '../context.ts';
import type { RoomHour, RoomSensor } from '../metrics/input.ts';
import type { Stay } from '../occupancy.ts';

/** Hourly means by start of hour. */
async function hoursOf(
  { store }: ApiContext,
  [meterId, quantity]: readonly [string, 'roomTemperature' | 'airTemperature'],
  range: TimeRange,
): Promise<Map<number, number>> {
  const means = await store.meanPerBucket(meterId, quantity, range, HOUR_MS);
  return new Map(means.map(({ atMs, value }) => [atMs, value]));
}

/** The sensors in the buildings: meters whose profile has a room temperature. */
export async function loadRooms(
  context: ApiContext,
  stays: readonly Stay[],
): Promise<RoomSensor[]> {
  const { registry } = context;
  const placed = stays.flatMap(({ building, range }) =>
    registry
      .metersIn(building.id)
      .filter(({ profile }) =>
        registry.profiles.get(profile)?.quantities.includes('roomTemperature'),
      )
      .map((meter) => ({ meter, building, range })),
  );
  return Promise.all(
    placed.map(async ({ meter: { id, name }, building, range }) => {
      const station = registry.stations.find((one) => one.id === building.station);
      const [rooms, outdoors] = await Promise.all([
        hoursOf(context, [id, 'roomTemperature'], range),
        station?.sensor === undefined
          ? new Map<number, number>()
          : hoursOf(context, [station.sensor, 'airTemperature'], range),
      ]);
      const hours = [...rooms].map(
        ([startMs, celsius]): RoomHour => ({ startMs, celsius, outdoorC: outdoors.get(startMs) }),
      );
      return { id, name, hours };
    }),
  );
}
