/** Nights of water meters in SQLite. */
import type { CounterId } from '../../domain/quantities.ts';
import { finite, knownMeter, type MeterLookup, sortedIds, whole } from '../checks.ts';
import type { Store } from '../port.ts';
import type { MeterNight } from '../schema.ts';
import type { Database } from './database.ts';

const UPSERT = `INSERT OR REPLACE INTO night (series, at_ms, hours, zero_hours, sum, window_hours, least)
  VALUES (?, ?, ?, ?, ?, ?, ?)`;
const SELECT = `SELECT at_ms, hours, zero_hours, sum, window_hours, least FROM night
  WHERE series = ? AND at_ms >= ? AND at_ms < ? ORDER BY at_ms`;

export function createNightTable(
  db: Database,
  meters: MeterLookup,
): Pick<Store, 'writeNights' | 'nights'> {
  function write(night: MeterNight): void {
    const { meterId, counter, leastM3 } = night;
    knownMeter(meters, meterId);
    db.run(
      UPSERT,
      db.seriesId({ measurement: 'night', subject: meterId, name: counter }),
      whole(night.startMs, 'startMs', meterId),
      whole(night.hours, 'hours', meterId),
      whole(night.zeroHours, 'zeroHours', meterId),
      finite(night.sumM3, 'sumM3', meterId),
      whole(night.windowHours, 'windowHours', meterId),
      leastM3 === null ? null : finite(leastM3, 'leastM3', meterId),
    );
  }

  return {
    writeNights: async (nights) => db.write(() => nights.forEach(write)),
    nights: async ({ meterIds, range }) =>
      db.read(() =>
        sortedIds(meterIds).flatMap((meterId) =>
          db.findSeries({ measurement: 'night', subject: meterId }).flatMap(({ id, name }) => {
            const counter = name as CounterId;
            return db.arrays(SELECT, id, range.fromMs, range.toMs).map(
              ([startMs, hours, zeroHours, sum, windowHours, least]): MeterNight => ({
                meterId,
                counter,
                startMs: Number(startMs),
                hours: Number(hours),
                zeroHours: Number(zeroHours),
                sumM3: Number(sum),
                windowHours: Number(windowHours),
                leastM3: typeof least === 'number' ? least : null,
              }),
            );
          }),
        ),
      ),
  };
}
