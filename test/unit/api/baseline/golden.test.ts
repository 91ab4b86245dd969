/** CalTRACK 2.0 held against published answers: samples with known models, savings and bands. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { avoidedUseOf, normalizedSaving } from '../../../../api/baseline/avoided-use.ts';
import { fitRows } from '../../../../api/baseline/model.ts';
import type { Row } from '../../../../api/baseline/rows.ts';
import { FAHRENHEIT } from '../../../../api/baseline/terms.ts';

interface Golden {
  readonly params: Readonly<Record<string, number>>;
  readonly r2adj: number;
  readonly candidates: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly n_candidates: number;
  readonly rmse_adj: number;
  readonly cvrmse: number;
  readonly cvrmse_adj: number;
  readonly nmbe: number;
  readonly autocorr: number;
  readonly n_prime: number;
  readonly counterfactual_sum: number;
  readonly reporting_observed_sum: number;
  readonly metered_savings: number;
  readonly bands: Readonly<Record<string, number>>;
}

const FOLDER = fileURLToPath(new URL('../../../../../shared/data/caltrack/', import.meta.url));
const present = existsSync(`${FOLDER}golden.json`);
if (!present)
  console.log('skipped: the CalTRACK tables are not beside the project (../shared/data)');

const FIT = {
  scale: FAHRENHEIT,
  interval: 'daily',
  heating: true,
  choice: 'caltrack',
  splitDayTypes: false,
} as const;
const SAMPLES = [
  { name: 'il-electricity-cdd-hdd-daily', cooling: true },
  { name: 'il-gas-hdd-only-daily', cooling: true },
] as const;

function golden(name: string): Golden {
  return JSON.parse(readFileSync(`${FOLDER}golden.json`, 'utf8'))[name];
}

function rowsOf(name: string, period: 'baseline' | 'reporting'): Row[] {
  const [, ...lines] = readFileSync(`${FOLDER}${name}.csv`, 'utf8').trim().split('\n');
  return lines.flatMap((line) => {
    const [time = '', ownPeriod, value, temperature] = line.split(',');
    if (ownPeriod !== period) return [];
    const drivers = temperature ? [Number(temperature)] : [];
    return [{ date: time.slice(0, 10), amount: value ? Number(value) : null, days: 1, drivers }];
  });
}

function fitted(name: string, options: { readonly cooling: boolean }) {
  const { model, candidates } = fitRows(rowsOf(name, 'baseline'), { ...FIT, ...options });
  if (!model) throw new Error(`no model for ${name}`);
  return { model, candidates };
}

/** Coefficients and balance points by the names of the published answers. */
function parametersOf({ model }: ReturnType<typeof fitted>): Record<string, number> {
  const equation = model.segments[0]?.equation;
  const slopes = equation?.slopes.flatMap(({ term, perUnit }) =>
    term.kind === 'level'
      ? []
      : [
          [`beta_${term.kind}`, perUnit],
          [`${term.kind === 'hdd' ? 'heating' : 'cooling'}_balance_point`, term.base],
        ],
  );
  return { intercept: equation?.intercept, ...Object.fromEntries(slopes ?? []) };
}

