/** What InfluxDB's retention policies do: rows older than their database is kept are deleted. */
import { DAY_MS } from '../../domain/period.ts';
import { DATABASES, keepDays, measurementsOf, type Retention } from '../retention.ts';
import type { MeasurementName } from '../schema.ts';
import type { Database } from './database.ts';

/** Tables that are no series, by the column that says when. */
const PLAIN: Readonly<Partial<Record<MeasurementName, string>>> = {
  arrival: 'at_ms',
  event: 'at_ms',
  finding: 'from_ms',
  restatement: 'start_ms',
};

function tableOf(measurement: MeasurementName): string {
  return measurement.endsWith('consumption') ? 'amount' : measurement;
}

function forgetBefore(db: Database, measurement: MeasurementName, beforeMs: number): void {
  const column = PLAIN[measurement];
  if (column !== undefined) {
    db.run(`DELETE FROM ${measurement} WHERE ${column} < ?`, beforeMs);
    return;
  }
  const sql = `DELETE FROM ${tableOf(measurement)} WHERE series = ? AND at_ms < ?`;
  for (const [id] of db.arrays('SELECT id FROM series WHERE measurement = ?', measurement)) {
    db.run(sql, Number(id), beforeMs);
  }
}

export function forget(db: Database, nowMs: number, retention?: Retention): void {
  for (const database of DATABASES) {
    const days = keepDays(database, retention);
    if (days === undefined) continue;
    db.write(() => {
      for (const measurement of measurementsOf(database)) {
        forgetBefore(db, measurement, nowMs - days * DAY_MS);
      }
    });
  }
}
