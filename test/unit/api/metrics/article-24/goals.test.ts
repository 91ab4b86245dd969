/** A24-07: the way from the base year to the target, and the straight path along it. */
import { describe, expect, it } from 'vitest';
import { targetCompletion } from '../../../../../api/metrics/article-24/target-completion.ts';
import type { MetricInput } from '../../../../../api/metrics/input.ts';
import type { Target } from '../../../../../registry/schema.ts';
import { type AnyEntry, entry, recordsFrom } from '../../../../support/ledger-entries.ts';
import { metricInput } from '../../../../support/metric-input.ts';

const TARGET: Target = {
  id: 't',
  metric: 'statistical-water-per-person',
  baseYear: 2025,
  targetYear: 2030,
  change: -0.1,
  source: 'test',
  verified: true,
};
const YEAR = { fromMs: Date.parse('2024-12-31T16:00Z'), toMs: Date.parse('2025-12-31T16:00Z') };

/** 100 people used so many m³. */
function water(m3: number, overrides: Partial<MetricInput> = {}) {
  const yearly: Partial<MetricInput> = {
    periodKind: 'year',
    fromDate: '2027-01-01',
    target: (id) => (id === TARGET.metric ? TARGET : undefined),
  };
  return metricInput({ amounts: { '02000': m3 }, overrides: { ...yearly, ...overrides } });
}

const base: AnyEntry = entry('annual-plan', YEAR, {
  agency: 'a',
  year: 2025,
  metric: TARGET.metric,
  kind: 'base',
  value: 20,
  unit: 'm³/人',
});

describe('targets', () => {
  it('are done as far as the figure has come, and the path is straight', () => {
    // 20 → 18 m³ a head in five years. 19.5 is a quarter of the way; after two years the path is at
    // 20·(1 − 0.1·2/5) = 19.2, so 19.5 is 0.3 behind.
    const before = water(2000);
    const outcome = targetCompletion.compute(
      water(1950, { earlier: (years) => (years === 2 ? before : undefined) }),
    );
    expect(outcome.value).toBeCloseTo(25, 9);
    expect(outcome.parts?.[1]?.value).toBeCloseTo(0.3, 9);
    expect(outcome.grade?.id).toBe('behind');
  });

  it('may be passed, and what went up is below zero', () => {
    const earlier = () => water(2000);
    const ahead = targetCompletion.compute(water(1750, { earlier }));
    expect(ahead.value).toBeCloseTo(125, 9);
    expect(ahead.grade?.id).toBe('on-path');
    expect(targetCompletion.compute(water(2100, { earlier })).value).toBeCloseTo(-50, 9);
  });

  it('take the base of the ledger where no meter was, for whole years only', () => {
    const history = recordsFrom([base]);
    const outcome = targetCompletion.compute(water(1900, { history }));
    expect(outcome.value).toBeCloseTo(50, 9);
    expect(outcome.terms.map(({ source }) => source)).toContain(
      'ledger annual-plan：annual-plan-1',
    );
    expect(targetCompletion.compute(water(1900, { history, ended: false })).value).toBeNull();
  });

  it('of the ledger hold for their year', () => {
    // 20 the year before, 19 wanted, 19.5 reached: half way.
    const wanted = (value: number) =>
      entry('annual-plan', YEAR, { ...base.body, kind: 'target', value } as never);
    // The first was set anew within the year.
    const records = recordsFrom([wanted(18), wanted(19)]);
    const earlier = (years: number) => (years === 1 ? water(2000) : undefined);
    const own = { target: () => undefined, records, earlier };
    expect(targetCompletion.compute(water(1950, own)).value).toBeCloseTo(50, 9);
    expect(targetCompletion.compute(water(1950, { ...own, ended: false })).value).toBeNull();
  });

  it('in another unit than the figure are none', () => {
    const inLitres = entry('annual-plan', YEAR, {
      ...base.body,
      ...{ kind: 'target', value: 19_000, unit: 'L/人' },
    } as never);
    const earlier = (years: number) => (years === 1 ? water(2000) : undefined);
    const own = { target: () => undefined, records: recordsFrom([inLitres]), earlier };
    const outcome = targetCompletion.compute(water(1950, own));
    expect(outcome.value).toBeNull();
    expect(outcome.reasons[0]?.zh).toContain('没有目标');
  });

  it('have no value without a base, a figure, or a way to go', () => {
    for (const input of [
      water(1950),
      metricInput(),
      water(1950, { earlier: () => water(2000), target: () => ({ ...TARGET, change: 0.1 }) }),
      water(1950, { earlier: () => water(0) }),
    ]) {
      const outcome = targetCompletion.compute(input);
      expect(outcome.value).toBeNull();
      expect(outcome.reasons.length).toBeGreaterThan(0);
    }
  });
});
