/** Properties of the corrected curve over random histories; every rule is seen to matter by a control. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amountsBetween } from '../../../../api/consumption/amounts.ts';
import { buildCurve } from '../../../../api/consumption/curve.ts';
import type { CurveRules } from '../../../../api/consumption/rules.ts';
import { HOUR_MS } from '../../../../domain/period.ts';
import type { CounterReading } from '../../../../domain/reading.ts';

const STEP_MS = 15 * 60_000;
const RULES: CurveRules = {
  gapMs: 38 * 60_000,
  maxPerHour: 100,
  resolution: 0.01,
  replacements: [],
};

/** A true history: steps of 0 to 20 in the register's resolution, every 15 minutes. */
const steps = fc.array(fc.integer({ min: 0, max: 2000 }), { minLength: 8, maxLength: 120 });

function history(increments: readonly number[], start = 500): CounterReading[] {
  let value = start;
  return increments.map((increment, index) => {
    value += increment / 100;
    return { atMs: index * STEP_MS, value: Number(value.toFixed(2)), quality: 0 };
  });
}

function bounds(readings: readonly CounterReading[]): number[] {
  const last = readings.at(-1)?.atMs ?? 0;
  const count = Math.ceil(last / HOUR_MS);
  return Array.from({ length: count + 1 }, (_, hour) => hour * HOUR_MS);
}

function total(readings: readonly CounterReading[], rules = RULES): number {
  const hours = amountsBetween(buildCurve(readings, rules), bounds(readings));
  return hours.reduce((sum, { value }) => sum + (value ?? 0), 0);
}

function truth(readings: readonly CounterReading[]): number {
  return (readings.at(-1)?.value ?? 0) - (readings[0]?.value ?? 0);
}

describe('corrected curve', () => {
  it('conserves: the hours add up to the difference of the register', () => {
    fc.assert(
      fc.property(steps, (increments) => {
        const readings = history(increments);
        expect(total(readings)).toBeCloseTo(truth(readings), 6);
      }),
      { numRuns: 300, seed: 24 },
    );
  });

  it('does not depend on the order or the repetition of arrival', () => {
    fc.assert(
      fc.property(
        steps,
        fc.infiniteStream(fc.integer({ min: 0, max: 1_000_000 })),
        (increments, keys) => {
          const readings = history(increments);
          const shuffled = [...readings, ...readings]
            .map((reading) => ({ reading, key: keys.next().value ?? 0 }))
            .sort((a, b) => a.key - b.key)
            .map(({ reading }) => reading);
          expect(buildCurve(shuffled, RULES)).toEqual(buildCurve(readings, RULES));
        },
      ),
      { numRuns: 200, seed: 25 },
    );
  });

  it('never yields a negative amount, whatever is read', () => {
    const wild = fc.array(
      fc.record({
        atMs: fc.integer({ min: 0, max: 200 }).map((i) => i * STEP_MS),
        value: fc.double({ min: -10, max: 1e6 }),
        quality: fc.constant(0),
      }),
      { maxLength: 80 },
    );
    fc.assert(
      fc.property(wild, (readings) => {
        const hours = amountsBetween(
          buildCurve(readings, RULES),
          bounds([...readings, { atMs: 200 * STEP_MS, value: 0, quality: 0 }]),
        );
        for (const { value, coverage, known } of hours) {
          expect(value ?? 0).toBeGreaterThanOrEqual(-1e-9);
          expect(coverage).toBeLessThanOrEqual(known + 1e-9);
          expect(known).toBeLessThanOrEqual(1 + 1e-9);
          if (known === 0) expect(value).toBeNull();
        }
      }),
      { numRuns: 300, seed: 26 },
    );
  });

  it('recovers the truth across a wrap of a register with a modulus', () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 0, max: 100 }), (increments, percent) => {
        const whole = history(increments, 0);
        const sum = truth(whole);
        const start = Number((10_000 - (sum * percent) / 100).toFixed(2));
        const readings = whole.map((reading) => ({
          ...reading,
          value: Number(((start + reading.value) % 10_000).toFixed(2)),
        }));
        expect(total(readings, { ...RULES, modulus: 10_000 })).toBeCloseTo(sum, 4);
      }),
      { numRuns: 300, seed: 27 },
    );
  });

  it('recovers the truth across a registered replacement', () => {
    fc.assert(
      fc.property(steps, fc.nat(), (increments, at) => {
        // The swap halves an interval: the whole step must be possible in what is left of it.
        const whole = history(increments.map((increment) => increment / 2));
        const index = 1 + (at % (whole.length - 1));
        const swapMs = (whole[index]?.atMs ?? 0) - STEP_MS / 2;
        const before = whole[index - 1]?.value ?? 0;
        const readings = whole.map((reading, i) =>
          i < index ? reading : { ...reading, value: reading.value - before + 7 },
        );
        const rules = {
          ...RULES,
          replacements: [{ atMs: swapMs, finalReading: before, initialReading: 7 }],
        };
        expect(total(readings, rules)).toBeCloseTo(truth(whole), 6);
      }),
      { numRuns: 300, seed: 28 },
    );
  });
});

describe('rules have controls', () => {
  const at = (values: readonly number[]): CounterReading[] =>
    values.map((value, i) => ({ atMs: i * STEP_MS, value, quality: 0 }));
  const wrap = at([9996, 9998, 0, 2, 4]);

  it('without the modulus a wrap is counted as a reset and loses the stretch before it', () => {
    expect(total(wrap, { ...RULES, modulus: 10_000 })).toBeCloseTo(8, 9);
    expect(total(wrap)).toBeCloseTo(6, 9);
  });

  it('without the jitter tolerance the last digit moving is no longer jitter', () => {
    const moving = at([215.6, 215.7, 215.6, 215.7, 215.8]);
    expect(
      buildCurve(moving, { ...RULES, resolution: 0.1 }).findings.map(({ code }) => code),
    ).toEqual(['jitter']);
    expect(
      buildCurve(moving, { ...RULES, resolution: 0 }).findings.map(({ code }) => code),
    ).not.toContain('jitter');
  });

  it('without the rating a spike to the sky is consumption', () => {
    const spike = at([100, 101, 90_000, 102, 103]);
    expect(total(spike)).toBeCloseTo(3, 9);
    expect(total(at([100, 101, 90_000]), { ...RULES, maxPerHour: 1e9 })).toBeGreaterThan(80_000);
  });

  it('without the gap limit an outage counts as measured', () => {
    const outage = [...at([1, 2]), { atMs: 40 * STEP_MS, value: 30, quality: 0 }];
    const coverage = (gapMs: number) =>
      amountsBetween(buildCurve(outage, { ...RULES, gapMs }), [0, 40 * STEP_MS])[0]?.coverage ?? 0;
    expect(coverage(RULES.gapMs)).toBeCloseTo(1 / 40, 9);
    expect(coverage(Number.MAX_VALUE)).toBe(1);
  });
});
