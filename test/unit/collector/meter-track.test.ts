/** From outcomes to readings and statuses. */
import { describe, expect, it } from 'vitest';
import { createBackoff, LINK_BACKOFF, UNIT_BACKOFF } from '../../../collector/backoff.ts';
import { createBreaker } from '../../../collector/breaker.ts';
import { createMeterTrack, mark, rewind, settle } from '../../../collector/meter-track.ts';
import { abbB23 } from '../../../collector/profiles/abb-b23.ts';
import type { PollOutcome } from '../../../collector/source.ts';
import { AppError, type ErrorCode } from '../../../domain/errors.ts';
import { QUALITY } from '../../../domain/quality.ts';

const failed = (code: ErrorCode): PollOutcome => ({
  meterId: 'm',
  error: new AppError(code, code),
});
const good = (atMs: number, voltageL1 = 230): PollOutcome => ({
  meterId: 'm',
  sample: { meterId: 'm', atMs, quality: 0, values: { voltageL1 } },
});

describe('createMeterTrack', () => {
  it('calls one unanswered poll late and the next ones offline, with the age of the last reading', () => {
    const track = createMeterTrack('m', abbB23);
    expect(settle(track, failed('modbus.timeout'), 500).status).toEqual({
      meterId: 'm',
      atMs: 500,
      state: 'late',
      reason: 'modbus.timeout',
    });
    expect(settle(track, good(1000), 1000).status).toMatchObject({ state: 'ok', ageMs: 0 });
    expect(settle(track, failed('modbus.timeout'), 2000).status.state).toBe('late');
    expect(settle(track, failed('unit.backoff'), 3000)).toMatchObject({
      status: { state: 'offline', reason: 'unit.backoff', ageMs: 2000 },
      changedFrom: 'late',
    });
    expect(settle(track, failed('unit.backoff'), 4000).changedFrom).toBeUndefined();
    expect(settle(track, good(5000), 5000)).toMatchObject({
      status: { state: 'ok' },
      changedFrom: 'offline',
    });
  });

  it('calls an answer that is no good an error, and an overrun late', () => {
    const track = createMeterTrack('m', abbB23);
    expect(settle(track, failed('modbus.exception'), 1).status.state).toBe('error');
    expect(settle(track, failed('modbus.frame'), 2).status.state).toBe('error');
    expect(settle(track, failed('poll.skipped'), 3).status.state).toBe('late');
    expect(settle(track, failed('poll.skipped'), 4).status.state).toBe('late');
  });

  it('keeps part of a poll and says that something is missing', () => {
    const track = createMeterTrack('m', abbB23);
    const settled = settle(track, { ...good(7), ...failed('modbus.timeout') }, 8);
    expect(settled).toMatchObject({
      reading: { values: { voltageL1: 230 } },
      status: { state: 'error', reason: 'modbus.timeout' },
    });
  });

  it('takes back the instants of a doubtful clock, all of them where it came while that was in doubt', () => {
    const [known, late] = [createMeterTrack('m', abbB23), createMeterTrack('m', abbB23)];
    settle(known, good(1000), 1000);
    mark(known);
    for (const track of [known, late]) {
      expect(settle(track, good(9_000_000), 9_000_000).reading?.atMs).toBe(9_000_000);
      // The control: without it the past is never reached again.
      expect(settle(track, good(2000), 2000).reading?.quality).toBe(QUALITY.hostClock);
      rewind(track);
      expect(settle(track, good(3000), 3000)).toMatchObject({
        reading: { atMs: 3000, quality: 0 },
        status: { atMs: 3000 },
      });
    }
    rewind(known);
    expect(settle(known, good(500), 500).reading?.atMs).toBe(1001);
  });

  it('makes no reading of no values', () => {
    const empty: PollOutcome = {
      meterId: 'm',
      sample: { meterId: 'm', atMs: 5, quality: 0, values: {} },
    };
    const settled = settle(createMeterTrack('m', abbB23), empty, 5);
    expect(settled.reading).toBeUndefined();
    expect(settled.status).toMatchObject({ state: 'error', reason: 'value.invalid' });
  });

  it('flags a value outside its range and keeps it', () => {
    const { reading } = settle(createMeterTrack('m', abbB23), good(1, 501), 1);
    expect(reading).toMatchObject({ quality: QUALITY.outOfRange, values: { voltageL1: 501 } });
  });

  it('never stamps a reading at or before an earlier one, and flags a clock that stepped back', () => {
    const track = createMeterTrack('m', abbB23);
    settle(track, good(3_600_000), 3_600_000);
    const { reading, status } = settle(track, good(1000), 1000);
    expect(reading).toMatchObject({ atMs: 3_600_001, quality: QUALITY.hostClock });
    expect(status.atMs).toBe(3_600_001);
    expect(settle(track, good(2000), 2000).reading?.atMs).toBe(3_600_002);
    expect(settle(track, good(7_200_000), 7_200_000).reading).toMatchObject({
      atMs: 7_200_000,
      quality: 0,
    });
  });
});

describe('createBreaker', () => {
  it('opens after two failures, probes ever more rarely up to 5 minutes, closes on success', () => {
    const breaker = createBreaker(() => 1);
    breaker.failed(0);
    expect(breaker.advise(0)).toBe('poll');
    let atMs = 0;
    const waits: number[] = [];
    for (let n = 0; n < 7; n += 1) {
      breaker.failed(atMs);
      const from = atMs;
      while (breaker.advise(atMs) === 'wait') atMs += 1000;
      expect(breaker.advise(atMs)).toBe('probe');
      waits.push((atMs - from) / 1000);
    }
    expect(waits).toEqual([10, 20, 40, 80, 160, 300, 300]);
    breaker.succeeded();
    expect([breaker.isOpen, breaker.advise(0)]).toEqual([false, 'poll']);
  });
});

describe('createBackoff', () => {
  it.each([
    { name: 'full jitter', options: LINK_BACKOFF, low: 0, high: 1000 },
    { name: 'half jitter', options: UNIT_BACKOFF, low: 5000, high: 10_000 },
  ])('spreads the first wait: $name', ({ options, low, high }) => {
    const waitFor = (random: number) => {
      const backoff = createBackoff(options, () => random);
      backoff.failed(0);
      return backoff.retryAtMs;
    };
    expect([waitFor(0), waitFor(1)]).toEqual([low, high]);
  });
});
