/** Hourly outdoor temperatures of weather stations in InfluxDB. */
import type { Store } from '../port.ts';
import type { Connection } from './connection.ts';
import { matches, name } from './influxql.ts';

export function createOutdoorQueries(
  db: Connection,
): Pick<Store, 'writeOutdoorHours' | 'outdoorHours'> {
  return {
    writeOutdoorHours: (hours) =>
      db.append('outdoor_temperature', hours, ({ stationId, startMs, celsius }) => ({
        measurement: 'outdoor_temperature',
        tags: { station: stationId },
        fields: { celsius },
        atMs: startMs,
      })),
    outdoorHours: async (stationId, range) => {
      const where = [matches('station', [stationId])];
      const query = {
        from: 'outdoor_temperature',
        columns: name('celsius'),
        where,
        range,
      } as const;
      const rows = await db.page(query, Number.POSITIVE_INFINITY, 'oldest');
      return rows.map(([startMs, celsius]) => ({
        stationId,
        startMs: Number(startMs),
        celsius: Number(celsius),
      }));
    },
  };
}
