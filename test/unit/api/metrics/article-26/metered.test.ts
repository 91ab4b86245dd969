/** Water metrics that rest on meters: per person, quota, metering rates, leaks and their work orders. */
import { describe, expect, it } from 'vitest';
import type { BodyOf } from '../../../../../api/ledger/ledger.ts';
import { leakClosedLoop } from '../../../../../api/metrics/article-26/leak-closed-loop.ts';
import { leakSuspicion } from '../../../../../api/metrics/article-26/leak-suspicion.ts';
import { unconventionalShare } from '../../../../../api/metrics/article-26/unconventional-water-share.ts';
import { waterMeteringRate } from '../../../../../api/metrics/article-26/water-metering-rate.ts';
import { waterPerPerson } from '../../../../../api/metrics/article-26/water-per-person.ts';
import { waterQuotaGrade } from '../../../../../api/metrics/article-26/water-quota-grade.ts';
import type { MetricInput } from '../../../../../api/metrics/input.ts';
import type { Leak } from '../../../../../api/water/nearest.ts';
import { DAY_MS, HOUR_MS } from '../../../../../domain/period.ts';
import { createRegistry } from '../../../../../registry/registry.ts';
import type { Meter } from '../../../../../registry/schema.ts';
import { entry, recordsFrom } from '../../../../support/ledger-entries.ts';
import { type AccountFacts, metricInput } from '../../../../support/metric-input.ts';
import { demoRegistry } from '../../../../support/registry.ts';

const demo = await demoRegistry();
const WEEK = metricInput().elapsed;
const AMOUNT = { coverage: 1, manual: 0, estimated: 0, known: 1 };

const template = demo.meter('cangsong-service-w');

interface Given {
  readonly id: string;
  readonly m3: number;
  readonly known?: number;
  readonly meter?: Partial<Meter>;
}

/** An agency `a` with part of one building, and these water meters in it. */
function house(given: readonly Given[], facts: AccountFacts = {}, share = 1): MetricInput {
  const building = {
    ...demo.building('cangsong-service'),
    id: 'hall',
    occupancy: [{ from: '2020-01-01', basis: 'area' as const, shares: { a: share, b: 1 - share } }],
  };
  const base = metricInput(facts);
  const meters = given.map(({ id, meter }) => {
    const { parent: _parent, agency: _agency, ...plain } = template;
    return { ...plain, carrier: 'water' as const, id, building: 'hall', ...meter };
  });
  const registry = createRegistry(
    {
      region: base.registry.region,
      agencies: [base.agency, { ...base.agency, id: 'b' }],
      buildings: [building],
      meters,
    },
    demo.profiles,
  );
  return {
    ...base,
    registry,
    buildings: [building],
    meterAmounts: () =>
      given.map(({ m3, known = 1 }, index) => ({
        meter: { ...template, ...meters[index], carrier: 'water' },
        amount: { ...AMOUNT, known, value: m3 },
      })),
    ...facts.overrides,
  };
}

