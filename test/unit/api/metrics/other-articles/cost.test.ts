/** Article 22: cost from bills, estimates that say so, and the split of a change. */
import { describe, expect, it } from 'vitest';
import type { MetricInput } from '../../../../../api/metrics/input.ts';
import { costChange } from '../../../../../api/metrics/other-articles/cost-change.ts';
import { costPerArea } from '../../../../../api/metrics/other-articles/cost-per-area.ts';
import { operatingCostShare } from '../../../../../api/metrics/other-articles/operating-cost-share.ts';
import { resourceCost } from '../../../../../api/metrics/other-articles/resource-cost.ts';
import { unitPrice } from '../../../../../api/metrics/other-articles/unit-price.ts';
import { entry, recordsFrom } from '../../../../support/ledger-entries.ts';
import { metricInput } from '../../../../support/metric-input.ts';
import { treeInput } from '../../../../support/metric-tree.ts';

const WEEK = metricInput().elapsed;

function bill(carrier: 'electricity' | 'water', quantity: number, costYuan: number) {
  return entry('bill', WEEK, {
    agency: 'a',
    carrier,
    firstDay: '2026-10-12',
    lastDay: '2026-10-18',
    quantity,
    unit: carrier === 'water' ? 'm³' : 'kWh',
    costYuan,
  });
}

function account(
  amounts: Record<string, number>,
  bills: Parameters<typeof recordsFrom>[0],
  overrides: Partial<MetricInput> = {},
): MetricInput {
  return metricInput({ amounts, overrides: { records: recordsFrom(bills), ...overrides } });
}

const words = (outcome: { reasons: readonly { zh: string }[] }) =>
  outcome.reasons.map(({ zh }) => zh).join('|');

describe('cost', () => {
  it('is what the bills say, not what a price would give', () => {
    // 1000 kWh billed at 700 yuan, 50 m³ at 250 yuan, over 2000 m².
    const input = account({ '01000': 1000, '02000': 50 }, [
      bill('electricity', 1000, 700),
      bill('water', 50, 250),
    ]);
    expect(resourceCost.compute(input)).toMatchObject({ value: 950, completeness: 1 });
    expect(costPerArea.compute(input).value).toBeCloseTo(0.475, 12);
  });

  it('estimates by a price where there is no bill, and says so', () => {
    const price: MetricInput['price'] = (carrier) =>
      carrier === 'water' ? { value: 5, source: 'test', ids: [] } : undefined;
    const input = account({ '02000': 50 }, [], { price });
    const outcome = resourceCost.compute(input);
    expect(outcome.value).toBeCloseTo(250, 12);
    expect(words(outcome)).toContain('水费按价格估算，非账单');
  });

  it('has no sum when one carrier has neither bill nor price', () => {
    const input = account({ '01000': 1000, '02000': 50 }, [bill('water', 50, 250)]);
    const outcome = resourceCost.compute(input);
    expect(outcome.value).toBeNull();
    expect(words(outcome)).toContain('电既无账单也无价格');
  });

  it('holds the fuels of the ledger, vehicles’ among them, and a price where none was paid', () => {
    const days = { agency: 'a', firstDay: '2026-10-12', lastDay: '2026-10-18' };
    const petrol = (litres: number, costYuan?: number) =>
      entry('vehicle-fuel', WEEK, {
        ...{ ...days, fuel: 'gasoline' as const, litres },
        ...(costYuan === undefined ? {} : { costYuan }),
      });
    const used = { ...days, fuel: 'coal', use: 'heating', quantity: 2, unit: 't' } as const;
    const records = [
      bill('electricity', 1000, 700),
      petrol(100, 800),
      petrol(50),
      entry('other-fuel', WEEK, { ...used, costYuan: 1600 }),
    ];
    const none = resourceCost.compute(account({ '01000': 1000 }, records));
    expect(none.value).toBeNull();
    expect(words(none)).toContain('公务用车汽油既无金额也无价格');
    // 700 + 800 + 50 L × 7 + 1600.
    const price: MetricInput['price'] = () => ({ value: 7, source: 'test', ids: [] });
    const priced = resourceCost.compute(account({ '01000': 1000 }, records, { price }));
    expect(priced.value).toBe(3450);
    expect(words(priced)).toContain('未填金额的按价格估算');
  });

  it('counts a bill that reaches beyond the period by its days, and days without a bill', () => {
    // The bill covers fourteen days, half of them in the week: 350 of 700 yuan.
    const { fromMs, toMs } = WEEK;
    const long = { ...bill('electricity', 2000, 700), fromMs: 2 * fromMs - toMs };
    expect(resourceCost.compute(account({ '01000': 1000 }, [long]))).toMatchObject({ value: 350 });
    // It ends after three of the seven days.
    const short = { ...bill('electricity', 400, 280), toMs: fromMs + 3 * 86_400_000 };
    const outcome = resourceCost.compute(account({ '01000': 1000 }, [short]));
    expect(outcome).toMatchObject({ value: null, completeness: expect.closeTo(3 / 7, 12) });
    expect(words(outcome)).toContain('电账单只覆盖本期 42.9% 的天数');
  });
});

