/** Fourteen ways to get an official figure wrong, each with what the mistake would have given. */
import { beforeAll, describe, expect, it } from 'vitest';
import { factsAt } from '../../../../api/assessment/facts.ts';
import { addRows } from '../../../../api/assessment/rows.ts';
import { accountsOn } from '../../../../api/consumption/allocation.ts';
import type { CurveRules } from '../../../../api/consumption/rules.ts';
import { co2PerArea } from '../../../../api/metrics/article-24/co2-per-area.ts';
import { comprehensiveEnergy } from '../../../../api/metrics/article-24/comprehensive-energy.ts';
import { energyPerArea } from '../../../../api/metrics/article-24/energy-per-area.ts';
import { energyPerPerson } from '../../../../api/metrics/article-24/energy-per-person.ts';
import { rolledUpEnergy } from '../../../../api/metrics/article-24/rolled-up-energy.ts';
import { statisticalWaterPerPerson } from '../../../../api/metrics/article-24/statistical-water-per-person.ts';
import { fixtureLeakRate } from '../../../../api/metrics/article-26/fixture-leak-rate.ts';
import { waterBalance } from '../../../../api/metrics/article-26/water-balance.ts';
import type { MetricInput } from '../../../../api/metrics/input.ts';
import { energyKgce } from '../../../../api/metrics/parts/energy.ts';
import { personsOn } from '../../../../api/sizes.ts';
import { DAY_MS, localDate, parsePeriod } from '../../../../domain/period.ts';
import type { CountingMeter, Registry } from '../../../../registry/registry.ts';
import type { Agency, Meter } from '../../../../registry/schema.ts';
import { type AnyEntry, entry, recordsFrom } from '../../../support/ledger-entries.ts';
import { metricInput } from '../../../support/metric-input.ts';
import { treeInput } from '../../../support/metric-tree.ts';
import { demoRegistry } from '../../../support/registry.ts';
import { MINUTE_MS, type Minutes, outcomeOf } from '../consumption/case.ts';

const WEEK = metricInput().elapsed;
const DAYS = { firstDay: '2026-10-12', lastDay: '2026-10-18' };
let demo: Registry;
let factor: MetricInput['factor'];

/** Facts of an account of a year. */
const factsOf = (year: number) =>
  factsAt(
    demo,
    { agency: demo.agency('baiyan-fy'), buildings: [] },
    Date.parse(`${year}-06-01T00:00Z`),
  );

beforeAll(async () => {
  demo = await demoRegistry();
  factor = factsOf(2026).factor;
});

/** 100 people on 2000 m². */
const account = (amounts: Readonly<Record<string, number>>, ...entries: readonly AnyEntry[]) =>
  metricInput({ amounts, overrides: { factor, records: recordsFrom(entries) } });

const petrol = (litres: number): AnyEntry =>
  entry('vehicle-fuel', WEEK, { agency: 'a', ...DAYS, fuel: 'gasoline', litres });

const known = (value: number) => ({ value, coverage: 1, manual: 0, estimated: 0, known: 1 });

/** The first hour of a register that turns over at 10 000. */
function firstHour(readings: Minutes, rules: Partial<CurveRules> = {}) {
  const one = { name: '', readings, rules: { modulus: 10_000, ...rules }, hours: [0], codes: [] };
  return outcomeOf(one).hours[0];
}

