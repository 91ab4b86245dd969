/** What a bus (Modbus link, OPC UA session) offers the collector, and what it reports of each poll. */
import type { AppError } from '../domain/errors.ts';
import type { RawSample } from './drivers/driver.ts';

/** What became of one poll of one meter. */
export interface PollOutcome {
  readonly meterId: string;
  /** The values that came, if any did. */
  readonly sample?: RawSample;
  /** Why some or all values are missing; absent when nothing is. */
  readonly error?: AppError;
}

/** Counts since the start, and the present state; names as stored. */
export type BusFigures = Readonly<Record<string, number>>;

/** What one meter's requests came to. */
export interface MeterFigures {
  readonly meterId: string;
  readonly fields: BusFigures;
  /** Modbus exceptions by code. */
  readonly exceptions?: ReadonlyMap<number, number>;
}

export interface MeterSource {
  start(): Promise<void>;
  /** The meter is due; the outcome is reported when it is known. Never throws. */
  poll(meterId: string): void;
  /** Ends at once; polls under way are not reported. */
  stop(): Promise<void>;
  figures(): BusFigures;
  /** Where a source asks meters one by one. */
  meterFigures?(): readonly MeterFigures[];
}
