/** Entries of some units are not those of all: what a parent's figure must not take them for. */
import { describe, expect, it } from 'vitest';
import { renewableEnergyShare } from '../../../../../api/metrics/article-25/renewable-energy-share.ts';
import { heatingMakeUp } from '../../../../../api/metrics/article-26/heating-make-up.ts';
import { unconventionalShare } from '../../../../../api/metrics/article-26/unconventional-water-share.ts';
import { energyKgce } from '../../../../../api/metrics/parts/energy.ts';
import { type AnyEntry, entry, recordsFrom } from '../../../../support/ledger-entries.ts';
import { metricInput } from '../../../../support/metric-input.ts';
import { treeInput } from '../../../../support/metric-tree.ts';
import { factor, words } from '../factors.ts';

const WEEK = metricInput().elapsed;
const DAYS = { firstDay: '2026-10-12', lastDay: '2026-10-18' };
const AMOUNTS = { '01000': 1000, '02000': 100, '04000': 10 };
const UNITS = ['b', 'c'].map((id) => ({ id, amounts: AMOUNTS, floorM2: 1000, persons: 10 }));
const WHOLE = metricInput({ amounts: { '01000': 2000, '02000': 200, '04000': 20 } });

const parent = (...entries: readonly AnyEntry[]) =>
  treeInput(UNITS, { total: WHOLE.total, factor, records: recordsFrom(entries) });

describe('of an agency with two units', () => {
  it('heating make-up of one is not that of the heated area of both', () => {
    const log = (agency: string, heatingMakeUpM3: number) =>
      entry('water-plant', WEEK, { agency, ...DAYS, heatingMakeUpM3 });
    // 30 m³ on 1500 m² are 0.02 m³/m².
    const both = heatingMakeUp.compute(parent(log('b', 20), log('c', 10)));
    expect(both.value).toBeCloseTo(0.02, 12);
    const one = heatingMakeUp.compute(parent(log('b', 20)));
    expect(one.value).toBeNull();
    expect(words(one)).toContain('单位c');
  });

  it('rain water of one leaves the other unknown, not dry', () => {
    const rain = (agency: string, quantityM3: number) =>
      entry('unconventional-water', WEEK, { agency, ...DAYS, source: 'rain', quantityM3 });
    // 50 of 200 + 50 m³; none is entered as 0.
    expect(unconventionalShare.compute(parent(rain('b', 50), rain('c', 0))).value).toBeCloseTo(
      20,
      12,
    );
    const one = unconventionalShare.compute(parent(rain('b', 50)));
    expect(one.value).toBeNull();
    expect(words(one)).toContain('单位c');
  });

  it('green power of one leaves the other unknown', () => {
    const green = (agency: string, energyKwh: number) =>
      entry('renewable-energy', WEEK, { agency, ...DAYS, source: 'green-power', energyKwh });
    // 500 kWh · 0.1229 of 2000 · 0.1229 + 20 · 34.12 = 928.2 kgce.
    const both = renewableEnergyShare.compute(parent(green('b', 500), green('c', 0)));
    expect(both.value).toBeCloseTo((61.45 / 928.2) * 100, 9);
    expect(renewableEnergyShare.compute(parent(green('b', 500))).value).toBeNull();
  });

  it('vehicle fuel of one is counted, and the other named', () => {
    const fuel = (agency: string) =>
      entry('vehicle-fuel', WEEK, { agency, ...DAYS, fuel: 'gasoline', litres: 100 });
    const of = (...entries: readonly AnyEntry[]) =>
      words(energyKgce(parent(...entries), { vehicles: 'in' }));
    expect(of(fuel('b'))).toContain('没有公务用车能耗台账，未计入：单位c');
    expect(of(fuel('b'), fuel('c'))).not.toContain('未计入');
    // An entry of the parent itself speaks for all below.
    expect(of(fuel('a'))).not.toContain('未计入');
  });
});
