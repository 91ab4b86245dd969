/** A24-08: the pace of a budget follows the seasons, and the rest of the year is foretold with its spread. */
import { describe, expect, it } from 'vitest';
import type { BodyOf } from '../../../../../api/ledger/ledger.ts';
import { budgetPace } from '../../../../../api/metrics/article-24/budget-pace.ts';
import type { MetricInput } from '../../../../../api/metrics/input.ts';
import { exceedance, landingOf } from '../../../../../api/metrics/parts/landing.ts';
import type { AgencyConsumption } from '../../../../../domain/consumption.ts';
import { DAY_MS, dateStartMs } from '../../../../../domain/period.ts';
import { entry, recordsFrom } from '../../../../support/ledger-entries.ts';
import { metricInput } from '../../../../support/metric-input.ts';

const ZONE = 'Asia/Shanghai';

/** Day rows of a year's first days. */
function rows(year: number, days: number, kwhOn: (day: number) => number): AgencyConsumption[] {
  const fromMs = dateStartMs(`${year}-01-01`, ZONE);
  return Array.from({ length: days }, (_, day) => ({
    agencyId: 'a',
    carrier: 'electricity',
    item: '01000',
    resolution: 'day',
    startMs: fromMs + day * DAY_MS,
    value: kwhOn(day),
    coverage: 1,
    manual: 0,
    estimated: 0,
    known: 1,
    class: 'measured',
    flags: [],
    ruleVersion: 1,
    revision: 0,
  }));
}

/** A year's account over its first days, of a use by day. */
function account(year: number, days: number, kwhOn: (day: number) => number): MetricInput {
  const own = rows(year, days, kwhOn);
  const fromMs = dateStartMs(`${year}-01-01`, ZONE);
  return metricInput({
    amounts: { '01000': own.reduce((sum, { value }) => sum + (value ?? 0), 0) },
    overrides: {
      periodKind: 'year',
      ended: false,
      fromDate: `${year}-01-01`,
      elapsed: { fromMs, toMs: fromMs + days * DAY_MS },
      elapsedHours: days * 24,
      days: () => own,
    },
  });
}

/** Winter days take twice what the others do. */
const seasonal = (day: number) => (day < 100 ? 20 : 10);

/** A running year after a whole one of the same seasons, at a level by day. */
function running(days: number, levelOn: (day: number) => number = () => 1): MetricInput {
  const lastYear = account(2026, 365, seasonal);
  const before = account(2026, days, seasonal);
  const now = account(2027, days, (day) => seasonal(day) * levelOn(day));
  return { ...now, lastYear, earlier: (years) => (years === 1 ? before : undefined) };
}

function limited(
  input: MetricInput,
  kwh: number,
  more: Partial<BodyOf<'annual-plan'>> = {},
): MetricInput {
  const { elapsed } = input;
  const body = { agency: 'a', year: 2027, carrier: 'electricity', kind: 'limit' } as const;
  const plan = entry('annual-plan', elapsed, { ...body, value: kwh, unit: 'kWh', ...more });
  return { ...input, records: recordsFrom([plan]) };
}

describe('the pace of a budget', () => {
  it('weighs the year by its seasons and not by its days', () => {
    // 100 winter days: 2000 of 4650 kWh a year. A limit of 4650 is kept to the kWh, though by days
    // 2000 / (4650·100/365) would look like 57 % too much.
    expect(budgetPace.compute(limited(running(100), 4650)).value).toBeCloseTo(1, 12);
    expect(2000 / (4650 * (100 / 365))).toBeCloseTo(1.57, 2);
  });

  it('is above one when more was used than the seasons allow', () => {
    expect(
      budgetPace.compute(
        limited(
          running(100, () => 1.2),
          4650,
        ),
      ).value,
    ).toBeCloseTo(1.2, 12);
  });

  it('is the use by the limit once the year has ended', () => {
    const whole = { ...account(2027, 365, seasonal), ended: true };
    const outcome = budgetPace.compute(limited(whole, 5000));
    expect(outcome.value).toBeCloseTo(0.93, 12);
    // Nothing is left to foretell.
    expect(outcome.parts).toHaveLength(1);
    expect(outcome.reasons).toEqual([]);
  });

  it('takes the sum of the units’ limits only when all of them have one', () => {
    expect(
      budgetPace.compute(limited(running(100), 4650, { agency: 'elsewhere' })).value,
    ).toBeNull();
  });

  it('takes the quota times area where there is no plan', () => {
    const quota: MetricInput['quota'] = (id) =>
      id === 'electricity-per-area'
        ? {
            id: 'q',
            metric: id,
            tier: 'unit',
            unit: 'kWh/m²',
            constraint: 4,
            guide: 1,
            region: 't',
            source: 't',
            verified: false,
          }
        : undefined;
    // 4 kWh/m² on 2000 m² are 8000 kWh a year; 4650/8000.
    const outcome = budgetPace.compute({ ...running(100), quota });
    expect(outcome.value).toBeCloseTo(4650 / 8000, 12);
    expect(outcome.terms.some(({ verified }) => verified === false)).toBe(true);
  });

  it('has no value without a limit, without last year, or with a limit of zero', () => {
    const alone: MetricInput = { ...running(100), lastYear: undefined };
    for (const input of [running(100), limited(alone, 4650), limited(running(100), 0)]) {
      const outcome = budgetPace.compute(input);
      expect(outcome.value).toBeNull();
      expect(outcome.reasons.length).toBeGreaterThan(0);
    }
  });
});