describe('traps', () => {
  it('1. a roll-up is the ratio of sums, not the mean of ratios', () => {
    const unit = (id: string, kwh: number, floorM2: number) => ({
      id,
      amounts: { '01000': kwh, '04000': 0 },
      floorM2,
    });
    const input = treeInput([unit('u1', 1000, 100), unit('u2', 1000, 900)], { factor });
    const { value } = rolledUpEnergy.compute(input);
    expect(value).toBeCloseTo((2000 * 0.1229) / 1000, 9);
    const meanOfRatios = ((1000 / 100 + 1000 / 900) / 2) * 0.1229;
    expect(Math.abs((value ?? 0) - meanOfRatios)).toBeGreaterThan(0.4);
  });

  it('2. electricity is 0.1229 by the statistics and 0.31 by DB37, never both in one figure', () => {
    const input = account({ '01000': 600, '13000': 400, export: 100 });
    expect(energyKgce(input, { vehicles: 'out' }).value).toBeCloseTo(900 * 0.1229, 9);
    const quota = energyKgce(input, { vehicles: 'out', profile: 'db37-quota' });
    expect(quota.value).toBeCloseTo(900 * 0.31, 9);
    const used = quota.terms.filter(({ unit }) => unit === 'kgce/kWh').map(({ value }) => value);
    expect(new Set(used)).toEqual(new Set([0.31]));
  });

  it('3. vehicle fuel is in the figure per person and out of the one per area', () => {
    const [without, with_] = [account({ '01000': 1000 }), account({ '01000': 1000 }, petrol(100))];
    const perArea = (input: MetricInput) => energyPerArea.compute(input).value ?? 0;
    const perPerson = (input: MetricInput) => energyPerPerson.compute(input).value ?? 0;
    expect(perArea(with_)).toBe(perArea(without));
    expect(perPerson(with_) - perPerson(without)).toBeCloseTo((100 * 0.73 * 1.4714) / 100, 9);
    const named = energyPerPerson.compute(without).reasons.map(({ zh }) => zh);
    expect(named).toContain('未计公务用车燃油（无台账）');
  });

  it('4. people of one definition do not stand in for those of another', () => {
    const heads: Agency['heads'] = [
      { from: '2026-01-01', persons: 80, definition: 'statistics' },
      { from: '2026-01-01', persons: 120, definition: 'water-saving' },
    ];
    const agency: Agency = { ...demo.agency('baiyan-fy'), heads };
    const persons: MetricInput['persons'] = (definition = 'statistics') =>
      personsOn(agency, '2026-10-12', { counts: [], definition });
    expect(persons()).toBe(80);
    expect(persons('water-saving')).toBe(120);
    expect(persons('quota')).toBeUndefined();
    const input = { ...account({ '02000': 240 }), persons };
    expect(statisticalWaterPerPerson.compute(input).value).toBe(3);
  });

  it('5. heat without a meter is left out and named; it is not zero', () => {
    const bare = comprehensiveEnergy.compute(account({ '01000': 1000 }, petrol(0)));
    expect(bare.reasons.map(({ zh }) => zh)).toContain('热力无计量，未计入');
    const zero = comprehensiveEnergy.compute(account({ '01000': 1000, '04000': 0 }, petrol(0)));
    expect(zero.reasons).toEqual([]);
    const silent = metricInput({
      amounts: { '01000': 1000, '04000': null },
      overrides: { factor },
    });
    expect(comprehensiveEnergy.compute(silent).value).toBeNull();
  });

  it('6. photovoltaics: use is import and self-use, CO₂ is of the import alone', () => {
    const input = account({ '01000': 1000, '13000': 500, '04000': 0, export: 200 });
    expect(energyKgce(input, { vehicles: 'out' }).value).toBeCloseTo(1300 * 0.1229, 9);
    expect(co2PerArea.compute(input).value).toBeCloseTo((1000 * 0.6479) / 2000, 9);
  });

  it('7. gas is 1.33 by the statistics and 1.2143 by DB37', () => {
    const input = account({ '03000': 1000 });
    expect(energyKgce(input, { vehicles: 'out' }).value).toBeCloseTo(1330, 9);
    const quota = energyKgce(input, { vehicles: 'out', profile: 'db37-quota' });
    expect(quota.value).toBeCloseTo(1214.3, 9);
  });

  it('8. litres become kilograms before they become coal', () => {
    const of = (input: MetricInput) => energyKgce(input, { vehicles: 'in' }).value ?? 0;
    const kgce = of(account({ '01000': 0 }, petrol(1000)));
    expect(kgce).toBeCloseTo(1000 * 0.73 * 1.4714, 9);
    expect(Math.abs(kgce - 1000 * 1.4714)).toBeGreaterThan(390);
    const noDensity: MetricInput['factor'] = (kind, carrier, profile) =>
      kind === 'density' ? undefined : factor(kind, carrier, profile);
    const blind = { ...account({ '01000': 0 }, petrol(1000)), factor: noDensity };
    expect(energyKgce(blind, { vehicles: 'in' }).value).toBeNull();
  });

  it('9. a reset, a rollover and a swap are told apart; last minus first would be wrong for all', () => {
    const reset: Minutes = [
      [0, 500],
      [15, 501],
      [30, 0.5],
      [45, 1.5],
      [60, 2.5],
    ];
    expect(firstHour(reset)).toBeCloseTo(3.5, 6);
    const rollover: Minutes = [
      [0, 9998],
      [15, 9999],
      [30, 0],
      [45, 1],
      [60, 2],
    ];
    expect(firstHour(rollover)).toBeCloseTo(4, 6);
    const swap = { atMs: 22 * MINUTE_MS, finalReading: 501.5, initialReading: 70 };
    const swapped: Minutes = [
      [0, 500],
      [15, 501],
      [30, 70.5],
      [45, 71.5],
      [60, 72.5],
    ];
    expect(firstHour(swapped, { replacements: [swap] })).toBeCloseTo(4, 6);
    for (const readings of [reset, rollover, swapped]) {
      expect((readings.at(-1)?.[1] ?? 0) - (readings[0]?.[1] ?? 0)).toBeLessThan(0);
    }
  });

  it('10. a leap year has 366 days, and part of a year is not scaled up to a whole one', () => {
    const days = (id: string) => {
      const year = parsePeriod(id, 'Asia/Shanghai');
      return year ? (year.toMs - year.fromMs) / DAY_MS : 0;
    };
    expect([days('2027'), days('2028')]).toEqual([365, 366]);
    const year = parsePeriod('2028', 'Asia/Shanghai') ?? WEEK;
    const row = (day: number) => ({ ...known(10), startMs: year.fromMs + day * DAY_MS });
    const first365 = Array.from({ length: 365 }, (_, day) => row(day));
    // One day is missing: the sum is of what there is, and says that it is not all.
    expect(addRows(first365, year)).toMatchObject({ value: 3650, known: 365 / 366 });
    const week = account({ '02000': 100 });
    expect(statisticalWaterPerPerson.compute(week).value).toBe(1);
  });

  it('11. a year keeps the factor that was in force, whatever is published later', () => {
    const grid = (year: number) => factsOf(year).factor('co2', 'electricity')?.id;
    expect([2023, 2024, 2025, 2026].map(grid)).toEqual([
      'co2-grid-nm-2021',
      'co2-grid-nm-2022',
      'co2-grid-nm-2023',
      'co2-grid-nm-2023',
    ]);
    const input = account({ '01000': 1000, '04000': 0 });
    const closed = { ...input, factor: factsOf(2023).factor };
    expect(co2PerArea.compute(closed).value).toBeCloseTo(702.5 / 2000, 9);
    const ids = co2PerArea.compute(closed).terms.map(({ source }) => source.split('：')[0]);
    expect(ids).toContain('co2-grid-nm-2021');
  });

  it('12. leaking fixtures are counted; leaking water is measured', () => {
    // Two of a hundred taps leak, and a third of the water never reaches a sub-meter.
    const inspected = entry('fixture-inspection', WEEK, {
      agency: 'a',
      date: '2026-10-12',
      inspected: 100,
      leaking: 2,
    });
    const meter = (id: string, parent?: string) =>
      ({ id, name: { zh: id, en: id }, ...(parent ? { parent } : {}) }) as Meter as CountingMeter;
    const input: MetricInput = {
      ...account({ '02000': 300 }, inspected),
      meterAmounts: () => [
        { meter: meter('main'), amount: known(300) },
        { meter: meter('sub', 'main'), amount: known(200) },
      ],
    };
    expect(fixtureLeakRate.compute(input).value).toBe(2);
    expect(waterBalance.compute(input).value).toBeCloseTo(100 / 3, 9);
  });

  it('13. a day begins at 00:00 of Beijing, all year round', () => {
    for (const [date, utc] of [
      ['2026-01-01', '2025-12-31T16:00:00Z'],
      ['2026-07-01', '2026-06-30T16:00:00Z'],
    ] as const) {
      expect(parsePeriod(date, 'Asia/Shanghai')?.fromMs).toBe(Date.parse(utc));
      expect(localDate(Date.parse(utc) - 1, 'Asia/Shanghai')).not.toBe(date);
    }
    const days = parsePeriod('2026', 'Asia/Shanghai');
    expect(days && (days.toMs - days.fromMs) % DAY_MS).toBe(0);
  });

  it('14. a shared building goes to meters first and by shares for the rest, and says so', () => {
    const totals = accountsOn(demo, '2026-10-12').filter(
      ({ agencyId, item }) => agencyId.startsWith('baiyan-') && item === '01000',
    );
    const basesOf = (id: string) =>
      totals.find(({ agencyId }) => agencyId === id)?.terms.map(({ basis }) => basis);
    expect(basesOf('baiyan-fy')).toEqual(['sole']);
    // The rest that is shared leaves out what the tenant's own meter counted.
    expect(basesOf('baiyan-tjj')?.toSorted()).toEqual(['area', 'own-meter']);
    expect(basesOf('baiyan-czj')).toEqual(['area']);
    const czj = totals.find(({ agencyId }) => agencyId === 'baiyan-czj')?.terms[0];
    expect(czj).toMatchObject({ factor: 0.4, minus: [expect.stringContaining('-dc')] });
  });
});
