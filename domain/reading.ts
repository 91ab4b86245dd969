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

/** One register or gauge over time, as columns: `value[i]` was read at `atMs[i]`; in any order. */
export interface CounterColumns {
  readonly atMs: ArrayLike<number>;
  readonly value: ArrayLike<number>;
}

/** What a period counted: a meter that reports amounts instead of an index, or a bill. */
export interface IntervalAmount {
  readonly fromMs: number;
  readonly toMs: number;
  readonly value: number;
  readonly origin: 'interval' | 'bill';
}

/** An index read by a person. */
export interface ManualReading {
  readonly atMs: number;
  readonly value: number;
}

/** All that is known of one quantity of one meter; where kinds overlap, the earlier named wins. */
export interface CurveInput {
  readonly registers?: CounterColumns;
  readonly intervals?: readonly IntervalAmount[];
  readonly manual?: readonly ManualReading[];
  /** In the quantity's unit per hour. */
  readonly power?: CounterColumns;
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
