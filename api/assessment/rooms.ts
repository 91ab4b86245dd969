/** Temperatures of rooms by the hour, each beside the outdoor one of its building's station. */
import { HOUR_MS } from '../../domain/period.ts';
import { stationHours } from '../baseline/station-hours.ts';
import type { ApiContext } from '../context.ts';
import type { RoomHour, RoomSensor } from '../metrics/input.ts';
import type { Stay } from '../occupancy.ts';

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
        context.store.meanPerBucket(id, 'roomTemperature', range, HOUR_MS),
        station ? stationHours(context, station, range) : new Map<number, number>(),
      ]);
      const hours = rooms.map(
        ({ atMs, value }): RoomHour => ({
          startMs: atMs,
          celsius: value,
          outdoorC: outdoors.get(atMs),
        }),
      );
      return { id, name, hours };
    }),
  );
}
