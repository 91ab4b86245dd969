/** Savings from tables of every kind: what is read gives the same answer however it is written, the rest is refused with its reason. */
import { describe, expect, it } from 'vitest';
import { DAY_MS } from '../../../../../domain/period.ts';
import { datesFrom, temperaturesOf, useOf } from '../days.ts';
import { type Cell, csv, english, report } from './made.ts';

const OFFICE = { base: 100, perHdd: 6, perCdd: 9, work: 0, noise: 5 };
const DATES = datesFrom('2025-01-01', 365 + 200);
const TEMPERATURES = temperaturesOf(DATES);
const USE = useOf(TEMPERATURES, OFFICE);
const PERIODS = { baseline: '2025', reporting: '2026-01-01..2026-07-19' };
const fahrenheit = (celsius: number) => (celsius * 9) / 5 + 32;

type Day = readonly [date: string, amount: Cell, meanC: Cell];
const DAYS: readonly Day[] = DATES.map((date, i) => {
  const amount = (USE[i]?.value ?? 0) * (i < 365 ? 1 : 0.85);
  return [date, amount, TEMPERATURES[i]?.meanC ?? null];
});
const HEAD = 'date,amount,temp_c';
const plain = report(csv(HEAD, DAYS), PERIODS);

/** Every n-th day of the baseline changed. */
const every = (n: number, change: (day: Day) => Day) =>
  DAYS.map((day, i) => (i < 365 && i % n === 3 ? change(day) : day));

