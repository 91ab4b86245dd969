/** Every check of the review: one account it asks about, and one like it that it lets pass. */
import { describe, expect, it } from 'vitest';
import type { MetricValue, Total } from '../../../../api/assessment/schema.ts';
import type { MetricInput } from '../../../../api/metrics/input.ts';
import type { Reviewed } from '../../../../api/review/check.ts';
import { CHECKS } from '../../../../api/review/checks/index.ts';
import { limitsOn } from '../../../../api/review/limits.ts';
import { reviewOf } from '../../../../api/review/review.ts';
import type { AgencyConsumption } from '../../../../domain/consumption.ts';
import { createRegistry, type Registry } from '../../../../registry/registry.ts';
import type { Meter } from '../../../../registry/schema.ts';
import { type AnyEntry, entry, recordsFrom } from '../../../support/ledger-entries.ts';
import { meteringInput, WORLD } from '../../../support/metering-world.ts';
import { type AccountFacts, metricInput, WEEK_START_MS } from '../../../support/metric-input.ts';

const WEEK = { firstDay: '2026-10-12', lastDay: '2026-10-18' } as const;
const RANGE = { fromMs: WEEK_START_MS, toMs: WEEK_START_MS + 7 * 86_400_000 };
const NOTHING = { registry: [], entries: [] };

interface Case {
  readonly now: AccountFacts;
  readonly before?: AccountFacts;
  readonly totals?: readonly Partial<Total>[];
  readonly metrics?: readonly Partial<MetricValue>[];
  readonly basis?: Reviewed['basis'];
}

function reviewed({ now, before, totals = [], metrics = [], basis = NOTHING }: Case): Reviewed {
  const previous = before && metricInput(before);
  const input = metricInput(now);
  return {
    input: { ...input, earlier: now.overrides?.earlier ?? (() => previous) },
    previous,
    totals: totals as Total[],
    metrics: metrics as MetricValue[],
    basis,
    limits: limitsOn(input.registry, '2026-10-18'),
  };
}

/** An account with entries of the ledger. */
function filed(entries: readonly AnyEntry[], facts: AccountFacts = {}): AccountFacts {
  const records = recordsFrom(entries);
  return { ...facts, overrides: { records, latest: records, ...facts.overrides } };
}

function registryWith(prices: readonly number[]): Registry {
  return createRegistry(
    {
      ...metricInput().registry,
      prices: prices.map((value, at) => ({
        ...{ id: `p${at}`, carrier: 'electricity', from: '2026-01-01', value, unit: '元/kWh' },
        ...{ region: 'x', source: 's', verified: false },
      })),
    },
    new Map(),
  );
}

function bill(costYuan: number) {
  const body = { agency: 'a', carrier: 'electricity', ...WEEK, quantity: 1, unit: 'MWh' } as const;
  return entry('bill', RANGE, { ...body, costYuan });
}

/** Bills of the week and of its last day and the next six, for one account each. */
function accounts(first: string, second: string) {
  const body = { agency: 'a', carrier: 'water', costYuan: 9 } as const;
  const days = { firstDay: '2026-10-18', lastDay: '2026-10-24' } as const;
  const later = { fromMs: RANGE.toMs - 86_400_000, toMs: RANGE.toMs + 6 * 86_400_000 };
  return [
    entry('bill', RANGE, { ...body, ...WEEK, account: first }),
    entry('bill', later, { ...body, ...days, account: second }),
  ];
}

function metered(parts: readonly (readonly [Partial<Meter>, number])[]): Partial<MetricInput> {
  return {
    meterAmounts: (asked) =>
      parts
        .filter(([{ carrier = 'electricity' }]) => carrier === asked)
        .map(([meter, value]) => ({
          meter: { name: { zh: '表', en: 'meter' }, carrier: asked, ...meter } as ReturnType<
            MetricInput['meterAmounts']
          >[number]['meter'],
          amount: { value, coverage: 1, manual: 0, estimated: 0, known: 1 },
        })),
  };
}

const ROOM = { id: 'r', item: '01D10', agency: 'a' } as const;

