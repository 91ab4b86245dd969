/** Standard coal and carbon against published totals; profiles, densities and ledger fuels. */
import { describe, expect, it } from 'vitest';
import { factsAt } from '../../../../../api/assessment/facts.ts';
import type { EntryOf, KindId } from '../../../../../api/ledger/ledger.ts';
import type { MetricInput } from '../../../../../api/metrics/input.ts';
import { carbonKg, energyKgce } from '../../../../../api/metrics/parts/energy.ts';
import { metricInput } from '../../../../support/metric-input.ts';
import { demoRegistry } from '../../../../support/registry.ts';

const registry = await demoRegistry();
const agency = registry.agency('baiyan-fy');
const { factor } = factsAt(registry, { agency, buildings: [] }, Date.parse('2025-12-31T16:00:00Z'));

interface Bought {
  readonly fuel: 'coal' | 'gasoline' | 'diesel';
  readonly quantity: number;
}

const UNIT = { coal: 't', gasoline: 'L', diesel: 'L' } as const;

/** Ledger entries inside the period. */
function records(
  other: readonly Bought[],
  vehicles: readonly Bought[],
  input: MetricInput,
): MetricInput['records'] {
  const base = { ...input.elapsed, revision: 1, voided: false, atMs: 0, who: 'test' };
  const day = { firstDay: '2026-10-12', lastDay: '2026-10-18' };
  const entries: EntryOf<KindId>[] = [
    ...other.map(({ fuel, quantity }, i) => ({
      ...base,
      id: `other-${i}`,
      kind: 'other-fuel' as const,
      body: { agency: 'a', ...day, fuel, use: 'heating' as const, quantity, unit: UNIT[fuel] },
    })),
    ...vehicles.map(({ fuel, quantity }, i) => ({
      ...base,
      id: `vehicle-${i}`,
      kind: 'vehicle-fuel' as const,
      body: { agency: 'a', ...day, fuel: fuel as 'gasoline' | 'diesel', litres: quantity },
    })),
  ];
  return ((kind: KindId) => entries.filter((entry) => entry.kind === kind)) as never;
}

/** Chongqing's public institutions in 2015, published by carrier; the parts sum to 110.75 万 tce. */
const CHONGQING = {
  amounts: { '01000': 63.81e8, '03000': 14_482.41e4 },
  vehicles: [
    { fuel: 'gasoline', quantity: 7_927.99e4 },
    { fuel: 'diesel', quantity: 506.81e4 },
  ] as const,
  coal: [{ fuel: 'coal', quantity: 5.47e4 }] as const,
};

function chongqing(): MetricInput {
  const input = metricInput({ amounts: CHONGQING.amounts, overrides: { factor } });
  return { ...input, records: records(CHONGQING.coal, CHONGQING.vehicles, input) };
}

describe('standard coal', () => {
  it('reproduces the published totals of Chongqing 2015, whole and by carrier', () => {
    const outcome = energyKgce(chongqing(), { vehicles: 'in' });
    const byName = new Map(outcome.parts?.map(({ name, value }) => [name.zh, (value ?? 0) / 1e7]));
    expect(byName.get('电')).toBeCloseTo(78.41, 1);
    expect(byName.get('燃气')).toBeCloseTo(19.26, 2);
    expect(byName.get('煤炭')).toBeCloseTo(3.91, 2);
    expect(byName.get('公务用车汽油')).toBeCloseTo(8.52, 1);
    expect(byName.get('公务用车柴油')).toBeCloseTo(0.63, 2);
    // The published parts are rounded and diesel's density is known to two digits.
    expect((outcome.value ?? 0) / 1e7).toBeCloseTo(110.75, 1);
    // 7 968.72 万 m² and 501.50 万 people.
    expect((outcome.value ?? 0) / 7_968.72e4).toBeCloseTo(13.9, 1);
    expect((outcome.value ?? 0) / 501.5e4).toBeCloseTo(220.8, 0);
  });

  it('leaves the vehicles out where an indicator says so', () => {
    const all = energyKgce(chongqing(), { vehicles: 'in' }).value ?? 0;
    const without = energyKgce(chongqing(), { vehicles: 'out' }).value ?? 0;
    expect((all - without) / 1e7).toBeCloseTo(8.52 + 0.63, 1);
  });

  it('names the vehicles when the ledger holds none, rather than counting them as zero', () => {
    const input = metricInput({ amounts: CHONGQING.amounts, overrides: { factor } });
    const reasons = energyKgce(input, { vehicles: 'in' }).reasons.map(({ zh }) => zh);
    expect(reasons).toContain('未计公务用车燃油（无台账）');
    expect(energyKgce(input, { vehicles: 'out' }).reasons.map(({ zh }) => zh)).not.toContain(
      '未计公务用车燃油（无台账）',
    );
  });

  it('keeps the two bases of electricity apart', () => {
    const input = metricInput({ amounts: { '01000': 1000, '03000': 100 }, overrides: { factor } });
    const national = energyKgce(input, { vehicles: 'out' });
    const quota = energyKgce(input, { vehicles: 'out', profile: 'db37-quota' });
    expect(national.value).toBeCloseTo(1000 * 0.1229 + 100 * 1.33, 6);
    expect(quota.value).toBeCloseTo(1000 * 0.31 + 100 * 1.2143, 6);
  });

  it('has no sum when one fuel has no factor', () => {
    const input = metricInput({ amounts: { '01000': 1000 }, overrides: { factor } });
    const none: MetricInput['factor'] = (kind, carrier, profile) =>
      carrier === 'coal' ? undefined : factor(kind, carrier, profile);
    const outcome = energyKgce(
      { ...input, factor: none, records: records([{ fuel: 'coal', quantity: 1 }], [], input) },
      { vehicles: 'out' },
    );
    expect(outcome.value).toBeNull();
    expect(outcome.reasons.map(({ zh }) => zh)).toContain('缺少煤炭的系数');
  });

  it('takes an entry that reaches beyond the period by its days inside', () => {
    const input = metricInput({ amounts: { '01000': 0 }, overrides: { factor } });
    const { fromMs, toMs } = input.elapsed;
    const whole = records([{ fuel: 'coal', quantity: 2 }], [], input);
    const long = ((kind: KindId) =>
      whole(kind).map((entry) => ({ ...entry, fromMs, toMs: 2 * toMs - fromMs }))) as never;
    const outcome = energyKgce({ ...input, records: long }, { vehicles: 'out' });
    expect(outcome.value).toBeCloseTo(714.3, 6);
    expect(outcome.reasons.map(({ zh }) => zh)).toContain('跨期的台账条目按天数分摊');
  });
});

describe('carbon', () => {
  it('counts purchased electricity only, and the fuels burnt on site', () => {
    const input = metricInput({
      amounts: { '01000': 1000, '13000': 500, export: 100 },
      overrides: { factor },
    });
    const outcome = carbonKg({
      ...input,
      records: records([{ fuel: 'diesel', quantity: 10 }], [], input),
    });
    // 2026: the factor of 2023; diesel 0.85 kg/L.
    expect(outcome.value).toBeCloseTo(1000 * 0.6479 + 10 * 0.85 * 3.096, 6);
  });
});