describe('days', () => {
  it('find the saving and its months, and verify it', () => {
    expect(plain).toMatchObject({ status: 'computed', interval: 'daily', reasons: [] });
    expect(plain.verdict).toEqual({ isVerified: true, misses: [] });
    expect(plain.avoided?.rows).toBe(200);
    expect(plain.months.map(({ month }) => month)).toHaveLength(7);
    const share = (plain.avoided?.avoided ?? 0) / (plain.avoided?.predicted ?? 1);
    expect(share).toBeCloseTo(0.15, 2);
  });

  it.each<[string, string, (day: Day) => readonly Cell[]]>([
    ['in °F', 'date,kWh,temp_f', ([d, a, t]) => [d, a, fahrenheit(Number(t))]],
    ['in Chinese', '日期,用电量(kWh),气温', ([d, a, t]) => [d.replaceAll('-', '/'), a, t]],
    ['by UTC', HEAD, ([d, a, t]) => [new Date(Date.parse(d) - 8 * 3_600_000).toISOString(), a, t]],
    [
      'over daylight saving',
      HEAD,
      ([d, a, t]) => [
        `${d} ${d.slice(5, 7) > '03' && d.slice(5, 7) < '11' ? '05' : '06'}:00:00+00:00`,
        a,
        t,
      ],
    ],
    [
      'with their periods',
      'date,amount,temp_c,period',
      ([d, a, t]) => [d, a, t, d < '2026' ? '基准期' : '报告期'],
    ],
  ])('%s are the same', (name, head, row) => {
    const found = report(csv(head, DAYS.map(row)), name === 'with their periods' ? {} : PERIODS);
    expect(found.avoided?.avoided).toBeCloseTo(plain.avoided?.avoided ?? 0, 6);
    expect(found.avoided?.bands?.fsu).toBeCloseTo(plain.avoided?.bands?.fsu ?? 0, 6);
  });

  it('in another order, or absent instead of empty, are the same', () => {
    const empty = report(
      csv(
        HEAD,
        every(12, ([d, , t]) => [d, null, t]),
      ),
      PERIODS,
    );
    const absent = DAYS.filter((_, i) => i >= 365 || i % 12 !== 3).toReversed();
    expect(report(csv(HEAD, absent), PERIODS)).toEqual(empty);
    expect(empty.model?.quality.rows).toBe(365 - 31);
  });

  it.each<[string, readonly Day[], RegExp]>([
    ['too few', DAYS.slice(60), /60 of 365 days have no amount/],
    [
      'too many without amount',
      every(9, ([d, , t]) => [d, null, t]),
      /41 of 365 days have no amount/,
    ],
    [
      'too many without temperature',
      every(9, ([d, a]) => [d, a, null]),
      /41 of 365 .* no temperature/,
    ],
    ['too many zeros', every(9, ([d, , t]) => [d, 0, t]), /41 of 365 days have no amount/],
    ['negative', every(300, ([d, , t]) => [d, -1, t]), /negative.*2025-01-04/],
  ])('%s are refused', (_, days, reason) => {
    const found = report(csv(HEAD, days), PERIODS);
    expect(found.status).toBe('refused');
    expect(english(found.reasons).join('; ')).toMatch(reason);
    expect(found.avoided).toBeUndefined();
  });

  it('of a sub-meter may be zero', () => {
    const days = csv(
      HEAD,
      every(9, ([d, , t]) => [d, 0, t]),
    );
    expect(report(days, { ...PERIODS, zerosCount: true }).status).toBe('computed');
  });

  it('that are extreme are pointed out; a year of 366 is cut', () => {
    const found = report(
      csv(
        HEAD,
        every(300, ([d, , t]) => [d, 9999, t]),
      ),
      PERIODS,
    );
    expect(english(found.remarks).join()).toMatch(/median.*2025-01-04/);
    const long = { ...PERIODS, baseline: '2025-01-01..2026-01-10', reporting: '2026-02..2026-07' };
    expect(english(report(csv(HEAD, DAYS), long).remarks)[0]).toMatch(/375 days the last 365/);
  });

  it('with negative ones to compare give no verified saving', () => {
    const days = DAYS.map(([d, a, t], i): Day => [d, i === 400 ? -2000 : a, t]);
    const { verdict } = report(csv(HEAD, days), PERIODS);
    expect(verdict?.isVerified).toBe(false);
    expect(english(verdict?.misses ?? []).join()).toContain('negative');
  });

  it('asked for and not there count as left out', () => {
    const found = report(csv(HEAD, DAYS), { ...PERIODS, reporting: '2026-01..2026-12' });
    expect(found.avoided?.masked).toHaveLength(165);
    expect(found.verdict?.isVerified).toBe(false);
  });

  it('of water follow people; nobody is asked for a temperature', () => {
    const rows = DATES.map((date, i) => [date, (i < 365 ? 10 : 8) + (i % 3) / 10]);
    const found = report(csv('日期,用水量', rows), { ...PERIODS, carrier: 'water' });
    expect(found).toMatchObject({ status: 'computed', interval: 'daily' });
    expect((found.avoided?.avoided ?? 0) / 200).toBeCloseTo(2, 1);
  });
});

describe('periods', () => {
  it('that nobody names, or that overlap, are refused', () => {
    expect(() => report(csv(HEAD, DAYS))).toThrow(/--baseline A\.\.B/);
    expect(() => report(csv(HEAD, DAYS), { ...PERIODS, reporting: '2025-12..2026-03' })).toThrow(
      /apart/,
    );
  });
});

/** Calendar months of the table, with the mean temperature of each. */
const MONTHS = [...Map.groupBy(DAYS, ([date]) => date.slice(0, 7))]
  .map(([month, days]) => {
    const sum = (at: 1 | 2) => days.reduce((total, day) => total + Number(day[at]), 0);
    const from = `${month}-01`;
    const next = new Date(Date.parse(from) + days.length * DAY_MS).toISOString().slice(0, 10);
    return {
      from,
      next,
      last: days.at(-1)?.[0] ?? '',
      amount: sum(1),
      meanC: sum(2) / days.length,
    };
  })
  .slice(0, -1);
const HALF = { ...PERIODS, reporting: '2026-01..2026-06' };
const DAILY = TEMPERATURES;