describe('cost of what no bill speaks of', () => {
  it('is what was metered beyond the bills, by the price, and said so', () => {
    // 400 of 1000 kWh were billed at 280 yuan; 600 kWh at 0.8 yuan are 480: 760.
    const { fromMs } = WEEK;
    const short = { ...bill('electricity', 400, 280), toMs: fromMs + 3 * 86_400_000 };
    const price: MetricInput['price'] = () => ({ value: 0.8, source: 'test', ids: [] });
    const outcome = resourceCost.compute(account({ '01000': 1000 }, [short], { price }));
    expect(outcome.value).toBeCloseTo(760, 9);
    expect(words(outcome)).toContain('其余用量按价格估算');
    // A bill of more than was metered leaves no rest, and one for all days needs none.
    const more = { ...short, body: { ...short.body, quantity: 1200 } };
    expect(resourceCost.compute(account({ '01000': 1000 }, [more], { price })).value).toBe(280);
    const whole = account({ '01000': 1000 }, [bill('electricity', 400, 280)], { price });
    expect(resourceCost.compute(whole).value).toBe(280);
    // Control: without a price there is none.
    expect(resourceCost.compute(account({ '01000': 1000 }, [short])).value).toBeNull();
  });
});

describe('cost of heat', () => {
  it('is whole when the season is billed, whatever the summer', () => {
    // The season ends with Wednesday: three of seven days are heated, and the bill is of these.
    const inHeatingSeason = (date: string) => date < '2026-10-15';
    const { fromMs } = WEEK;
    const { quantity: _quantity, unit: _unit, ...body } = bill('electricity', 1, 1200).body;
    const heat = entry(
      'bill',
      { fromMs, toMs: fromMs + 3 * 86_400_000 },
      { ...body, carrier: 'heat' },
    );
    const of = (overrides: Partial<MetricInput>) =>
      resourceCost.compute(account({ '04000': 30 }, [heat], overrides));
    expect(of({ inHeatingSeason, heatingDays: 3 })).toMatchObject({ value: 1200, completeness: 1 });
    // Control: were all days heated, four would lack a bill.
    expect(of({}).value).toBeNull();
  });
});

