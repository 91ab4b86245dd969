/** Late readings' arrivals in SQLite. */
import { knownMeter, type MeterLookup, rowLimit, whole } from '../checks.ts';
import type { Store } from '../port.ts';
import type { Arrival } from '../schema.ts';
import type { Database } from './database.ts';

const UPSERT = `INSERT INTO arrival (at_ms, meter, from_ms, to_ms) VALUES (?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET from_ms = min(from_ms, excluded.from_ms), to_ms = max(to_ms, excluded.to_ms)`;
/** To the end of the instant in which the limit is reached, or of all there is. */
const SELECT = `SELECT * FROM arrival WHERE at_ms > ?1 AND at_ms <= coalesce((SELECT at_ms FROM arrival
  WHERE at_ms > ?1 ORDER BY at_ms, meter LIMIT 1 OFFSET ?2), ?3) ORDER BY at_ms, meter`;

export function createArrivalTable(
  db: Database,
  meters: MeterLookup,
): Pick<Store, 'writeArrivals' | 'arrivals'> {
  function write({ meterId, arrivedAtMs, fromMs, toMs }: Arrival): void {
    knownMeter(meters, meterId);
    db.run(
      UPSERT,
      whole(arrivedAtMs, 'arrivedAtMs', meterId),
      meterId,
      whole(fromMs, 'fromMs', meterId),
      whole(toMs, 'toMs', meterId),
    );
  }

  return {
    writeArrivals: async (arrivals) => db.write(() => arrivals.forEach(write)),
    arrivals: async (afterMs, limit) =>
      db.read(() =>
        db
          .all(SELECT, afterMs, Math.max(rowLimit(limit) - 1, 0), Number.MAX_SAFE_INTEGER)
          .map((row) => ({
            meterId: String(row.meter),
            arrivedAtMs: Number(row.at_ms),
            fromMs: Number(row.from_ms),
            toMs: Number(row.to_ms),
          })),
      ),
  };
}