const agencyOf = (heads: number, floorM2: number): Partial<MetricInput> => ({
  persons: () => heads,
  area: (kind) => (kind === 'floorM2' ? floorM2 : undefined),
});
const noHeatedArea: Partial<MetricInput> = { area: () => undefined };
const quotaOf = (grade: 'guide' | 'over' | 'constraint') => ({
  ...{ id: 'water-per-person', name: { zh: '人均用水', en: 'Water' }, value: 30, unit: 'm³/人' },
  quota: { id: 'q', grade, constraint: 25, guide: 10, source: 's', verified: false },
});
const gradeOf = (id: string) => ({
  ...{ id: 'quota-grade', name: { zh: '定额', en: 'Quota' }, value: 1, unit: '1' },
  grade: { id, name: { zh: '需整改', en: 'over' }, source: 's' },
});
const fuel = entry('vehicle-fuel', RANGE, { agency: 'a', ...WEEK, fuel: 'gasoline', litres: 40 });
const cars = entry('vehicles', RANGE, { agency: 'a', date: '2026-01-01', total: 3, nev: 1 });
const heatBill = entry('bill', RANGE, { agency: 'a', carrier: 'heat', ...WEEK, costYuan: 9000 });
const daysOf = (dates: readonly string[]) => ({
  fromDate: '2026-01-01',
  toDate: '2026-03-01',
  days: () =>
    dates.map((date) => ({ startMs: Date.parse(date), value: 1 }) as unknown as AgencyConsumption),
});
const factor = (verified: boolean): Reviewed['basis'] => ({
  registry: [{ section: 'factors', id: 'coal', version: '1', source: 's', verified }],
  entries: [],
});
const total = (known: number): readonly Partial<Total>[] => [
  { carrier: 'water', item: '02000', name: { zh: '水', en: 'Water' }, known },
];

/** A unit of the metering world, whose water main is overdue by a day. */
function equipped(world: string): AccountFacts {
  const { agency, ...overrides } = meteringInput('left', world);
  return { agency, overrides };
}
const VERIFIED = WORLD.replace('until: 2026-10-17', 'until: 2026-10-18');

/** Check, what it asks about, what it lets pass. */
const CASES: readonly (readonly [string, Case, Case])[] = [
  ['completeness', { now: {}, totals: total(0.89) }, { now: {}, totals: total(0.9) }],
  [
    'missing-month',
    { now: { amounts: { '02000': 9 }, overrides: daysOf(['2026-01-05']) } },
    { now: { amounts: { '02000': 9 }, overrides: daysOf(['2026-01-05', '2026-02-05']) } },
  ],
  [
    'same-value',
    { now: { amounts: { '02000': 9.5 } }, before: { amounts: { '02000': 9.5 } } },
    { now: { amounts: { '02000': 9.5 } }, before: { amounts: { '02000': 9.6 } } },
  ],
  [
    'year-on-year',
    { now: { amounts: { '01000': 116 } }, before: { amounts: { '01000': 100 } } },
    { now: { amounts: { '01000': 115 } }, before: { amounts: { '01000': 100 } } },
  ],
  [
    'year-on-year',
    { now: { amounts: { '02000': 70 } }, before: { amounts: { '02000': 100 } } },
    { now: { amounts: { '02000': 80 } }, before: { amounts: { '02000': 100 } } },
  ],
  [
    'period-on-period',
    { now: { amounts: { '01000': 50 } }, before: { amounts: { '01000': 100 } } },
    { now: { amounts: { '04000': 50 } }, before: { amounts: { '04000': 100 } } },
  ],
  [
    'facts-changed',
    { now: { overrides: agencyOf(112, 2000) }, before: { overrides: agencyOf(100, 2000) } },
    { now: { overrides: agencyOf(110, 2100) }, before: { overrides: agencyOf(100, 2000) } },
  ],
  ['overlapping-bills', { now: filed(accounts('1', '1')) }, { now: filed(accounts('1', '2')) }],
  ['overlapping-bills', { now: filed([bill(9), bill(9)]) }, { now: filed([bill(9), bill(8)]) }],
  [
    'unit-price',
    { now: filed([bill(950)], { overrides: { registry: registryWith([0.5, 0.7]) } }) },
    { now: filed([bill(900)], { overrides: { registry: registryWith([0.5, 0.7]) } }) },
  ],
  [
    'sub-items-above-total',
    { now: { amounts: { '01000': 100, '01A00': 80, '01B00': 26 } } },
    { now: { amounts: { '01000': 100, '01A00': 80, '01B00': 24, '01D10': 50 } } },
  ],
  // 50 kWh of own generation, 10 of them fed in, reach the sub-meters and not the main.
  [
    'sub-items-above-total',
    { now: { amounts: { '01000': 100, '01A00': 148, '13000': 50, export: 10 } } },
    { now: { amounts: { '01000': 100, '01A00': 146, '13000': 50, export: 10 } } },
  ],
  [
    'children-above-parent',
    {
      now: {
        overrides: metered([
          [{ id: 'm' }, 100],
          [{ id: 'c', parent: 'm' }, 106],
        ]),
      },
    },
    {
      now: {
        overrides: metered([
          [{ id: 'm' }, 100],
          [{ id: 'c', parent: 'm' }, 104],
        ]),
      },
    },
  ],
  [
    'children-above-parent',
    {
      now: {
        overrides: metered([
          [{ id: 'm', building: 'b' }, 100],
          [{ id: 'c', parent: 'm' }, 140],
          [{ id: 'pv', carrier: 'solar', building: 'elsewhere' }, 50],
        ]),
      },
    },
    {
      now: {
        overrides: metered([
          [{ id: 'm', building: 'b' }, 100],
          [{ id: 'c', parent: 'm' }, 140],
          [{ id: 'pv', carrier: 'solar', building: 'b' }, 50],
        ]),
      },
    },
  ],
  [
    'data-room-above-total',
    { now: { amounts: { '01000': 100 }, overrides: metered([[ROOM, 101]]) } },
    { now: { amounts: { '01000': 100 }, overrides: metered([[ROOM, 99]]) } },
  ],
  ['vehicle-fuel-without-vehicles', { now: filed([fuel]) }, { now: filed([fuel, cars]) }],
  [
    'heat-without-area',
    { now: { amounts: { '04000': 5 }, overrides: noHeatedArea } },
    { now: { amounts: { '04000': 5 } } },
  ],
  [
    'heating-form-without-area',
    { now: filed([heatBill], { overrides: noHeatedArea }) },
    { now: filed([heatBill]) },
  ],
  [
    'above-constraint',
    { now: {}, metrics: [quotaOf('over')] },
    { now: {}, metrics: [quotaOf('constraint')] },
  ],
  [
    'below-guide',
    { now: {}, metrics: [quotaOf('guide')] },
    { now: {}, metrics: [quotaOf('over')] },
  ],
  ['out-of-verification', { now: equipped(WORLD) }, { now: equipped(VERIFIED) }],
  ['quota-over', { now: {}, metrics: [gradeOf('over')] }, { now: {}, metrics: [gradeOf('guide')] }],
  ['unverified-factor', { now: {}, basis: factor(false) }, { now: {}, basis: factor(true) }],
];

