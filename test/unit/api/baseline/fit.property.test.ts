/** Whatever the data: fits solve the normal equations, follow units, and the best candidate is the best. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { candidatesFor } from '../../../../api/baseline/candidates.ts';
import { fitRows } from '../../../../api/baseline/model.ts';
import type { KnownRow } from '../../../../api/baseline/rows.ts';
import { CELSIUS, termOfRow } from '../../../../api/baseline/terms.ts';
import { datesFrom } from './days.ts';

const SCALE = { ...CELSIUS, bases: [-5, 5, 12, 18, 22, 26] };
const OPTIONS = { scale: SCALE, interval: 'billing', heating: true, cooling: true } as const;
const FIT = { ...OPTIONS, choice: 'caltrack', splitDayTypes: false } as const;

const finite = (min: number, max: number) => fc.double({ min, max, noNaN: true });
/** Days, and now and then rows of several days. */
const rowsArbitrary = fc
  .array(
    fc.record({
      amount: finite(0, 1000),
      drivers: fc.array(finite(-30, 38), { minLength: 1, maxLength: 3 }),
    }),
    { minLength: 12, maxLength: 40 },
  )
  .map((rows): KnownRow[] => {
    const dates = datesFrom('2025-01-01', rows.length);
    return rows.map((row, i) => ({ ...row, date: dates[i] ?? '', days: row.drivers.length }));
  });

describe('any rows', () => {
  it('leave residuals at right angles to every term', () => {
    fc.assert(
      fc.property(rowsArbitrary, (rows) => {
        for (const { status, equation } of candidatesFor(rows, OPTIONS)) {
          if (status === 'not-attempted') continue;
          const residuals = rows.map(({ amount, days, drivers }) => {
            const told = equation.slopes.reduce(
              (sum, { term, perUnit }) => sum + perUnit * termOfRow(term, drivers),
              equation.intercept,
            );
            return (amount / days - told) * drivers.length;
          });
          const size = residuals.reduce((sum, residual) => sum + Math.abs(residual), 1);
          for (const of of [
            () => 1,
            ...equation.slopes.map(
              ({ term }) =>
                (row: KnownRow) =>
                  termOfRow(term, row.drivers),
            ),
          ]) {
            const sum = residuals.reduce((total, residual, i) => {
              const row = rows[i];
              return total + (row ? residual * of(row) : 0);
            }, 0);
            expect(Math.abs(sum) / size).toBeLessThan(1e-6);
          }
        }
      }),
      { numRuns: 40, seed: 7 },
    );
  });

  it('give the model of the highest adjusted R² among the qualified', () => {
    fc.assert(
      fc.property(rowsArbitrary, (rows) => {
        const { model, candidates } = fitRows(rows, FIT);
        const best = candidates
          .filter(({ status, rSquaredAdjusted }) => status === 'qualified' && rSquaredAdjusted >= 0)
          .reduce((most, { rSquaredAdjusted }) => Math.max(most, rSquaredAdjusted), 0);
        expect(model?.segments[0]?.rSquaredAdjusted).toBe(best);
        for (const { perUnit } of model?.segments[0]?.equation.slopes ?? []) {
          expect(perUnit).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 60, seed: 7 },
    );
  });

  it('of as few rows as coefficients are not fitted', () => {
    const dates = datesFrom('2025-01-01', 3);
    const three = [30, -10, 10].map((driver, i) => ({
      date: dates[i] ?? '',
      amount: 10 + i * i,
      days: 1,
      drivers: [driver],
    }));
    const both = candidatesFor(three, OPTIONS).filter(({ kind }) => kind === 'cdd_hdd');
    expect(new Set(both.map(({ status }) => status))).toEqual(new Set(['not-attempted']));
  });

  it('measured in another unit give the same model in that unit', () => {
    fc.assert(
      fc.property(rowsArbitrary, finite(0.01, 100), (rows, factor) => {
        const one = fitRows(rows, FIT).model;
        const other = fitRows(
          rows.map((row) => ({ ...row, amount: row.amount * factor })),
          FIT,
        ).model;
        const intercept = (one?.segments[0]?.equation.intercept ?? 0) * factor;
        const size = Math.max(1, Math.abs(intercept));
        const found = other?.segments[0]?.equation.intercept ?? Number.NaN;
        expect(Math.abs(found - intercept) / size).toBeLessThan(1e-6);
      }),
      { numRuns: 40, seed: 7 },
    );
  });
});
