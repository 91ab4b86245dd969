/** Every metric: right figures from known amounts, and "insufficient" instead of a wrong one. */
import { describe, expect, it } from 'vitest';
import { METRICS } from '../../../../api/metrics/index.ts';
import type { MetricInput } from '../../../../api/metrics/input.ts';
import type { Carrier } from '../../../../domain/carriers.ts';
import type { AgencyConsumption } from '../../../../domain/consumption.ts';
import { HOUR_MS } from '../../../../domain/period.ts';
import type { CountingMeter } from '../../../../registry/registry.ts';
import type { Factor, Meter } from '../../../../registry/schema.ts';
import { metricInput, WEEK_START_MS } from '../../../support/metric-input.ts';

function factor(kind: Factor['kind'], carrier: Carrier, value: number, unit: string): Factor {
  return {
    id: `${kind}-${carrier}`,
    kind,
    carrier,
    value,
    unit,
    validFromYear: 2020,
    region: '全国',
    source: 'test',
    profiles: ['national-statistics'],
    verified: true,
  };
}

const FACTORS = [
  factor('standard-coal', 'electricity', 0.1229, 'kgce/kWh'),
  factor('standard-coal', 'solar', 0.1229, 'kgce/kWh'),
  factor('standard-coal', 'heat', 34.12, 'kgce/GJ'),
  factor('standard-coal', 'gas', 1.33, 'kgce/m³'),
  factor('co2', 'electricity', 0.6479, 'kgCO2/kWh'),
  factor('co2', 'heat', 110, 'kgCO2/GJ'),
];

function hourly(amountAt: (hour: number) => number | null): AgencyConsumption[] {
  return Array.from({ length: 7 * 24 }, (_, hour) => {
    const value = amountAt(hour % 24);
    const share = value === null ? 0 : 1;
    return {
      agencyId: 'a',
      carrier: 'water',
      item: '02000',
      resolution: 'hour',
      startMs: WEEK_START_MS + hour * HOUR_MS,
      value,
      coverage: share,
      manual: 0,
      estimated: 0,
      known: share,
      class: 'measured',
      flags: [],
      ruleVersion: 1,
      revision: 0,
    };
  });
}

interface Facts {
  readonly amounts: Readonly<Record<string, number | null>>;
  readonly known?: number;
  readonly hours?: AgencyConsumption[];
  readonly overrides?: Partial<MetricInput>;
}

function inputOf({ amounts, known = 1, hours = [], overrides = {} }: Facts): MetricInput {
  const given: Partial<MetricInput> = {
    hours: () => hours,
    factor: (kind, carrier) => FACTORS.find((f) => f.kind === kind && f.carrier === carrier),
  };
  return metricInput({ amounts, known, overrides: { ...given, ...overrides } });
}

function compute(id: string, facts: Facts) {
  const metric = METRICS.find((candidate) => candidate.id === id);
  if (!metric) throw new Error(`no metric ${id}`);
  return metric.compute(inputOf(facts));
}

const OFFICE = {
  '01000': 10_000,
  '01A00': 4000,
  '01B00': 3000,
  '01C00': 1000,
  '01D00': 2500,
  '02000': 300,
  '04000': 50,
  '13000': 1000,
  export: 100,
};