describe('water per person', () => {
  const amounts = { '02000': 300 };

  it('takes the head count of the water standards, and names the one that stands in', () => {
    const persons = (definition?: string) => (definition === 'water-saving' ? 150 : 100);
    const own = waterPerPerson.compute(metricInput({ amounts, overrides: { persons } }));
    expect(own).toMatchObject({ value: 2, reasons: [] });
    const other = (definition?: string) => (definition === 'statistics' ? 100 : undefined);
    const fallback = waterPerPerson.compute(
      metricInput({ amounts, overrides: { persons: other } }),
    );
    expect(fallback.value).toBe(3);
    expect(fallback.reasons[0]?.en).toContain('no head count by the water-saving definition');
    const nobody = { amounts, overrides: { persons: () => undefined } };
    expect(waterPerPerson.compute(metricInput(nobody)).value).toBeNull();
  });

  it('is told by the working day too', () => {
    // The week has five working days: 300 m³ / 100 / 5 = 600 L.
    const outcome = waterPerPerson.compute(metricInput({ amounts }));
    expect(outcome.parts?.[0]).toMatchObject({ value: 600, unit: 'L/(人·工作日)' });
    // Control: with Saturday and Sunday it would be 300 000 / 100 / 7.
    const isWorkday = () => true;
    const all = waterPerPerson.compute(metricInput({ amounts, overrides: { isWorkday } }));
    expect(all.parts?.[0]?.value).toBeCloseTo(3000 / 7, 9);
  });

  it('leaves out rain and reclaimed water that a meter counts into the account', () => {
    const given = [
      { id: 'main', m3: 240 },
      { id: 'rain', m3: 60, meter: { waterUse: 'rain' as const } },
    ];
    expect(waterPerPerson.compute(house(given, { amounts })).value).toBeCloseTo(2.4, 12);
    // Half of the building is half of its rain water.
    expect(waterPerPerson.compute(house(given, { amounts }, 0.5)).value).toBeCloseTo(2.7, 12);
    expect(unconventionalShare.compute(house(given, { amounts })).value).toBeCloseTo(20, 12);
    const unknown = [{ id: 'rain', m3: 60, known: 0.5, meter: { waterUse: 'rain' as const } }];
    expect(waterPerPerson.compute(house(unknown, { amounts })).value).toBeNull();
  });
});

describe('the water quota', () => {
  const quota = () => ({
    ...{ id: 'q', metric: 'water-per-person', tier: 'unit' as const, unit: 'm³/(人·a)' },
    ...{ constraint: 25, guide: 10, region: 'x', source: 'standard', verified: false },
  });
  const year = (m3: number, overrides: Partial<MetricInput> = {}) =>
    metricInput({
      amounts: { '02000': m3 },
      overrides: { quota, periodKind: 'year', ended: true, ...overrides },
    });

  it('grades whole years as advanced, compliant or over', () => {
    // 100 people.
    expect(waterQuotaGrade.compute(year(1000))).toMatchObject({
      value: 40,
      grade: { id: 'advanced' },
    });
    expect(waterQuotaGrade.compute(year(2500)).grade?.id).toBe('compliant');
    expect(waterQuotaGrade.compute(year(2501)).grade?.id).toBe('over');
    const terms = waterQuotaGrade.compute(year(1000)).terms;
    expect(terms.filter(({ verified }) => verified === false)).toHaveLength(2);
  });

  it('does not grade a running year, a month, or anything without a quota', () => {
    expect(waterQuotaGrade.compute(year(1000, { ended: false })).value).toBeNull();
    expect(waterQuotaGrade.compute(year(1000, { periodKind: 'month' })).value).toBeNull();
    expect(waterQuotaGrade.compute(year(1000, { quota: () => undefined })).value).toBeNull();
  });
});

describe('metering rates', () => {
  const amounts = { '02000': 100 };
  const main = { id: 'main', m3: 100 };
  const sub = (id: string, m3: number, parent = 'main') => ({ id, m3, meter: { parent } });

  it('count the first meters below the main once', () => {
    const given = [main, sub('floors', 70), sub('canteen', 26), sub('kitchen', 20, 'canteen')];
    const outcome = waterMeteringRate.compute(house(given, { amounts }));
    expect(outcome.value).toBeCloseTo(96, 12);
    expect(outcome.parts?.map(({ value }) => value)).toEqual([100, expect.closeTo(96, 12)]);
    expect(outcome.grade?.id).toBe('met');
    const less = waterMeteringRate.compute(house([main, sub('floors', 94)], { amounts }));
    expect(less.grade?.id).toBe('missed');
    expect(waterMeteringRate.compute(house([main], { amounts })).value).toBe(0);
  });

  it('need bills where a building has no main', () => {
    const bare = house([], { amounts });
    expect(waterMeteringRate.compute(bare).value).toBeNull();
    const bill = (quantity: number) =>
      entry('bill', WEEK, {
        ...{ agency: 'a', carrier: 'water', firstDay: '2026-10-12', lastDay: '2026-10-18' },
        ...{ quantity, unit: 'm³', costYuan: 1 },
      });
    const billed = { ...bare, records: recordsFrom([bill(125)]) };
    expect(waterMeteringRate.compute(billed).parts?.[0]?.value).toBeCloseTo(80, 12);
  });
});

