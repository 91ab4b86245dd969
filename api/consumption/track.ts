/** The readings accepted so far as a stack of columns: rules take back from its end, and nothing else. */
import type { Point } from './rules/rate.ts';

/** How the amount up to a point came about; `start`: no amount leads to it. Index is what columns hold. */
export const SEGMENT_KINDS = ['start', 'measured', 'interpolated', 'manual', 'estimated'] as const;
export const START = 0;
export const MEASURED = 1;
export const INTERPOLATED = 2;
export const MANUAL = 3;
export const ESTIMATED = 4;

export interface Track {
  readonly atMs: Float64Array;
  /** The register as the base of the next difference: after jitter, the higher value. */
  readonly value: Float64Array;
  /** Counted since the point before. */
  readonly amount: Float64Array;
  readonly kind: Uint8Array;
  readonly byHand: Uint8Array;
  length: number;
}

export function createTrack(capacity: number): Track {
  return {
    atMs: new Float64Array(capacity),
    value: new Float64Array(capacity),
    amount: new Float64Array(capacity),
    kind: new Uint8Array(capacity),
    byHand: new Uint8Array(capacity),
    length: 0,
  };
}

/** The point `back` places before the last one. */
export function pointOf(track: Track, back = 0): Point {
  const index = track.length - 1 - back;
  return { atMs: track.atMs[index] ?? Number.NaN, value: track.value[index] ?? Number.NaN };
}
