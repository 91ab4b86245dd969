/** What InfluxDB's retention policies do: rows older than their database is kept are deleted. */
import { DAY_MS } from '../../domain/period.ts';
import { DATABASES, keepDays, measurementsOf, type Retention } from '../retention.ts';
import type { MeasurementName } from '../schema.ts';
import type { Database } from './database.ts';
import { TABLES } from './tables.ts';

function forgetBefore(db: Database, measurement: MeasurementName, beforeMs: number): void {
  const map = TABLES[measurement];
  if (map.kind === 'plain') {
    db.run(`DELETE FROM ${map.table} WHERE ${map.time} < ?`, beforeMs);
    return;
  }
  const sql = `DELETE FROM ${map.table} WHERE series = ? AND at_ms < ?`;
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
