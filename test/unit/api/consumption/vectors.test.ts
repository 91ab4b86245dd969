/** The published counter vectors: registers in, hours, coverage and flags out, in any order of arrival. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { amountsBetween } from '../../../../api/consumption/amounts.ts';
import { buildCurve } from '../../../../api/consumption/curve.ts';
import type { CurveRules } from '../../../../api/consumption/rules.ts';
import { HOUR_MS } from '../../../../domain/period.ts';
import type { CounterReading } from '../../../../domain/reading.ts';

const MINUTE_MS = 60_000;
const path = fileURLToPath(
  new URL('../../../../../shared/data/counter-vectors.json', import.meta.url),
);

interface Vector {
  readonly id: string;
  readonly desc: string;
  readonly readings: readonly (readonly [number, number | string | null])[];
  /** `dt`, `gap` in minutes; without either, polls every 15 minutes and a limit of 38. */
  readonly cfg: {
    readonly hours: number;
    readonly dt?: number;
    readonly gap?: number;
    readonly res?: number;
    readonly modulus?: number;
    readonly max_rate?: number;
  };
  readonly events: readonly (readonly [number, number, number])[];
  readonly expected: readonly (number | null)[];
  readonly measured_coverage: readonly number[];
  readonly flags: readonly string[];
  readonly expected_total: number;
}

const vectors: Vector[] = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : [];
if (vectors.length === 0)
  console.warn('skipped: the shared counter vectors are not on this machine');

function rulesOf({ cfg, events }: Vector, shiftMs = 0): CurveRules {
  return {
    gapMs: (cfg.gap ?? (cfg.dt === undefined ? 38 : 2.5 * cfg.dt)) * MINUTE_MS,
    intervalMs: (cfg.dt ?? 15) * MINUTE_MS,
    maxPerHour: cfg.max_rate ?? 100,
    resolution: cfg.res ?? 0.1,
    ...(cfg.modulus === undefined ? {} : { modulus: cfg.modulus }),
    replacements: events.map(([minute, finalReading, initialReading]) => ({
      atMs: minute * MINUTE_MS + shiftMs,
      finalReading,
      initialReading,
    })),
  };
}

function readingsOf(vector: Vector, shiftMs = 0): CounterReading[] {
  return vector.readings.map(([minute, value]) => ({
    atMs: minute * MINUTE_MS + shiftMs,
    value: typeof value === 'number' ? value : Number.NaN,
    quality: 0,
  }));
}

/** Notes are kept beside the vectors' flags: they never change a figure. */
const NOTES = ['gap', 'conflict'];

describe.skipIf(vectors.length === 0 && !process.env.CI)('counter vectors', () => {
  it('are all there', () => expect(vectors.length).toBeGreaterThan(20));

  it.each(vectors)('$id $desc', (vector) => {
    const curve = buildCurve(readingsOf(vector), rulesOf(vector));
    const bounds = Array.from({ length: vector.cfg.hours + 1 }, (_, hour) => hour * HOUR_MS);
    const hours = amountsBetween(curve, bounds);
    expect(hours.map(({ value }) => (value === null ? null : Number(value.toFixed(6))))).toEqual(
      vector.expected,
    );
    expect(hours.map(({ coverage }) => Number(coverage.toFixed(3)))).toEqual(
      vector.measured_coverage,
    );
    const flags = curve.findings.map(({ code }) => code).filter((code) => !NOTES.includes(code));
    expect(flags).toEqual(vector.flags);
    const total = hours.reduce((sum, { value }) => sum + (value ?? 0), 0);
    expect(total).toBeCloseTo(vector.expected_total, 6);
  });

  it.each(vectors.filter(({ id }) => id !== 'T23'))(
    '$id in reverse order of arrival is the same',
    (vector) => {
      const forward = buildCurve(readingsOf(vector), rulesOf(vector));
      const backward = buildCurve(readingsOf(vector).reverse(), rulesOf(vector));
      expect(backward).toEqual(forward);
    },
  );

  it.each(vectors)('$id shifted by seven minutes keeps its total and findings', (vector) => {
    const shiftMs = 7 * MINUTE_MS;
    const curve = buildCurve(readingsOf(vector, shiftMs), rulesOf(vector, shiftMs));
    const [total] = amountsBetween(curve, [0, (vector.cfg.hours + 1) * HOUR_MS]);
    if (vector.readings.every(([minute]) => minute <= vector.cfg.hours * 60)) {
      expect(total?.value ?? 0).toBeCloseTo(vector.expected_total, 6);
    }
    const flags = curve.findings.map(({ code }) => code).filter((code) => !NOTES.includes(code));
    expect(flags).toEqual(vector.flags);
  });
});
