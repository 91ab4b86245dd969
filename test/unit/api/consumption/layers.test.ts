/** Rule 11: intervals, bills, readings by hand and power on the same curve, each in its place. */
import { describe, expect, it } from 'vitest';
import { classOf } from '../../../../api/consumption/amounts.ts';
import { DAY_MS, HOUR_MS } from '../../../../domain/period.ts';
import type { CurveInput } from '../../../../domain/reading.ts';
import { climb, MINUTE_MS, outcomeOf } from './case.ts';

const GAP = { gapMs: 75 * MINUTE_MS };

function hoursOf(options: {
  input: CurveInput;
  readings?: ReturnType<typeof climb>;
  count: number;
}) {
  const hours = Array.from({ length: options.count }, () => null);
  const { input, readings = [] } = options;
  const one = { name: '', readings, input, rules: GAP, hours, codes: ['gap'] };
  const outcome = outcomeOf(one);
  return { ...outcome, classes: outcome.amounts.map(classOf) };
}

const interval = (fromHour: number, toHour: number, value: number) =>
  ({ fromMs: fromHour * HOUR_MS, toMs: toHour * HOUR_MS, value, origin: 'interval' }) as const;
const bill = (fromHour: number, toHour: number, value: number) =>
  ({ ...interval(fromHour, toHour, value), origin: 'bill' }) as const;

describe('intervals', () => {
  it('are measured when short, interpolated when long', () => {
    const input = { intervals: [interval(0, 1, 3), interval(1, 3, 10)] };
    const { hours, classes } = hoursOf({ input, count: 4 });
    expect(hours).toEqual([3, 5, 5, null]);
    expect(classes).toEqual(['measured', 'interpolated', 'interpolated', 'missing']);
  });

  it('of the same period: the later one counts, once', () => {
    const input = { intervals: [interval(0, 1, 3), interval(0, 1, 4)] };
    const { hours, codes } = hoursOf({ input, count: 1 });
    expect(hours).toEqual([4]);
    expect(codes).toEqual(['conflict']);
  });

  it('give way to the register, and only for what it did not count', () => {
    const readings = climb({ from: 0, count: 5, start: 50, step: 1 });
    const input = { intervals: [interval(0, 2, 11), interval(2, 3, 8)] };
    expect(hoursOf({ input, readings, count: 3 }).hours).toEqual([4, 7, 8]);
  });

  it('that make no sense are none', () => {
    const input = {
      intervals: [interval(0, 1, -3), interval(2, 1, 3), interval(1, 2, Number.NaN)],
    };
    expect(hoursOf({ input, count: 3 }).hours).toEqual([null, null, null]);
  });
});

describe('bills', () => {
  it('are spread over their days and marked', () => {
    const days = [bill(0, 48, 96)];
    const { hours, classes, amounts } = hoursOf({ input: { intervals: days }, count: 48 });
    expect(new Set(hours)).toEqual(new Set([2]));
    expect(new Set(classes)).toEqual(new Set(['manual']));
    expect(amounts[0]).toMatchObject({ coverage: 0, manual: 1, estimated: 0, known: 1 });
  });

  it('count only what was not measured, over the time that was not', () => {
    const readings = climb({ from: 0, count: 97, start: 10, step: 1 });
    const { curve, hours, classes } = hoursOf({
      input: { intervals: [bill(0, 48, 144)] },
      readings,
      count: 48,
    });
    expect(hours.slice(0, 24)).toEqual(Array.from({ length: 24 }, () => 4));
    expect(hours.slice(24)).toEqual(Array.from({ length: 24 }, () => 2));
    expect(classes[23]).toBe('measured');
    expect(classes[24]).toBe('manual');
    const last = curve.segments.toMs[curve.segments.length - 1];
    expect(last).toBe(2 * DAY_MS);
  });

  it('below what was measured are not used, and that is said', () => {
    const readings = climb({ from: 0, count: 97, start: 10, step: 1 });
    const input = { intervals: [bill(0, 48, 90)] };
    const { hours, codes } = hoursOf({ input, readings, count: 48 });
    expect(hours[24]).toBeNull();
    expect(codes).toEqual(['below_measured']);
  });

  it('of overlapping months never count twice', () => {
    const input = { intervals: [bill(0, 10, 20), bill(8, 20, 30)] };
    const { hours } = hoursOf({ input, count: 20 });
    const total = hours.reduce<number>((sum, value) => sum + (value ?? 0), 0);
    expect(total).toBeCloseTo(20 + (30 - 4), 9);
  });
});

describe('readings by hand', () => {
  const before = climb({ from: 0, count: 5, start: 100, step: 1 });
  const after = climb({ from: 300, count: 5, start: 140, step: 1 });

  it('shape a gap of the register, whose total stays', () => {
    const input = { manual: [{ atMs: 2 * HOUR_MS, value: 128 }] };
    const { hours, classes } = hoursOf({ input, readings: [...before, ...after], count: 6 });
    expect(hours).toEqual([4, 24, 4, 4, 4, 4]);
    expect(classes[1]).toBe('manual');
    expect(classes[0]).toBe('measured');
  });

  it('are not asked where the register was read', () => {
    const input = { manual: [{ atMs: 20 * MINUTE_MS, value: 101.3 }] };
    expect(hoursOf({ input, readings: before, count: 1 }).amounts[0]?.coverage).toBe(1);
  });

  it('go on where the register ends, and are all there is for a meter that is not read', () => {
    const end = { manual: [{ atMs: 5 * HOUR_MS, value: 124 }] };
    expect(hoursOf({ input: end, readings: before, count: 5 }).hours).toEqual([4, 5, 5, 5, 5]);
    const only = { manual: [0, 2, 4].map((hour) => ({ atMs: hour * HOUR_MS, value: hour * 3 })) };
    const { hours, classes } = hoursOf({ input: only, count: 4 });
    expect(hours).toEqual([3, 3, 3, 3]);
    expect(new Set(classes)).toEqual(new Set(['manual']));
  });

  it('that no register can have shown are left out like any other', () => {
    const input = { manual: [{ atMs: 2 * HOUR_MS, value: 14 }] };
    const { hours, codes } = hoursOf({ input, readings: [...before, ...after], count: 2 });
    expect(hours).toEqual([4, 9]);
    expect(codes).toContain('transient_rejected');
  });
});

describe('power', () => {
  it('is integrated by trapezoids and estimated', () => {
    const power = { atMs: [0, 30, 60].map((minute) => minute * MINUTE_MS), value: [0, 10, 20] };
    const { hours, classes, amounts } = hoursOf({ input: { power }, count: 1 });
    expect(hours).toEqual([10]);
    expect(classes).toEqual(['estimated']);
    expect(amounts[0]?.estimated).toBe(1);
  });

  it('says nothing beyond two intervals, nor beyond the rating', () => {
    const power = { atMs: [0, 3 * HOUR_MS, 3.5 * HOUR_MS], value: [10, 10, 5000] };
    expect(hoursOf({ input: { power }, count: 4 }).hours).toEqual([10, null, null, null]);
  });

  it('gives way to everything else', () => {
    const readings = climb({ from: 0, count: 5, start: 100, step: 1 });
    const atMs = Array.from({ length: 13 }, (_, i) => i * 15 * MINUTE_MS);
    const power = { atMs, value: atMs.map(() => 50) };
    const input = { power, intervals: [interval(1, 2, 7)] };
    const { hours, classes } = hoursOf({ input, readings, count: 3 });
    expect(hours).toEqual([4, 7, 50]);
    expect(classes).toEqual(['measured', 'measured', 'estimated']);
  });
});