describe('suspected leaks', () => {
  const leak = (id: string, more: Partial<Leak> = {}): Leak => ({
    ...{ id: `${id}/2026-10-13`, meterId: id },
    fromMs: WEEK.fromMs + DAY_MS,
    detectedMs: WEEK.fromMs + 3 * DAY_MS,
    toMs: WEEK.toMs,
    ...{ open: true, judgedNights: 6, nights: 6, nightFlowM3PerHour: 0.6, usualM3PerHour: 0.1 },
    ...{ flowM3PerHour: 0.5, lostM3: 72, nightToMean: 0.6, neverStops: true, step: null },
    ...{ floorM3PerHour: 0.001, behindNoSubMeterM3PerHour: null },
    ...more,
  });
  const price = () => ({ value: 5, source: 'p', ids: [] });
  const main = [{ id: 'main', m3: 100 }];

  it('run away by the day in water and money, of a shared building by the share', () => {
    const overrides = { leaks: [leak('main')], price };
    const outcome = leakSuspicion.compute(house(main, { overrides }));
    expect(outcome.value).toBeCloseTo(12, 12);
    expect(outcome.parts?.map(({ value }) => value)).toEqual([
      1,
      expect.closeTo(72, 9),
      expect.closeTo(60, 9),
    ]);
    expect(outcome.reasons[0]?.zh).toContain(
      '自 2026-10-13 起约 0.500 m³/h，累计 72.0 m³、约 360 元',
    );
    expect(leakSuspicion.compute(house(main, { overrides }, 0.25)).value).toBeCloseTo(3, 12);
  });

  it('are none where none runs, and not known where the water is not', () => {
    expect(leakSuspicion.compute(house(main))).toMatchObject({ value: 0, reasons: [] });
    const over = { overrides: { leaks: [leak('main', { open: false })] } };
    expect(leakSuspicion.compute(house(main, over)).value).toBe(0);
    const unknown = [{ id: 'main', m3: 100, known: 0.8 }];
    expect(leakSuspicion.compute(house(unknown)).value).toBeNull();
  });

  it('are answered by an order that names them, or their meter or building while they run', () => {
    const order = (body: Partial<BodyOf<'work-order'>>) =>
      entry('work-order', WEEK, {
        ...{ kind: 'leak', description: 'x' },
        openedAt: new Date(WEEK.fromMs + 4 * DAY_MS + HOUR_MS).toISOString(),
        ...body,
      });
    const answered = (body: Partial<BodyOf<'work-order'>>, more: Partial<Leak> = {}) =>
      leakClosedLoop.compute(
        house(main, {
          overrides: { leaks: [leak('main', more)], records: recordsFrom([order(body)]) },
        }),
      );
    expect(answered({ alert: 'main/2026-10-13' }).value).toBe(100);
    expect(answered({ meter: 'main' }).value).toBe(100);
    expect(answered({ building: 'hall' }).value).toBe(100);
    expect(answered({ meter: 'other' })).toMatchObject({ value: 0, parts: [{ value: 0 }] });
    const early = new Date(WEEK.fromMs).toISOString();
    expect(answered({ meter: 'main', openedAt: early }).value).toBe(0);
    // Once it is over, what ran away is what is saved: 0.5 m³/h for 24 hours.
    expect(answered({ meter: 'main' }, { open: false }).parts?.[0]?.value).toBeCloseTo(12, 12);
    expect(leakClosedLoop.compute(metricInput()).value).toBeNull();
  });
});