describe.runIf(present || process.env.CI)('published samples', () => {
  it.each(SAMPLES)('$name: model, fit, savings and bands', ({ name, cooling }) => {
    const answer = golden(name);
    const fit = fitted(name, { cooling });
    const parameters = parametersOf(fit);
    expect(Object.keys(parameters).sort()).toEqual(Object.keys(answer.params).sort());
    for (const [key, value] of Object.entries(answer.params)) {
      expect(Math.abs((parameters[key] ?? Number.NaN) - value), key).toBeLessThan(1e-6);
    }
    const { quality, segments } = fit.model;
    expect(segments[0]?.rSquaredAdjusted).toBeCloseTo(answer.r2adj, 6);
    expect(quality.rmseAdjusted).toBeCloseTo(answer.rmse_adj, 5);
    expect(quality.cvRmse).toBeCloseTo(answer.cvrmse, 6);
    expect(quality.cvRmseAdjusted).toBeCloseTo(answer.cvrmse_adj, 6);
    expect(quality.nmbe).toBeCloseTo(answer.nmbe, 6);
    expect(quality.autocorrelation).toBeCloseTo(answer.autocorr, 6);
    expect(quality.effectiveRows).toBeCloseTo(answer.n_prime, 3);

    const avoided = avoidedUseOf(fit.model, rowsOf(name, 'reporting'));
    expect(Math.abs(avoided.predicted - answer.counterfactual_sum)).toBeLessThan(1e-3);
    expect(Math.abs(avoided.measured - answer.reporting_observed_sum)).toBeLessThan(1e-3);
    expect(Math.abs(avoided.avoided - answer.metered_savings)).toBeLessThan(1e-3);
    const { bands } = answer;
    expect(Math.abs((avoided.band?.fsu ?? 0) - (bands['FSU Error Band'] ?? 1))).toBeLessThan(1e-3);
    expect(avoided.band?.ols).toBeCloseTo(bands['OLS Error Band'] ?? 0, 2);
    expect(avoided.band?.olsModel).toBeCloseTo(bands['OLS Error Band: Model Error'] ?? 0, 2);
    expect(avoided.band?.olsNoise).toBeCloseTo(bands['OLS Error Band: Noise'] ?? 0, 2);
  });

  it.each(SAMPLES)(
    '$name: every candidate is attempted and qualified alike',
    ({ name, cooling }) => {
      const { candidates } = fitted(name, { cooling });
      const answer = golden(name);
      expect(candidates).toHaveLength(answer.n_candidates);
      for (const [kind, counts] of Object.entries(answer.candidates)) {
        for (const [status, count] of Object.entries(counts)) {
          const ours = status.toLowerCase().replace(' ', '-');
          const own = candidates.filter((one) => one.kind === kind && one.status === ours);
          expect(own.length, `${kind} ${status}`).toBe(count);
        }
      }
    },
  );

  it('avoided and normalised use of a synthetic reporting period, as published', () => {
    const name = 'il-electricity-cdd-hdd-daily';
    const { model } = fitted(name, { cooling: true });
    // 60 days of 30…89 °F, one kWh a day.
    const synthetic = Array.from({ length: 60 }, (_, i) => ({
      date: new Date(Date.UTC(2011, 0, 1 + i)).toISOString().slice(0, 10),
      amount: i < 59 ? 1 : null,
      days: 1,
      drivers: i < 59 ? [30 + i] : [],
    }));
    const avoided = avoidedUseOf(model, synthetic);
    expect(avoided.avoided).toBeCloseTo(1571.28, 2);
    expect(avoided.band?.fsu).toBeCloseTo(601.52, 2);
    expect(avoided.masked).toEqual(['2011-03-01']);

    const reporting = fitRows(rowsOf(name, 'reporting'), { ...FIT, cooling: true }).model;
    if (!reporting) throw new Error('no model of the reporting period');
    const normal = normalizedSaving(model, reporting, synthetic);
    expect(normal.saving).toBeCloseTo(168.58, 2);
    expect(normal.bands?.baseline).toBeCloseTo(601.52, 2);
    expect(normal.bands?.reporting).toBeCloseTo(534.78, 2);
    expect(normal.bands?.both).toBeCloseTo(804.87, 2);
  });

  it('control: one day off, and nothing matches any more', () => {
    const name = 'il-electricity-cdd-hdd-daily';
    const shifted = rowsOf(name, 'baseline').map((row, i, rows) => ({
      ...row,
      drivers: rows[(i + 1) % rows.length]?.drivers ?? [],
    }));
    const { model } = fitRows(shifted, { ...FIT, cooling: true });
    expect(model?.segments[0]?.equation.intercept).not.toBeCloseTo(
      golden(name).params.intercept ?? 0,
      2,
    );
  });
});
