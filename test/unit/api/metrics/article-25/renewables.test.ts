/** Article 25: renewable energy of every kind in all energy used, and what chargers took. */
import { describe, expect, it } from 'vitest';
import { newEnergyVehicles } from '../../../../../api/metrics/article-25/new-energy-vehicles.ts';
import { renewableEnergyShare } from '../../../../../api/metrics/article-25/renewable-energy-share.ts';
import type { MetricInput } from '../../../../../api/metrics/input.ts';
import type { CountingMeter } from '../../../../../registry/registry.ts';
import { entry, recordsFrom } from '../../../../support/ledger-entries.ts';
import { metricInput } from '../../../../support/metric-input.ts';
import { factor } from '../factors.ts';

const WEEK = metricInput().elapsed;
const DAYS = { firstDay: '2026-10-12', lastDay: '2026-10-18' };

type Source = 'green-power' | 'solar-thermal' | 'heat-pump';
const renewable = (source: Source, energyKwh: number) =>
  entry('renewable-energy', WEEK, { agency: 'a', ...DAYS, source, energyKwh });

describe('renewable energy', () => {
  const amounts = { '01000': 10_000, '13000': 3000, export: 1000, '04000': 50 };
  const input = (entries: Parameters<typeof recordsFrom>[0], of: object = amounts) =>
    metricInput({
      amounts: of as Record<string, number>,
      overrides: { factor, records: recordsFrom(entries) },
    });

  it('is own generation, green power and heat of the sun, in standard coal', () => {
    // Energy: (10 000 + 3000 − 1000) · 0.1229 + 50 · 34.12 = 1474.8 + 1706 = 3180.8 kgce.
    // Own 2000 kWh 245.8, green 4000 kWh 491.6, sun 1000 kWh · 0.0036 · 34.12 = 122.832 kgce.
    const outcome = renewableEnergyShare.compute(
      input([renewable('green-power', 4000), renewable('solar-thermal', 1000)]),
    );
    expect(outcome.value).toBeCloseTo(((245.8 + 491.6 + 122.832) / (3180.8 + 122.832)) * 100, 9);
    const parts = outcome.parts ?? [];
    expect(parts.reduce((sum, { value }) => sum + (value ?? 0), 0)).toBeCloseTo(
      outcome.value ?? Number.NaN,
      9,
    );
  });

  it('is not zero where nothing says so', () => {
    const bought = { '01000': 10_000, '04000': 50 };
    expect(renewableEnergyShare.compute(input([], bought)).value).toBeNull();
    // Control: none, entered as none.
    const none = renewableEnergyShare.compute(input([renewable('heat-pump', 0)], bought));
    expect(none.value).toBe(0);
    const { '04000': _heat, ...unknown } = { ...amounts, '13000': null };
    expect(renewableEnergyShare.compute(input([], unknown)).value).toBeNull();
  });
});

describe('chargers', () => {
  const charger = (id: string) =>
    ({ id, name: { zh: id, en: id }, carrier: 'electricity', building: 'b' }) as CountingMeter;
  const metered = (...known: readonly number[]): MetricInput['meterAmounts'] => {
    const amount = (value: number) => ({ value, coverage: 1, manual: 0, estimated: 0, known: 1 });
    return () =>
      known.map((value, i) => ({ meter: charger(`charger-${i + 1}`), amount: amount(value) }));
  };
  const counted = entry('vehicles', WEEK, {
    ...{ agency: 'a', date: '2026-10-12', total: 8, nev: 2, chargers: 4 },
    chargerMeters: ['charger-1', 'charger-2'],
  });
  const partOf = (meterAmounts: MetricInput['meterAmounts']) => {
    const overrides = { latest: recordsFrom([counted]), meterAmounts };
    const outcome = newEnergyVehicles.compute(metricInput({ overrides }));
    expect(outcome.value).toBe(25);
    return outcome.parts?.find(({ unit }) => unit === 'kWh')?.value;
  };

  it('count what was charged at the meters the count names, or nothing when one is silent', () => {
    expect(partOf(metered(120, 80))).toBe(200);
    expect(partOf(metered(120))).toBeNull();
  });
});
