/** What other systems publish as tests of theirs, through our rules: where we agree, and where and why not. */
import { describe, expect, it } from 'vitest';
import { MINUTE_MS, outcomeOf } from './case.ts';

/** As these systems write series: one value after the other, every so many minutes. */
function seriesOf(values: readonly number[], everyMinutes: number, hours: number) {
  const { curve, ...outcome } = outcomeOf({
    name: '',
    readings: values.map((value, i) => [i * everyMinutes, value] as const),
    rules: { gapMs: 2.5 * everyMinutes * MINUTE_MS, resolution: 0.1, maxPerHour: 1000 },
    hours: Array.from({ length: hours }, () => null),
    codes: [],
  });
  const { amount, length } = curve.segments;
  const total = amount.subarray(0, length).reduce((sum, part) => sum + part, 0);
  return { ...outcome, curve, total: Number(total.toFixed(6)) };
}

/** `start`, then `count` steps. */
const steps = (start: number, step: number, count: number) =>
  Array.from({ length: count + 1 }, (_, i) => start + i * step);

describe('Home Assistant, recorder statistics of a total that increases', () => {
  it('with a reset: the same total of 80, which it books by the last state of a slot', () => {
    const { total, hours, codes } = seriesOf([10, 15, 20, 10, 30, 40, 50, 60, 70], 20, 3);
    expect(total).toBe(80);
    expect(hours).toEqual([20, 40, 20]);
    expect(codes).toEqual(['reset']);
  });

  it('with small dips: 10, 20, 30 as there, for a register of whole units', () => {
    const readings = [10, 15, 20, 19, 30, 40, 39, 60, 70].map(
      (value, i) => [i * 20, value] as const,
    );
    const { hours, codes } = outcomeOf({
      name: '',
      readings,
      rules: { resolution: 1, gapMs: 50 * MINUTE_MS },
      hours: [10, 20, 30],
      codes: [],
    });
    expect(hours).toEqual([10, 20, 30]);
    expect(codes).toEqual(['jitter', 'jitter']);
  });

  it('zero on a restart: there the whole total counts again (core#55901), here nothing is lost or won', () => {
    expect(seriesOf([71.2, 71.3, 0, 71.5, 71.6], 15, 1).total).toBe(0.4);
  });

  it('0.1 back: there a whole meter, 215.6, in one hour (grott#99), here the last digit', () => {
    expect(seriesOf([215.6, 215.7, 215.6, 215.7, 215.8], 15, 1).total).toBe(0.2);
  });
});

describe('Prometheus, increase() and resets()', () => {
  it('a decrease is a reset: 0 1 2 3 2 3 4 rises by 7', () => {
    const { total, codes } = seriesOf([0, 1, 2, 3, 2, 3, 4], 5, 1);
    expect(total).toBe(7);
    expect(codes).toEqual(['reset']);
  });

  it('without a reset: the difference, whatever the start, and nothing extrapolated', () => {
    expect(seriesOf(steps(0, 10, 10), 5, 1).total).toBe(100);
    expect(seriesOf(steps(10, 10, 10), 5, 1).total).toBe(100);
    expect(seriesOf(steps(1, 10, 10), 5, 1).total).toBe(100);
  });

  it('a reset in the middle: what it counted since is a lower bound, as there', () => {
    const { total } = seriesOf([...steps(0, 18, 5), ...steps(0, 18, 5)], 5, 1);
    expect(total).toBe(180);
  });

  it('differs on 1 2 3 0 1 0 0 1 2 0: there three resets, here a lone 1 between zeros is a spike', () => {
    const { curve } = seriesOf([1, 2, 3, 0, 1, 0, 0, 1, 2, 0], 5, 1);
    expect(curve.findings).toMatchObject([
      { code: 'reset' },
      { code: 'spike_rejected' },
      { code: 'reset', provisional: true },
    ]);
  });

  it('none of 0 0 0 0 0 1 1 1 1 1, one of 1 2 3 4 5 1 2 3 4 5', () => {
    expect(seriesOf([0, 0, 0, 0, 0, 1, 1, 1, 1, 1], 5, 1).codes).toEqual([]);
    expect(seriesOf([1, 2, 3, 4, 5, 1, 2, 3, 4, 5], 5, 1).codes).toEqual(['reset']);
  });

  it('differs on zeros that end: there two resets and the total again, here a transient', () => {
    const { total, codes } = seriesOf([5000, 5001, 0, 0, 5004, 5005], 5, 1);
    expect(total).toBe(5);
    expect(codes).toEqual(['transient_rejected']);
  });
});

describe('BEMServer, energy index to energy', () => {
  it('hourly squares: 1 3 5 7 9 and an open hour', () => {
    const { hours } = seriesOf([0, 1, 4, 9, 16, 25], 60, 6);
    expect(hours).toEqual([1, 3, 5, 7, 9, null]);
  });

  it('a step of six hours, then of two: spread evenly, and the open end unknown', () => {
    const { hours, coverage } = outcomeOf({
      name: '',
      readings: [
        [0, 0],
        [360, 36],
        [480, 64],
        [600, 100],
      ],
      hours: Array.from({ length: 12 }, () => null),
      codes: ['gap'],
    });
    expect(hours).toEqual([6, 6, 6, 6, 6, 6, 14, 14, 18, 18, null, null]);
    // There nothing tells an even spread from a measured hour.
    expect(Math.max(...coverage)).toBe(0);
  });

  it('differs on polls that are not evenly spaced: 100 and 40, where a mean of rates says 60 and 120', () => {
    const { hours } = outcomeOf({
      name: '',
      readings: [
        [0, 0],
        [50, 100],
        [60, 100],
        [110, 100],
        [120, 140],
      ],
      rules: { maxPerHour: 1000, gapMs: 60 * MINUTE_MS },
      hours: [100, 40],
      codes: [],
    });
    expect(hours).toEqual([100, 40]);
  });
});
