/** From the outcome of a poll to what is recorded: a reading where values came, and a status in any case. */
import type { ErrorCode } from '../domain/errors.ts';
import type { MeterState } from '../domain/meter-state.ts';
import { QUALITY } from '../domain/quality.ts';
import type { MeterStatus, Reading } from '../domain/reading.ts';
import type { MeterProfile } from './profile.ts';
import { createRangeCheck } from './quality.ts';
import type { PollOutcome } from './source.ts';

/** Nobody answered, as opposed to an answer that is no good. */
const SILENT: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'modbus.timeout',
  'link.refused',
  'link.closed',
  'unit.backoff',
  'opcua.connect',
  'opcua.silent',
]);

export interface Settled {
  readonly reading: Reading | undefined;
  readonly status: MeterStatus;
  /** Set when the state differs from the one before. */
  readonly changedFrom: MeterState | 'unknown' | undefined;
}

type RangeCheck = ReturnType<typeof createRangeCheck>;

interface Instants {
  readingMs: number;
  statusMs: number;
}

/** One object a meter, and functions over it: closures of thousands of meters would cost kilobytes each. */
export interface MeterTrack {
  readonly meterId: string;
  state: MeterState | 'unknown';
  rangeBits: RangeCheck;
  missed: number;
  last: Instants;
  /** The newest instants that are to be believed, of a meter that was there when a doubt began. */
  marked: Instants | undefined;
}

const NEVER: Instants = {
  readingMs: Number.NEGATIVE_INFINITY,
  statusMs: Number.NEGATIVE_INFINITY,
};

function isEmpty(values: object): boolean {
  for (const _ in values) return false;
  return true;
}

export function createMeterTrack(meterId: string, profile: MeterProfile): MeterTrack {
  return {
    meterId,
    state: 'unknown',
    rangeBits: createRangeCheck(profile),
    missed: 0,
    last: { ...NEVER },
    marked: undefined,
  };
}

/** When the last value was true; nothing when there was none yet. */
export function lastReadingMs({ last }: MeterTrack): number | undefined {
  return Number.isFinite(last.readingMs) ? last.readingMs : undefined;
}

/** Its registers are read by another table from now on; its instants go on. */
export function useProfile(track: MeterTrack, profile: MeterProfile): void {
  track.rangeBits = createRangeCheck(profile);
}

export function mark(track: MeterTrack): void {
  track.marked = { ...track.last };
}

/** Forgets all instants since the mark: they came from a clock that turned out wrong, all those of a meter that came later. */
export function rewind(track: MeterTrack): void {
  track.last = { ...(track.marked ?? NEVER) };
}

function readingOf(track: MeterTrack, { sample }: PollOutcome): Reading | undefined {
  if (!sample || isEmpty(sample.values)) return undefined;
  const { meterId, last } = track;
  const { atMs, values } = sample;
  // Our clock stepped back: a point of the past must not be overwritten.
  const clockBits = atMs < last.readingMs ? QUALITY.hostClock : 0;
  last.readingMs = Math.max(atMs, last.readingMs + 1);
  const quality = sample.quality | track.rangeBits(values) | clockBits;
  return { meterId, atMs: last.readingMs, quality, values };
}

function stateOf(track: MeterTrack, reason: ErrorCode, hasValues: boolean): MeterState {
  if (hasValues) return 'error';
  track.missed += 1;
  if (reason === 'poll.skipped') return 'late';
  if (!SILENT.has(reason)) return 'error';
  return track.missed === 1 ? 'late' : 'offline';
}

function statusOf(
  { meterId, last }: MeterTrack,
  state: MeterState,
  reason: ErrorCode | undefined,
): MeterStatus {
  const atMs = last.statusMs;
  const ageMs = Math.max(0, atMs - last.readingMs);
  if (reason === undefined && ageMs < Infinity) return { meterId, atMs, state, ageMs };
  const why = reason === undefined ? {} : { reason };
  return { meterId, atMs, state, ...why, ...(ageMs < Infinity ? { ageMs } : {}) };
}

export function settle(track: MeterTrack, outcome: PollOutcome, nowMs: number): Settled {
  const reading = readingOf(track, outcome);
  if (reading) track.missed = 0;
  const hasNone = outcome.sample !== undefined && !reading;
  const reason = outcome.error?.code ?? (hasNone ? 'value.invalid' : undefined);
  const next = reason === undefined ? 'ok' : stateOf(track, reason, reading !== undefined);
  const before = track.state;
  track.state = next;
  track.last.statusMs = Math.max(nowMs, track.last.statusMs + 1);
  const status = statusOf(track, next, reason);
  return { reading, status, changedFrom: before === next ? undefined : before };
}
