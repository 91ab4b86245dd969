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

export interface MeterTrack {
  settle(outcome: PollOutcome, nowMs: number): Settled;
  readonly state: MeterState | 'unknown';
  /** When the last value was true; nothing when there was none yet. */
  lastReadingMs(): number | undefined;
  /** Its registers are read by another table from now on; its instants go on. */
  use(profile: MeterProfile): void;
  /** Remembers the newest instants that are to be believed. */
  mark(): void;
  /** Forgets all instants since the mark: they came from a clock that turned out wrong. */
  rewind(): void;
}

function isEmpty(values: object): boolean {
  for (const _ in values) return false;
  return true;
}

export function createMeterTrack(meterId: string, profile: MeterProfile): MeterTrack {
  let rangeBits = createRangeCheck(profile);
  let missed = 0;
  // Instants are fields: as variables of a closure each would be a new object with every poll.
  const last = { readingMs: Number.NEGATIVE_INFINITY, statusMs: Number.NEGATIVE_INFINITY };
  let marked = { ...last };

  function readingOf({ sample }: PollOutcome): Reading | undefined {
    if (!sample || isEmpty(sample.values)) return undefined;
    const { atMs, values } = sample;
    // Our clock stepped back: a point of the past must not be overwritten.
    const clockBits = atMs < last.readingMs ? QUALITY.hostClock : 0;
    last.readingMs = Math.max(atMs, last.readingMs + 1);
    const quality = sample.quality | rangeBits(values) | clockBits;
    return { meterId, atMs: last.readingMs, quality, values };
  }

  function stateOf(reason: ErrorCode, hasValues: boolean): MeterState {
    if (hasValues) return 'error';
    missed += 1;
    if (reason === 'poll.skipped') return 'late';
    if (!SILENT.has(reason)) return 'error';
    return missed === 1 ? 'late' : 'offline';
  }

  function statusOf(state: MeterState, reason: ErrorCode | undefined): MeterStatus {
    const atMs = last.statusMs;
    const ageMs = Math.max(0, atMs - last.readingMs);
    if (reason === undefined && ageMs < Infinity) return { meterId, atMs, state, ageMs };
    const why = reason === undefined ? {} : { reason };
    return { meterId, atMs, state, ...why, ...(ageMs < Infinity ? { ageMs } : {}) };
  }

  const track: MeterTrack & { state: MeterTrack['state'] } = {
    state: 'unknown',
    lastReadingMs: () => (Number.isFinite(last.readingMs) ? last.readingMs : undefined),
    use(next) {
      rangeBits = createRangeCheck(next);
    },
    mark() {
      marked = { ...last };
    },
    rewind() {
      Object.assign(last, marked);
    },
    settle(outcome, nowMs) {
      const reading = readingOf(outcome);
      if (reading) missed = 0;
      const hasNone = outcome.sample !== undefined && !reading;
      const reason = outcome.error?.code ?? (hasNone ? 'value.invalid' : undefined);
      const next = reason === undefined ? 'ok' : stateOf(reason, reading !== undefined);
      const before = track.state;
      track.state = next;
      last.statusMs = Math.max(nowMs, last.statusMs + 1);
      const status = statusOf(next, reason);
      return { reading, status, changedFrom: before === next ? undefined : before };
    },
  };
  return track;
}