describe('cost of a parent', () => {
  const units = [
    { id: 'b', amounts: { '01000': 1000 } },
    { id: 'c', amounts: { '01000': 500 } },
  ];
  const billOf = (agency: string, costYuan: number, last = WEEK.toMs) => {
    const one = bill('electricity', 1000, costYuan);
    return { ...one, body: { ...one.body, agency }, toMs: last };
  };
  const parent = (bills: Parameters<typeof recordsFrom>[0], yuanPerKwh?: number) => {
    const { units: accounts, agency, registry } = treeInput(units);
    const price: MetricInput['price'] = () =>
      yuanPerKwh === undefined ? undefined : { value: yuanPerKwh, source: 'test', ids: [] };
    return account({ '01000': 1500 }, bills, { units: accounts, agency, registry, price });
  };

  it('is that of its units: bills of one, the price for another', () => {
    // b was billed 700 yuan, c used 500 kWh at 0.8: 1100; the bill of b alone is not the cost of both.
    expect(resourceCost.compute(parent([billOf('b', 700)], 0.8)).value).toBeCloseTo(1100, 9);
    const outcome = resourceCost.compute(parent([billOf('b', 700)]));
    expect(outcome.value).toBeNull();
    expect(words(outcome)).toContain('电既无账单也无价格');
  });

  it('is what bills say where they speak for all', () => {
    const both = [billOf('b', 700), billOf('c', 300)];
    expect(resourceCost.compute(parent(both, 0.8)).value).toBe(1000);
    expect(resourceCost.compute(parent([billOf('a', 950)], 0.8)).value).toBe(950);
  });

  it('of the year before, without accounts of units, is known only where bills speak for all', () => {
    const before = (bills: Parameters<typeof recordsFrom>[0]) => ({ ...parent(bills), units: [] });
    const change = (bills: Parameters<typeof recordsFrom>[0]) =>
      costChange.compute({
        ...parent([billOf('b', 720), billOf('c', 360)]),
        earlier: () => before(bills),
      });
    expect(change([billOf('b', 700), billOf('c', 300)]).value).toBeCloseTo(80, 9);
    expect(change([billOf('b', 700)]).value).toBeNull();
  });
});

describe('unit price', () => {
  it('divides billed money by billed quantity', () => {
    const input = account({}, [bill('electricity', 1000, 700), bill('electricity', 500, 400)]);
    expect(unitPrice.compute(input).value).toBeCloseTo(1100 / 1500, 12);
  });

  it('has none from bills without a quantity', () => {
    const { body, ...rest } = bill('electricity', 1000, 700);
    const { quantity: _quantity, unit: _unit, ...plain } = body;
    expect(unitPrice.compute(account({}, [{ ...rest, body: plain }])).value).toBeNull();
  });
});

describe('change of cost', () => {
  it('splits into what was used and what it cost, which add up to the change', () => {
    // 1000 kWh at 0.70 last year, 900 kWh at 0.80 now: −100·0.70 = −70 and 0.10·900 = +90.
    const before = account({ '01000': 1000 }, [bill('electricity', 1000, 700)]);
    const input = account({ '01000': 900 }, [bill('electricity', 900, 720)], {
      earlier: (years) => (years === 1 ? before : undefined),
    });
    const outcome = costChange.compute(input);
    expect(outcome.parts?.map(({ value }) => Number(value?.toFixed(9)))).toEqual([-70, 90]);
    expect(outcome.value).toBeCloseTo(20, 9);
  });

  it('has no figure without the year before', () => {
    const input = account({ '01000': 900 }, [bill('electricity', 900, 720)]);
    expect(costChange.compute(input).value).toBeNull();
  });
});

describe('share of operating cost', () => {
  const cost = (agency: string, totalYuan: number) =>
    entry('operating-cost', WEEK, { agency, year: 2026, totalYuan });

  it('is energy and water by the cost of everything', () => {
    // 700 + 250 = 950 of 38 000 yuan are 2.5 %.
    const bills = [bill('electricity', 1000, 700), bill('water', 50, 250)];
    const input = account({ '01000': 1000, '02000': 50 }, [...bills, cost('a', 38_000)]);
    expect(operatingCostShare.compute(input).value).toBeCloseTo(2.5, 12);
    expect(operatingCostShare.compute({ ...input, ended: false }).value).toBeNull();
    expect(operatingCostShare.compute(account({ '01000': 1000 }, bills)).value).toBeNull();
  });

  it('of a parent needs the operating cost of every unit', () => {
    const units = ['b', 'c'].map((id) => ({ id, amounts: { '01000': 100 } }));
    const price: MetricInput['price'] = () => ({ value: 0.5, source: 'test', ids: [] });
    const of = (...entries: Parameters<typeof recordsFrom>[0]) =>
      operatingCostShare.compute(treeInput(units, { records: recordsFrom(entries), price }));
    // 2 · 100 kWh · 0.5 yuan = 100 of 10 000 yuan.
    expect(of(cost('b', 6000), cost('c', 4000)).value).toBeCloseTo(1, 12);
    expect(of(cost('b', 6000)).value).toBeNull();
  });
});
