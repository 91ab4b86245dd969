/** Baselines of invented buildings: the equation comes back, and poor data is refused with its reasons. */
import { describe, expect, it } from 'vitest';
import {
  avoidedUse,
  type BaselineOptions,
  baselineFor,
  driverBaselineFor,
  monthlyAvoidedUse,
} from '../../../../api/baseline/baseline.ts';
import type { BillingRead } from '../../../../api/baseline/billing.ts';
import { billingBaselineFor } from '../../../../api/baseline/billing-baseline.ts';
import { presenceDriver, workdayDriver } from '../../../../api/baseline/presence.ts';
import {
  type DayAmount,
  type DayTemperature,
  dateOf,
  dayNumber,
} from '../../../../api/baseline/rows.ts';
import { CELSIUS } from '../../../../api/baseline/terms.ts';
import { isWorkday } from '../../../../domain/calendar.ts';
import { DAY_MS } from '../../../../domain/period.ts';
import { datesFrom, noiseAt, temperaturesOf, useOf } from './days.ts';

const YEAR = datesFrom('2025-01-01', 365);
const temperatures = temperaturesOf(YEAR);
const OFFICE = { base: 100, perHdd: 6, perCdd: 9, work: 0, noise: 5 };

function modelFor(days: readonly DayAmount[], options?: BaselineOptions) {
  const result = baselineFor({ days, temperatures, ...(options ? { options } : {}) });
  if (!result.ok) throw new Error(result.reasons.map(({ en }) => en).join('; '));
  return result;
}

function reasonsFor(days: readonly DayAmount[], options: BaselineOptions = {}): string[] {
  const result = baselineFor({ days, temperatures, options });
  return result.ok ? [] : result.reasons.map(({ en }) => en);
}

const blank = (days: readonly DayAmount[], count: number, value: number | null = null) =>
  days.map((day, i) => (i % 9 === 4 && i / 9 < count ? { ...day, value } : day));

