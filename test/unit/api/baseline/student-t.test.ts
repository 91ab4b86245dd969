/** Student's t against exact values and the table every textbook prints. */
import { describe, expect, it } from 'vitest';
import { tQuantile } from '../../../../api/baseline/student-t.ts';

describe('quantiles of Student’s t', () => {
  it('are exact where a closed form exists', () => {
    for (const p of [0.01, 0.1, 0.6, 0.9, 0.95, 0.975, 0.999]) {
      // One degree of freedom is the Cauchy distribution.
      expect(tQuantile(p, 1)).toBeCloseTo(Math.tan(Math.PI * (p - 0.5)), 9);
      const a = 4 * p * (1 - p);
      expect(tQuantile(p, 2)).toBeCloseTo((2 * (p - 0.5) * Math.SQRT2) / Math.sqrt(a), 9);
      const q = Math.cos(Math.acos(Math.sqrt(a)) / 3) / Math.sqrt(a);
      expect(tQuantile(p, 4)).toBeCloseTo(Math.sign(p - 0.5) * 2 * Math.sqrt(q - 1), 9);
    }
  });

  it.each([
    [0.95, 5, 2.015],
    [0.95, 10, 1.812],
    [0.95, 30, 1.697],
    [0.975, 10, 2.228],
    [0.995, 60, 2.66],
    [0.95, 120, 1.658],
    [0.975, 1e7, 1.96],
  ])('t(%d; %d) = %d as printed', (probability, degrees, table) => {
    expect(tQuantile(probability, degrees)).toBeCloseTo(table, 3);
  });

  it('are symmetric, monotone, and defined between whole degrees', () => {
    expect(tQuantile(0.05, 7.5)).toBeCloseTo(-(tQuantile(0.95, 7.5) ?? 0), 12);
    expect(tQuantile(0.5, 3)).toBe(0);
    const between = tQuantile(0.95, 7.5) ?? 0;
    expect(between).toBeLessThan(tQuantile(0.95, 7) ?? 0);
    expect(between).toBeGreaterThan(tQuantile(0.95, 8) ?? 0);
  });

  it('do not exist outside their domain', () => {
    for (const [p, degrees] of [
      [0, 5],
      [1, 5],
      [0.9, 0],
      [Number.NaN, 5],
      [0.9, Number.NaN],
    ] as const) {
      expect(tQuantile(p, degrees)).toBeUndefined();
    }
  });
});
