/** How long each database is kept: readings for a time, what was computed from them for ever unless told. */
import { MEASUREMENTS, type MeasurementName, READING_DATABASE, ROLLUP_DATABASE } from './schema.ts';

/** Whole days; what is absent has its default: two years of readings, everything else for ever. */
export interface Retention {
  readonly readingDays?: number | undefined;
  readonly rollupDays?: number | undefined;
}

const READING_KEEP_DAYS = 730;

export const DATABASES = [READING_DATABASE, ROLLUP_DATABASE] as const;
export type DatabaseName = (typeof DATABASES)[number];

/** `undefined`: for ever. */
export function keepDays(database: DatabaseName, retention: Retention = {}): number | undefined {
  return database === READING_DATABASE
    ? (retention.readingDays ?? READING_KEEP_DAYS)
    : retention.rollupDays;
}

export function measurementsOf(database: DatabaseName): MeasurementName[] {
  return (Object.keys(MEASUREMENTS) as MeasurementName[]).filter(
    (name) => MEASUREMENTS[name].database === database,
  );
}