describe('what the weather moves', () => {
  it('is found on the Celsius grid: base load, slopes and balance points', () => {
    const { baseline, flat } = modelFor(useOf(temperatures, OFFICE));
    const [segment, ...more] = baseline.model.segments;
    expect(more).toEqual([]);
    expect(flat).toEqual([]);
    const [cooling, heating] = segment?.equation.slopes ?? [];
    expect(cooling?.term).toMatchObject({ kind: 'cdd' });
    expect(heating?.term).toMatchObject({ kind: 'hdd' });
    expect(cooling?.perUnit).toBeCloseTo(9, -1);
    expect(heating?.perUnit).toBeCloseTo(6, 0);
    expect(Math.abs((segment?.equation.intercept ?? 0) - 100)).toBeLessThan(3);
  });

  it('takes the lowest of balance points that fit alike: there were no warmer days to tell', () => {
    const cold = temperatures.map(({ date, meanC }) => ({ date, meanC: Math.min(12, meanC ?? 0) }));
    const days = useOf(cold, OFFICE);
    for (const choice of ['caltrack', 'simplest'] as const) {
      const options = { choice, cooling: false, splitDayTypes: false };
      const result = baselineFor({ days, temperatures: cold, options });
      const slopes = result.ok ? result.baseline.model.segments[0]?.equation.slopes : [];
      expect(slopes?.map(({ term }) => term)).toEqual([{ kind: 'hdd', base: 12 }]);
    }
  });

  it('gives the saving back that was put in, inside its band', () => {
    const { baseline } = modelFor(useOf(temperatures, OFFICE));
    const later = temperaturesOf(datesFrom('2026-01-01', 365));
    const before = useOf(later, OFFICE).reduce((sum, { value }) => sum + (value ?? 0), 0);
    const days = useOf(later, OFFICE).map(({ date, value }) => ({
      date,
      value: (value ?? 0) * 0.9,
    }));
    const { avoided, band, masked, rows } = avoidedUse(baseline, { days, temperatures: later });
    expect(rows).toBe(365);
    expect(masked).toEqual([]);
    expect(Math.abs(avoided - before * 0.1)).toBeLessThan(band?.fsu ?? 0);
    expect(band?.fsu).toBeLessThan(before * 0.01);
  });

  it('is told month by month, with wider bands than the whole', () => {
    const { baseline } = modelFor(useOf(temperatures, OFFICE));
    const later = temperaturesOf(datesFrom('2026-01-01', 90));
    const reporting = { days: useOf(later, OFFICE), temperatures: later };
    const months = monthlyAvoidedUse(baseline, reporting);
    const whole = avoidedUse(baseline, reporting);
    expect(months.map(({ month, rows }) => [month, rows])).toEqual([
      ['2026-01', 31],
      ['2026-02', 28],
      ['2026-03', 31],
    ]);
    expect(months.reduce((sum, { avoided }) => sum + avoided, 0)).toBeCloseTo(whole.avoided, 6);
    const bands = months.reduce((sum, { band }) => sum + (band?.fsu ?? 0), 0);
    expect(bands).toBeGreaterThan(whole.band?.fsu ?? 0);
  });

  it('has equations of their own for working days and days off, shifted weekends included', () => {
    const { baseline } = modelFor(useOf(temperatures, { ...OFFICE, work: 150 }));
    const bases = Object.fromEntries(
      baseline.model.segments.map(({ dayType, equation }) => [dayType, equation.intercept]),
    );
    expect(Math.abs((bases.workday ?? 0) - 250)).toBeLessThan(5);
    expect(Math.abs((bases['day-off'] ?? 0) - 100)).toBeLessThan(5);
    // Sunday 2025-01-26 was a working day for Spring Festival.
    const [day] = useOf(temperaturesOf(['2025-01-26']), { ...OFFICE, work: 150 });
    const [warmth] = temperaturesOf(['2025-01-26']);
    if (!day || !warmth) throw new Error('no day');
    const { avoided } = avoidedUse(baseline, { days: [day], temperatures: [warmth] });
    expect(Math.abs(avoided)).toBeLessThan(20);
  });

  it('control: without the split the working days cannot be told apart', () => {
    const days = useOf(temperatures, { ...OFFICE, work: 150 });
    const { baseline } = modelFor(days, { splitDayTypes: false });
    const split = modelFor(days).baseline.model.quality;
    expect(baseline.model.segments).toHaveLength(1);
    expect(baseline.model.quality.rmseAdjusted).toBeGreaterThan(5 * split.rmseAdjusted);
  });

  it('is not claimed when the evidence is weak: CalTRACK fits noise, the simplest model is flat', () => {
    const days = useOf(temperatures, { ...OFFICE, perHdd: 0, perCdd: 0, noise: 30 });
    const caltrack = modelFor(days, { choice: 'caltrack' }).baseline.model.segments[0];
    expect(caltrack?.equation.slopes.length).toBeGreaterThan(0);
    const plain = modelFor(days);
    expect(plain.baseline.model.segments[0]?.equation.slopes).toEqual([]);
    expect(plain.flat.map(({ en }) => en).join()).toMatch(/heating degree days: explain/);
  });

  it('of district heat is the season alone', () => {
    const season = { from: '10-15', to: '04-15' };
    const days = useOf(temperatures, { ...OFFICE, base: 20, perCdd: 0 }).map((day) =>
      day.date > '2025-04-15' && day.date < '2025-10-15' ? { ...day, value: 0 } : day,
    );
    const { baseline } = modelFor(days, { season, cooling: false });
    expect(baseline.model.quality.rows).toBe(183);
    expect(baseline.model.segments[0]?.equation.slopes).toHaveLength(1);
    const summer = days.slice(180, 200);
    const { rows, predicted } = avoidedUse(baseline, { days: summer, temperatures });
    expect([rows, predicted]).toEqual([0, 0]);
  });

  it('beyond the baseline’s temperatures is said to be extrapolated', () => {
    const { baseline } = modelFor(useOf(temperatures, OFFICE));
    const dates = datesFrom('2026-07-01', 4);
    const hot = dates.map((date, i) => ({ date, meanC: i === 0 ? 45 : 20 }));
    const { extrapolatedShare } = avoidedUse(baseline, {
      days: useOf(hot, OFFICE),
      temperatures: hot,
    });
    expect(extrapolatedShare).toBe(0.25);
  });
});

