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
  readonly reading?: Reading;
  readonly status: MeterStatus;
  /** Set when the state differs from the one before. */
  readonly changedFrom?: MeterState | 'unknown';
}

export interface MeterTrack {
  settle(outcome: PollOutcome, nowMs: number): Settled;
  readonly state: MeterState | 'unknown';
  /** When the last value was true; nothing when there was none yet. */
  readonly lastReadingMs: number | undefined;
  /** Its registers are read by another table from now on; its instants go on. */
  use(profile: MeterProfile): void;
  /** Remembers the newest instants that are to be believed. */
  mark(): void;
  /** Forgets all instants since the mark: they came from a clock that turned out wrong. */
  rewind(): void;
}

export function createMeterTrack(meterId: string, profile: MeterProfile): MeterTrack {
  let rangeBits = createRangeCheck(profile);
  let lastReadingMs = Number.NEGATIVE_INFINITY;
  let lastStatusMs = Number.NEGATIVE_INFINITY;
  let hasReading = false;
  let missed = 0;
  let state: MeterState | 'unknown' = 'unknown';
  let marked = { lastReadingMs, lastStatusMs, hasReading };

  function readingOf({ sample }: PollOutcome): Reading | undefined {
    if (!sample || Object.keys(sample.values).length === 0) return undefined;
    const { values } = sample;
    // Our clock stepped back: a point of the past must not be overwritten.
    const clockBits = sample.atMs < lastReadingMs ? QUALITY.hostClock : 0;
    lastReadingMs = Math.max(sample.atMs, lastReadingMs + 1);
    hasReading = true;
    const quality = sample.quality | rangeBits(values) | clockBits;
    return { meterId, atMs: lastReadingMs, quality, values };
  }

  function stateOf(reason: ErrorCode, hasValues: boolean): MeterState {
    if (hasValues) return 'error';
    missed += 1;
    if (reason === 'poll.skipped') return 'late';
    if (!SILENT.has(reason)) return 'error';
    return missed === 1 ? 'late' : 'offline';
  }

  return {
    get state() {
      return state;
    },
    get lastReadingMs() {
      return hasReading ? lastReadingMs : undefined;
    },
    use(next) {
      rangeBits = createRangeCheck(next);
    },
    mark() {
      marked = { lastReadingMs, lastStatusMs, hasReading };
    },
    rewind() {
      ({ lastReadingMs, lastStatusMs, hasReading } = marked);
    },
    settle(outcome, nowMs) {
      const reading = readingOf(outcome);
      if (reading) missed = 0;
      const isEmpty = outcome.sample !== undefined && !reading;
      const reason = outcome.error?.code ?? (isEmpty ? 'value.invalid' : undefined);
      const next = reason === undefined ? 'ok' : stateOf(reason, reading !== undefined);
      const before = state;
      state = next;
      lastStatusMs = Math.max(nowMs, lastStatusMs + 1);
      const status: MeterStatus = {
        meterId,
        atMs: lastStatusMs,
        state: next,
        ...(reason === undefined ? {} : { reason }),
        ...(hasReading ? { ageMs: Math.max(0, lastStatusMs - lastReadingMs) } : {}),
      };
      return {
        ...(reading ? { reading } : {}),
        status,
        ...(before === next ? {} : { changedFrom: before }),
      };
    },
  };
}
