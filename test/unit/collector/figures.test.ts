/** Percentiles of the newest values, and what may be added up. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addTo,
  countFailure,
  createRequestFigures,
  createReservoir,
  isCounter,
  percentileOf,
  percentiles,
  prefixed,
  requestFields,
  sumFigures,
} from '../../../collector/figures.ts';
import { AppError } from '../../../domain/errors.ts';

describe('a reservoir', () => {
  it('has nearest-rank percentiles of the newest values only', () => {
    const values = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 64 }), (all, size) => {
        const reservoir = createReservoir(size);
        for (const value of all) addTo(reservoir, value);
        const newest = all.slice(-size).toSorted((a, b) => a - b);
        for (const share of [0.5, 0.95, 1]) {
          const rank = Math.ceil(share * newest.length) - 1;
          expect(percentileOf(reservoir, share)).toBe(newest[rank]);
        }
      }),
    );
  });

  it('keeps to its own part of what it shares with others', () => {
    const [first, second] = [createReservoir(4), createReservoir(4)];
    expect(first.kept).toBe(second.kept);
    for (let value = 1; value <= 9; value += 1) addTo(first, value);
    expect(percentileOf(second, 1)).toBeUndefined();
    for (let value = 101; value <= 109; value += 1) addTo(second, value);
    expect([first, second].map((one) => percentileOf(one, 0.25))).toEqual([6, 106]);
    expect([first, second].map((one) => percentileOf(one, 1))).toEqual([9, 109]);
  });

  it('claims nothing while it is empty', () => {
    expect(percentileOf(createReservoir(8), 0.5)).toBeUndefined();
    expect(percentiles('round_trip', createReservoir(8))).toEqual({});
  });
});

it('counts what requests came to, exceptions by code', () => {
  const figures = createRequestFigures();
  addTo(figures.roundTrips, 4);
  countFailure(figures, new AppError('modbus.timeout', 'x'));
  countFailure(figures, new AppError('modbus.frame', 'x'));
  countFailure(figures, new AppError('modbus.desync', 'x'));
  countFailure(figures, new AppError('link.refused', 'x'));
  for (const exception of [4, 4, 11]) {
    countFailure(figures, new AppError('modbus.exception', 'x', { exception }));
  }
  expect(requestFields(figures)).toEqual({
    round_trip_p50_ms: 4,
    round_trip_p95_ms: 4,
    timeouts: 1,
    frame_errors: 2,
  });
  expect([...(figures.exceptions ?? [])]).toEqual([
    [4, 2],
    [11, 1],
  ]);
});

it('adds up counts, and no percentile or share', () => {
  const bus = { polls: 3, open_breakers: 1, queue_wait_p95_ms: 9, load: 0.5, days_left: 3 };
  expect(sumFigures([bus, bus])).toEqual({ polls: 6, open_breakers: 2 });
  expect(isCounter('polls') && !isCounter('load')).toBe(true);
});

it('renames figures of others to stored names', () => {
  expect(prefixed('spool', { oldestAgeMs: 5, bytes: 1 })).toEqual({
    spool_oldest_age_ms: 5,
    spool_bytes: 1,
  });
});
