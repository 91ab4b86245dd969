/** A store as plain points, the same from every engine: what backups are made of. */
import type { TimeRange } from '../domain/period.ts';
import type { MeasurementName } from './schema.ts';

export interface StoredPoint {
  /** As in `MEASUREMENTS`. Where a meter's building and carrier are not known, those tags are absent. */
  readonly tags: Readonly<Record<string, string>>;
  /** A field without a value is absent. */
  readonly fields: Readonly<Record<string, number | string>>;
  readonly atMs: number;
}

export interface Archive {
  /** A range that holds every point; `undefined` when there is none. */
  span(measurement: MeasurementName): Promise<TimeRange | undefined>;
  /** All points of a range, in pieces that fit in memory, a series after the other, each in time order. */
  read(measurement: MeasurementName, range: TimeRange): AsyncIterable<readonly StoredPoint[]>;
  /** Writes points as they were read, of meters the registry no longer knows too. */
  write(measurement: MeasurementName, points: readonly StoredPoint[]): Promise<void>;
  /** Forgets what only repeats other points: rows that are written beneath it leave it out of date. */
  clearRepeated(): Promise<void>;
}