describe('what suffices', () => {
  const days = useOf(temperatures, OFFICE);

  it('37 of 365 days may be missing, 38 may not', () => {
    expect(reasonsFor(blank(days, 37))).toEqual([]);
    expect(reasonsFor(blank(days, 38))).toEqual([
      '38 of 365 days have no amount; at most 37 may be missing',
    ]);
  });

  it('zero is missing only where the caller says so', () => {
    expect(reasonsFor(blank(days, 40, 0))).toEqual([]);
    expect(reasonsFor(blank(days, 40, 0), { zeroIsMissing: true })).toHaveLength(1);
  });

  it('less than a year is refused, a leap year is cut to its last 365 days', () => {
    expect(reasonsFor(days.slice(0, 200))).toEqual([
      '165 of 365 days have no amount; at most 37 may be missing',
      '165 of 365 days have no temperature (or other driver); at most 37 may be missing',
    ]);
    const leap = datesFrom('2024-01-01', 366);
    const own = temperaturesOf(leap);
    const result = baselineFor({ days: useOf(own, OFFICE), temperatures: own });
    expect(result.ok && result.baseline.model.fromDate).toBe('2024-01-02');
    expect(result.ok && result.baseline.model.quality.rows).toBe(365);
  });

  it('missing temperatures and missing amounts are named apart, both sides of a day together', () => {
    const half = temperatures.map((day, i) => (i % 7 === 0 ? { ...day, meanC: null } : day));
    const result = baselineFor({ days: blank(days, 20), temperatures: half });
    expect(!result.ok && result.reasons.map(({ en }) => en)).toEqual([
      '53 of 365 days have no temperature (or other driver); at most 37 may be missing',
    ]);
  });

  it('negative days are refused and extreme ones flagged, with their dates', () => {
    const wrong = days.map((day, i) => (i === 10 ? { ...day, value: -5 } : day));
    expect(reasonsFor(wrong)[0]).toContain('2025-01-11');
    const high = days.map((day, i) => (i === 10 ? { ...day, value: 5000 } : day));
    expect(
      modelFor(high)
        .remarks.map(({ en }) => en)
        .join(),
    ).toContain('2025-01-11');
    expect(modelFor(days).remarks).toEqual([]);
  });

  it('nothing at all is refused, not fitted', () => {
    expect(reasonsFor([])).toEqual(['no amounts']);
  });
});

describe('water', () => {
  it('follows working days', () => {
    const days = YEAR.map((date, i) => ({
      date,
      value: 2 + (isWorkday(date) ? 7 : 0) + 0.2 * noiseAt(i),
    }));
    const result = driverBaselineFor({ days, drivers: workdayDriver(YEAR) });
    const equation = result.ok ? result.baseline.model.segments[0]?.equation : undefined;
    expect(equation?.intercept).toBeCloseTo(2, 1);
    expect(equation?.slopes[0]?.perUnit).toBeCloseTo(7, 1);
  });

  it('follows people, and days nobody was counted are left out', () => {
    const persons = (date: string) => (date < '2025-06-01' ? 80 : 120);
    const drivers = presenceDriver(YEAR, (date) =>
      date === '2025-03-03' ? undefined : persons(date),
    );
    const days = drivers.map(({ date, value }, i) => ({
      date,
      value: 1 + 0.05 * (value ?? 80) + 0.1 * noiseAt(i),
    }));
    const result = driverBaselineFor({ days, drivers });
    if (!result.ok) throw new Error('no baseline');
    const { model } = result.baseline;
    expect(model.quality.rows).toBe(364);
    expect(model.segments[0]?.equation.slopes[0]?.perUnit).toBeCloseTo(0.05, 3);
    const fewer = days.map(({ date, value }) => ({ date, value: value * 0.8 }));
    const { avoided, measured } = avoidedUse(result.baseline, { days: fewer, drivers });
    expect(avoided / (avoided + measured)).toBeCloseTo(0.2, 2);
  });
});