describe('checks', () => {
  it.each(CASES)('%s', (id, wrong, right) => {
    const asked = reviewOf(reviewed(wrong)).filter((result) => result.id === id);
    expect(asked).toHaveLength(1);
    expect(asked[0]?.message.zh).toMatch(/\p{Script=Han}|\//u);
    expect(reviewOf(reviewed(right)).filter((result) => result.id === id)).toEqual([]);
  });

  it('every check is tried', () => {
    const tried = new Set(CASES.map(([id]) => id));
    expect(CHECKS.map(({ id }) => id).filter((id) => !tried.has(id))).toEqual([]);
  });
});

describe('explanations', () => {
  const change = { now: { amounts: { '01000': 200 } }, before: { amounts: { '01000': 100 } } };
  const explainedBy = (note: AnyEntry) => {
    const wrong = { ...change, now: filed([note], change.now) };
    return reviewOf(reviewed(wrong)).find(({ id }) => id === 'year-on-year')?.explained;
  };
  const body = { agency: 'a', ...WEEK, check: 'year-on-year', reason: '新增食堂' };

  it('a note of the agency explains the check it names', () => {
    const explained = explainedBy(entry('review-note', RANGE, body));
    expect(explained).toMatchObject({ kind: 'review-note', reason: '新增食堂', who: 't' });
  });

  it('a note on something else explains nothing', () => {
    const other = { ...body, check: 'same-value' };
    expect(explainedBy(entry('review-note', RANGE, other))).toBeNull();
    const water = { ...body, subject: 'water' };
    expect(explainedBy(entry('review-note', RANGE, water))).toBeNull();
    const below = { ...body, agency: 'b' };
    expect(explainedBy(entry('review-note', RANGE, below))).toBeNull();
  });

  it('a filed explanation answers for its metric, above the constraint', () => {
    const note = entry('over-quota-explanation', RANGE, {
      ...{ agency: 'a', year: 2026, metric: 'water-per-person', filedOn: '2027-01-10' },
      reason: '管网漏损',
    });
    const found = reviewOf(reviewed({ now: filed([note]), metrics: [quotaOf('over')] }));
    expect(found[0]?.explained?.reason).toBe('管网漏损');
  });
});
