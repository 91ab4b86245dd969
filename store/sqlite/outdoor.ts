/** Hourly outdoor temperatures of weather stations in SQLite. */
import { finite, whole } from '../checks.ts';
import type { Store } from '../port.ts';
import type { OutdoorHour } from '../schema.ts';
import type { Database } from './database.ts';

const MEASUREMENT = 'outdoor_temperature';
const UPSERT =
  'INSERT OR REPLACE INTO outdoor_temperature (series, at_ms, celsius) VALUES (?, ?, ?)';
const SELECT = `SELECT at_ms, celsius FROM outdoor_temperature
  WHERE series = ? AND at_ms >= ? AND at_ms < ? ORDER BY at_ms`;

export function createOutdoorTable(
  db: Database,
): Pick<Store, 'writeOutdoorHours' | 'outdoorHours'> {
  function write({ stationId, startMs, celsius }: OutdoorHour): void {
    db.run(
      UPSERT,
      db.seriesId({ measurement: MEASUREMENT, subject: stationId }),
      whole(startMs, 'startMs', stationId),
      finite(celsius, 'celsius', stationId),
    );
  }

  return {
    writeOutdoorHours: async (hours) => db.write(() => hours.forEach(write)),
    outdoorHours: async (stationId, { fromMs, toMs }) =>
      db.read(() =>
        db.findSeries({ measurement: MEASUREMENT, subject: stationId }).flatMap(({ id }) =>
          db.arrays(SELECT, id, fromMs, toMs).map(
            ([startMs, celsius]): OutdoorHour => ({
              stationId,
              startMs: Number(startMs),
              celsius: Number(celsius),
            }),
          ),
        ),
      ),
  };
}