const driversOf = (days: readonly DayTemperature[]) =>
  days.map(({ date, meanC }) => ({ date, value: meanC }));

describe('bills', () => {
  const long = datesFrom('2025-01-01', 400);
  const warmth = temperaturesOf(long);
  const use = new Map(useOf(warmth, OFFICE).map(({ date, value }) => [date, value ?? 0]));
  const bill = (fromDate: string, days: number, estimated = false): BillingRead => {
    const first = dayNumber(fromDate);
    const dates = Array.from({ length: days }, (_, i) => dateOf(first + i));
    const value = dates.reduce((sum, date) => sum + (use.get(date) ?? 0), 0);
    return { fromDate, toDate: dateOf(first + days), value, estimated };
  };
  const monthly = Array.from({ length: 12 }, (_, i) =>
    bill(dateOf(dayNumber('2025-01-01') + i * 30), 30),
  );
  const billed = (bills: readonly BillingRead[]) =>
    billingBaselineFor({ bills, drivers: driversOf(warmth), cycle: 'monthly' }, CELSIUS);

  it('weigh as many days as they have temperatures, and find the equation', () => {
    const result = billed(monthly);
    if (!result.ok) throw new Error(result.reasons[0]?.en);
    const { model } = result.baseline;
    expect(model.interval).toBe('billing');
    expect(model.quality.rows).toBe(12);
    expect(model.quality.cvRmseAdjusted).toBeLessThan(0.02);
  });

  it('join one estimated read to the real one after it, and count it as missing', () => {
    const bills = monthly.map((read, i) => (i === 5 ? { ...read, estimated: true } : read));
    const result = billed(bills);
    if (!result.ok) throw new Error(result.reasons[0]?.en);
    expect(result.baseline.model.quality.rows).toBe(11);
    // Two thirds of a year are left when four reads were estimated.
    const many = monthly.map((read, i) => ({ ...read, estimated: i % 3 === 1 }));
    expect(billed(many).ok).toBe(false);
  });

  it('come closest to a year: calendar months of a leap year are all there, older ones are not', () => {
    const dates = datesFrom('2023-06-01', 600);
    const own = temperaturesOf(dates);
    const daily = new Map(useOf(own, OFFICE).map(({ date, value }) => [date, value ?? 0]));
    const bills = Array.from({ length: 19 }, (_, i): BillingRead => {
      const fromDate = dateOf(Date.UTC(2023, 5 + i, 1) / DAY_MS);
      const toDate = dateOf(Date.UTC(2023, 6 + i, 1) / DAY_MS);
      const value = [...daily].reduce(
        (sum, [date, use]) => (date >= fromDate && date < toDate ? sum + use : sum),
        0,
      );
      return { fromDate, toDate, value };
    });
    const result = billingBaselineFor(
      { bills, drivers: driversOf(own), cycle: 'monthly' },
      CELSIUS,
    );
    if (!result.ok) throw new Error(result.reasons[0]?.en);
    expect(result.baseline.model.fromDate).toBe('2024-01-01');
    expect(result.baseline.model.quality.rows).toBe(12);
    const before = billingBaselineFor(
      { bills, drivers: driversOf(own), cycle: 'monthly' },
      CELSIUS,
      { endDate: '2024-11-15' },
    );
    expect(before.ok && before.baseline.model.fromDate).toBe('2023-11-01');
    expect(before.ok && before.baseline.model.toDate).toBe('2024-10-01');
  });

  it('of a wrong length are left out with their dates', () => {
    const bills = [...monthly.slice(0, 11), bill('2025-11-27', 20)];
    const result = billed(bills);
    expect(result.remarks.map(({ en }) => en)).toEqual([
      'bill 2025-11-27…2025-12-17 left out: 20 days, expected 25 to 35',
    ]);
  });
});