describe('a plan that allows nothing yet', () => {
  it('has no pace, however little was used', () => {
    const winter = { ...running(60), toDate: '2027-03-02' };
    const quarters = (q1: number) => ({ q1, q2: 1000, q3: 1000, q4: 2650 - q1 });
    const outcome = budgetPace.compute(limited(winter, 4650, quarters(0)));
    expect(outcome.value).toBeNull();
    expect(outcome.reasons[0]?.zh).toBe('电：计划至今没有额度');
    // Control: 1200 kWh of the 60 by 90 of 900 that the first quarter allows.
    const { value } = budgetPace.compute(limited(winter, 4650, quarters(900)));
    expect(value).toBeCloseTo(1200 / 600, 12);
  });
});

describe('where a year is heading', () => {
  it('is last year’s shape at this year’s level, without doubt where the level never changes', () => {
    expect(
      landingOf(
        running(100, () => 1.1),
        'electricity',
      ),
    ).toMatchObject({
      expected: expect.closeTo(4650 * 1.1, 6),
      deviation: expect.closeTo(0, 6),
    });
  });

  it('is as uncertain as fortnights differ from each other', () => {
    // 112 days are eight fortnights, by turns at 0.9 and 1.1. Seven of 280 kWh (100 days of 20 and
    // 12 of 10 leave 20·2 + 10·12 = 160 in the eighth), level = Σ now / Σ before.
    const input = running(112, (day) => (Math.floor(day / 14) % 2 === 0 ? 0.9 : 1.1));
    const now = 4 * 280 * 0.9 + 3 * 280 * 1.1 + 160 * 1.1;
    const level = now / 2120;
    const variance = (4 * 280 * (0.9 - level) ** 2 + (3 * 280 + 160) * (1.1 - level) ** 2) / 2120;
    const rest = 4650 - 2120;
    const deviation = Math.sqrt((variance * 8) / 7) * Math.sqrt(1 + 1 / 8) * rest;
    expect(landingOf(input, 'electricity')).toMatchObject({
      expected: expect.closeTo(now + level * rest, 6),
      deviation: expect.closeTo(deviation, 6),
    });
  });

  it('is not foretold from fewer than 60 days, and says so', () => {
    expect(landingOf(running(59), 'electricity')).toHaveProperty('zh');
    expect(landingOf(running(60), 'electricity')).toHaveProperty('expected');
    const outcome = budgetPace.compute(limited(running(59), 4650));
    expect(outcome.value).toBeCloseTo(1, 12);
    expect(outcome.reasons.map(({ zh }) => zh).join()).toContain('不作预测');
  });

  it('maps 29 February to no day of last year rather than shifting the days', () => {
    const lastYear = account(2027, 365, seasonal);
    const before = account(2027, 99, seasonal);
    const leap = account(2028, 100, seasonal);
    const input = { ...leap, lastYear, earlier: () => before };
    expect(landingOf(input, 'electricity')).toHaveProperty('expected');
  });

  it('exceeds a limit by the normal distribution', () => {
    const landing = { expected: 100, deviation: 10 };
    expect(exceedance(landing, 100)).toBeCloseTo(0.5, 7);
    expect(exceedance(landing, 119.6)).toBeCloseTo(0.025, 3);
    expect(exceedance(landing, 80.4)).toBeCloseTo(0.975, 3);
    expect(exceedance({ expected: 100, deviation: 0 }, 99)).toBe(1);
  });
});