describe('bills', () => {
  const bills = csv(
    'start,end,value',
    MONTHS.map(({ from, next, amount }) => [from, next, amount]),
  );
  const known = report(bills, { ...HALF, temperatures: DAILY });

  it('under daily temperatures find the saving', () => {
    expect(known).toMatchObject({ status: 'computed', interval: 'billing' });
    expect(known.model?.quality.rows).toBe(12);
    expect(known.avoided?.rows).toBe(6);
    const share = (known.avoided?.avoided ?? 0) / (known.avoided?.predicted ?? 1);
    expect(share).toBeCloseTo(0.15, 1);
  });

  it.each<[string, string]>([
    [
      'with their last days',
      csv(
        'from,to,kWh',
        MONTHS.map(({ from, last, amount }) => [from, last, amount]),
      ),
    ],
    [
      'that end where the next begins',
      csv('start,value', [
        ...MONTHS.map(({ from, amount }) => [from, amount]),
        ['2026-07-01', null],
      ]),
    ],
    [
      'of months',
      csv(
        '账单月份,用电量',
        MONTHS.map(({ from, amount }) => [
          `${from.slice(0, 7).replace('-0', '年').replace('-', '年')}月`,
          amount,
        ]),
      ),
    ],
    [
      'among days of temperatures',
      csv(
        HEAD,
        DAYS.filter(([date]) => date < '2026-07').map(([date, , t]) => [
          date,
          MONTHS.find(({ from }) => from === date)?.amount ?? null,
          t,
        ]),
      ),
    ],
  ])('%s are the same', (name, text) => {
    const temperatures = name.startsWith('among') ? {} : { temperatures: DAILY };
    const found = report(text, { ...HALF, ...temperatures });
    expect(found.avoided?.avoided).toBeCloseTo(known.avoided?.avoided ?? 0, 6);
  });

  it('that bring their mean temperature alone say what that costs', () => {
    const rows = MONTHS.map(({ from, next, amount, meanC }) => [from, next, amount, meanC]);
    const found = report(csv('start,end,value,temp_c', rows), HALF);
    expect(found.status).toBe('computed');
    expect(english(found.remarks)[0]).toMatch(/only their mean temperature/);
  });

  it('without an end are left out: the last of a period that names itself', () => {
    const rows = MONTHS.filter(({ from }) => from !== '2026-01-01').map(
      ({ from, amount, meanC }) => [from, from < '2026' ? 'baseline' : 'reporting', amount, meanC],
    );
    const found = report(csv('date,period,value,temp_c', rows));
    expect(
      english(found.remarks)
        .slice(0, 2)
        .map((text) => text.slice(0, 25)),
    ).toEqual(['bill 2026-06-01 has no en', 'bill 2025-12-01 has no en']);
    expect(found.model?.quality.rows).toBe(11);
  });

  it.each<[string, (month: (typeof MONTHS)[number], i: number) => Cell, RegExp]>([
    ['missing', ({ amount }, i) => (i === 3 || i === 6 ? null : amount), /cover 304 days/],
    ['zero', ({ amount }, i) => (i === 3 || i === 6 ? 0 : amount), /cover 304 days/],
    ['negative', ({ amount }, i) => (i === 3 ? -amount : amount), /bills are negative.*2025-04-01/],
  ])('%s are refused', (_, amountOf, reason) => {
    const rows = MONTHS.map((month, i) => [month.from, month.next, amountOf(month, i)]);
    const found = report(csv('start,end,value', rows), { ...HALF, temperatures: DAILY });
    expect(found.status).toBe('refused');
    expect(english(found.reasons).join('; ')).toMatch(reason);
  });

  it('that overlap, or are neither days nor bills, are faults', () => {
    const rows = MONTHS.map(({ from, next, amount }, i) => [
      from,
      i === 4 ? '2025-06-09' : next,
      amount,
    ]);
    expect(() => report(csv('start,end,value', rows), HALF)).toThrow(/table\.csv:7 .*line 6 ends/);
    const weeks = DAYS.filter((_, i) => i % 7 === 0);
    expect(() => report(csv(HEAD, weeks), PERIODS)).toThrow(/rows 7 days apart/);
    expect(() => report(bills, { ...HALF, carrier: 'water' })).toThrow(/a row a day/);
  });
});
