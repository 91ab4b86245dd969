/** What the collector hands on: a meter's registers in canonical units at one instant. */
import type { MeterState } from './meter-state.ts';
import type { QuantityId } from './quantities.ts';

/** Values before the dated multiplier (CT/PT), which belongs to consumption. */
export interface Reading {
  readonly meterId: string;
  /** UTC milliseconds, fixed once when the reading was accepted, never recomputed. */
  readonly atMs: number;
  /** Bits of `QUALITY`. */
  readonly quality: number;
  readonly values: Readonly<Partial<Record<QuantityId, number>>>;
}

/** One register of one meter over time: the input of the corrected curve. */
export interface CounterReading {
  readonly atMs: number;
  readonly value: number;
  readonly quality: number;
}

/** The outcome of one poll of one meter. */
export interface MeterStatus {
  readonly meterId: string;
  readonly atMs: number;
  readonly state: MeterState;
  /** Machine-readable cause when not `ok`: an `ErrorCode` such as `modbus.timeout`. */
  readonly reason?: string;
  /** Milliseconds since the last good reading; absent when there never was one. */
  readonly ageMs?: number;
}