describe('metrics', () => {
  it('serve each of the three articles at least three times, under unique ids', () => {
    const counts = Map.groupBy(METRICS, ({ clause }) => clause.article);
    for (const article of [24, 25, 26] as const)
      expect(counts.get(article)?.length).toBeGreaterThanOrEqual(3);
    expect(new Set(METRICS.map(({ id }) => id)).size).toBe(METRICS.length);
    expect(new Set(METRICS.map(({ code }) => code)).size).toBe(METRICS.length);
    for (const {
      source: { text: source },
      formula,
      unit,
    } of METRICS)
      expect([source, formula, unit].every((text) => text.length > 0)).toBe(true);
  });

  it.each([
    ['comprehensive-energy', (10_000 + 1000 - 100) * 0.1229 + 50 * 34.12],
    ['energy-per-area', ((10_000 + 1000 - 100) * 0.1229 + 50 * 34.12) / 2000],
    ['energy-per-person', ((10_000 + 1000 - 100) * 0.1229 + 50 * 34.12) / 100],
    ['co2-per-area', (10_000 * 0.6479 + 50 * 110) / 2000],
    ['data-completeness', 100],
    ['electricity-per-area', (10_000 + 1000 - 100) / 2000],
    ['heating-per-area', 50 / 1500],
    ['renewable-share', (900 / 10_900) * 100],
    ['unmetered-electricity', ((10_900 - 10_500) / 10_900) * 100],
    ['water-per-person', 3],
    ['water-per-area', 0.15],
  ])('%s', (id, expected) => {
    const outcome = compute(id, { amounts: OFFICE });
    expect(outcome.value).toBeCloseTo(expected, 9);
    expect(outcome.terms.length).toBeGreaterThan(0);
    for (const term of outcome.terms) expect(term.source).not.toBe('');
  });

  it('are listed by code and have words in both languages', () => {
    const codes = METRICS.map(({ code }) => code);
    const numbers = codes.map((code) =>
      code.replace(/^A(\d+)-/, (_, n: string) => n.padStart(3, '0')),
    );
    expect(numbers).toEqual(numbers.toSorted());
    for (const { code, name, inputs, insufficient } of METRICS) {
      const words = [name, insufficient, ...inputs].flatMap(({ zh, en }) => [zh, en]);
      expect([code, words.every((text) => text.length > 0)]).toEqual([code, true]);
    }
  });

  it.each(METRICS.filter(({ id }) => id !== 'data-completeness').map(({ id }) => id))(
    '%s has no value without readings, and says why',
    (id) => {
      const missing = Object.fromEntries(Object.keys(OFFICE).map((item) => [item, null]));
      for (const periodKind of ['month', 'year'] as const) {
        for (const amounts of [missing, {}]) {
          const outcome = compute(id, { amounts, overrides: { periodKind } });
          expect(outcome.value).toBeNull();
          expect(outcome.reasons.length).toBeGreaterThan(0);
        }
      }
    },
  );

  it('gives no figure when less than 90 % is known, and one from 90 % on', () => {
    expect(compute('water-per-person', { amounts: OFFICE, known: 0.899 })).toMatchObject({
      value: null,
      completeness: 0.899,
    });
    expect(compute('water-per-person', { amounts: OFFICE, known: 0.9 }).value).toBeCloseTo(3, 9);
  });

  it('names heat that is not metered instead of counting it as zero', () => {
    const { '04000': _heat, ...unheated } = OFFICE;
    const outcome = compute('energy-per-area', { amounts: unheated });
    expect(outcome.reasons.map(({ zh }) => zh)).toContain('热力无计量，未计入');
  });

  it('has no ratio without people or area', () => {
    expect(
      compute('energy-per-person', { amounts: OFFICE, overrides: { persons: () => undefined } })
        .value,
    ).toBeNull();
    expect(
      compute('water-per-area', { amounts: OFFICE, overrides: { area: () => undefined } }).value,
    ).toBeNull();
  });

  it('has no heating figure outside the season', () => {
    expect(
      compute('heating-per-area', { amounts: OFFICE, overrides: { heatingDays: 0 } }).value,
    ).toBeNull();
  });

  it('splits working time from the rest by the calendar', () => {
    // 1 kWh in every hour: 10 of 24 hours on 5 of 7 days are working time.
    const outcome = compute('off-hours-share', { amounts: OFFICE, hours: hourly(() => 1) });
    expect(outcome.value).toBeCloseTo((1 - 50 / 168) * 100, 9);
  });

  it('takes the median of the least night hours as the flow that never stops', () => {
    const outcome = compute('minimum-night-flow', {
      amounts: OFFICE,
      hours: hourly((hour) => (hour === 3 ? 0.4 : hour < 6 ? 0.6 : 2)),
    });
    expect(outcome.value).toBeCloseTo(0.4, 9);
    const gaps = hourly((hour) => (hour < 6 ? null : 2));
    expect(compute('minimum-night-flow', { amounts: OFFICE, hours: gaps }).value).toBeNull();
  });

  it('counts hours without a row as not measured', () => {
    for (const id of ['off-hours-share', 'minimum-night-flow']) {
      const facts = { amounts: OFFICE, hours: hourly(() => 1) };
      expect(compute(id, { ...facts, overrides: { elapsedHours: 14 * 24 } })).toMatchObject({
        value: null,
        completeness: 0.5,
      });
    }
  });

  it('balances a main against its sub-meters', () => {
    const meter = (id: string, parent?: string) =>
      ({ id, name: { zh: id, en: id }, ...(parent ? { parent } : {}) }) as Meter as CountingMeter;
    const amount = (value: number, known: number) => ({
      value,
      coverage: known,
      manual: 0,
      estimated: 0,
      known,
    });
    const rows = (known: number) => [
      { meter: meter('main'), amount: amount(100, 1) },
      { meter: meter('canteen', 'main'), amount: amount(60, known) },
      { meter: meter('garden', 'main'), amount: amount(25, 1) },
    ];
    expect(
      compute('water-balance', { amounts: OFFICE, overrides: { meterAmounts: () => rows(1) } })
        .value,
    ).toBeCloseTo(15, 9);
    expect(
      compute('water-balance', { amounts: OFFICE, overrides: { meterAmounts: () => rows(0.5) } })
        .value,
    ).toBeNull();
  });
});
