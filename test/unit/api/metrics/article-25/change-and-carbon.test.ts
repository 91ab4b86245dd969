/** Article 25: change against last year, electrification, carbon by scope. */
import { describe, expect, it } from 'vitest';
import { carbonByScope } from '../../../../../api/metrics/article-25/carbon-by-scope.ts';
import { electrification } from '../../../../../api/metrics/article-25/electrification.ts';
import { energyChange } from '../../../../../api/metrics/article-25/energy-change.ts';
import type { DegreeDays, MetricInput } from '../../../../../api/metrics/input.ts';
import { entry, recordsFrom } from '../../../../support/ledger-entries.ts';
import { metricInput } from '../../../../support/metric-input.ts';
import { factor, partOf, words } from '../factors.ts';

const WEEK = metricInput().elapsed;
const DAYS = { agency: 'a', firstDay: '2026-10-12', lastDay: '2026-10-18' };
const DIESEL = entry('vehicle-fuel', WEEK, { ...DAYS, fuel: 'diesel', litres: 100 });
const CHARGED = entry('vehicle-fuel', WEEK, { ...DAYS, fuel: 'nev', energyKwh: 200 });

function account(amounts: Record<string, number | null>, overrides: Partial<MetricInput> = {}) {
  return metricInput({ amounts, overrides: { factor, ...overrides } });
}

function weather(hdd18: number, coverage = 1): DegreeDays {
  return { hdd18, cdd26: 0, coverage, normal: undefined };
}

describe('change of energy', () => {
  const before = account({ '01000': 1000, '04000': 100 }, { weather: weather(3000) });

  it('is raw, and with heat under the same degree days', () => {
    const now = account(
      { '01000': 900, '04000': 100 },
      { weather: weather(2500), earlier: () => before },
    );
    const outcome = energyChange.compute(now);
    // kgce: before 122.9 + 3412, now 110.61 + 3412; as cold as before, heat × 3000/2500.
    expect(outcome.value).toBeCloseTo((-12.29 / 3534.9) * 100, 9);
    expect(partOf(outcome, '气候修正（热力按 HDD18）')).toBeCloseTo(
      ((110.61 + 3412 * 1.2 - 3534.9) / 3534.9) * 100,
      9,
    );
    expect(partOf(outcome, '电')).toBeCloseTo(-10, 9);
  });

  it('has no figure under equal weather when a tenth of the temperatures lacks in either year', () => {
    const now = account(
      { '01000': 900, '04000': 100 },
      { weather: weather(2500, 0.89), earlier: () => before },
    );
    const outcome = energyChange.compute(now);
    expect(outcome.value).not.toBeNull();
    expect(partOf(outcome, '气候修正（热力按 HDD18）')).toBeNull();
  });

  it('compares what both years have, and names the rest', () => {
    const now = account({ '01000': 900, '04000': 100, '03000': 50 }, { earlier: () => before });
    const outcome = energyChange.compute(now);
    expect(outcome.value).toBeCloseTo((-12.29 / 3534.9) * 100, 9);
    expect(words(outcome)).toContain('燃气只有一年有数据，未参与比较');
  });

  it('has no figure without last year, with gaps in it, or when it was zero', () => {
    const amounts = { '01000': 900, '04000': 100 };
    expect(energyChange.compute(account(amounts)).value).toBeNull();
    for (const past of [
      { '01000': null, '04000': 1 },
      { '01000': 0, '04000': 0 },
    ]) {
      const now = account(amounts, { earlier: () => account(past) });
      expect(energyChange.compute(now).value).toBeNull();
      expect(words(energyChange.compute(now))).toContain('上年同期');
    }
  });
});

describe('electrification', () => {
  it('counts what vehicles charged elsewhere as electricity', () => {
    const records = recordsFrom([DIESEL, CHARGED]);
    const outcome = electrification.compute(account({ '01000': 1000, '04000': 1 }, { records }));
    // kgce: electricity 1200 × 0.1229 = 147.48; heat 34.12; diesel 100 × 0.85 × 1.4571 = 123.8535.
    expect(outcome.value).toBeCloseTo((147.48 / (147.48 + 34.12 + 123.8535)) * 100, 6);
  });

  it('gives nothing in the season without any heat on file; outside it does not ask', () => {
    const bare = account({ '01000': 1000 });
    expect(words(electrification.compute(bare))).toContain('占比会偏高');
    expect(electrification.compute({ ...bare, heatingDays: 0 }).value).toBeCloseTo(100, 9);
  });
});

describe('carbon by scope', () => {
  it('is the sum of fuel, electricity and heat; own generation emits nothing', () => {
    const input = account(
      { '01000': 1000, '13000': 500, '03000': 100, '04000': 10 },
      { records: recordsFrom([DIESEL, CHARGED]) },
    );
    const outcome = carbonByScope.compute(input);
    // Gas 216.2 and diesel 85 kg × 3.096 = 263.16; (1000 + 200) × 0.6479; 10 × 110.
    expect(partOf(outcome, '范围一：燃料')).toBeCloseTo(479.36, 6);
    expect(partOf(outcome, '范围二：外购电力')).toBeCloseTo(777.48, 6);
    expect(partOf(outcome, '范围二：外购热力')).toBeCloseTo(1100, 6);
    expect(outcome.value).toBeCloseTo(479.36 + 777.48 + 1100, 6);
    expect(outcome.terms.map(({ source }) => source).join()).toContain('co2-grid-nm-2023');
  });

  it('has no sum with a gap in one scope, and names heat that has no meter', () => {
    expect(carbonByScope.compute(account({ '01000': 1000, '04000': null })).value).toBeNull();
    const outcome = carbonByScope.compute(account({ '01000': 1000 }));
    expect(outcome.value).toBeCloseTo(647.9, 9);
    expect(words(outcome)).toContain('热力无计量，未计入');
    expect(words(outcome)).toContain('未计公务用车燃油');
  });
});
