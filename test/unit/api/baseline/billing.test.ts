/** Which bills become rows: lengths, estimated reads, and temperatures of their days. */
import { describe, expect, it } from 'vitest';
import { type BillingRead, billingRows } from '../../../../api/baseline/billing.ts';
import type { DayDriver } from '../../../../api/baseline/rows.ts';
import { datesFrom } from './days.ts';

const temperatures: readonly DayDriver[] = datesFrom('2025-01-01', 200).map((date, i) => ({
  date,
  value: i,
}));
const read = (fromDate: string, toDate: string, value: number | null, estimated = false) =>
  ({ fromDate, toDate, value, estimated }) satisfies BillingRead;
const rows = (bills: readonly BillingRead[], known = temperatures, cycle = 'monthly' as const) =>
  billingRows(bills, known, cycle).rows.map(({ date, amount, days, drivers, estimatedDays }) => ({
    date,
    amount,
    days,
    drivers: drivers.length,
    estimatedDays,
  }));

describe('bills as rows', () => {
  it('need temperatures for nine tenths of their days', () => {
    const bill = [read('2025-01-01', '2025-01-31', 90)];
    const without = (count: number) =>
      temperatures.map((day, i) => (i < count ? { ...day, value: null } : day));
    expect(rows(bill, without(3))).toMatchObject([{ amount: 90, drivers: 27 }]);
    expect(rows(bill, without(4))).toMatchObject([{ amount: 90, drivers: 0 }]);
  });

  it('count from 25 to 35 days, every other month up to 70', () => {
    const amounts = (toDate: string) => rows([read('2025-01-01', toDate, 1)])[0]?.amount;
    expect(amounts('2025-01-25')).toBeNull();
    expect(amounts('2025-01-26')).toBe(1);
    expect(amounts('2025-02-05')).toBe(1);
    expect(amounts('2025-02-06')).toBeNull();
    const long = [read('2025-01-01', '2025-03-12', 1)];
    expect(billingRows(long, temperatures, 'bimonthly').rows[0]?.amount).toBe(1);
  });

  it('join one estimated read with the next real one; two in a row, the first stays unknown', () => {
    const bills = [
      read('2025-01-01', '2025-01-31', 10, true),
      read('2025-01-31', '2025-03-02', 20),
      read('2025-03-02', '2025-04-01', 6, true),
      read('2025-04-01', '2025-05-01', 3, true),
      read('2025-05-01', '2025-05-31', 4),
    ];
    expect(rows(bills.toReversed())).toMatchObject([
      { date: '2025-01-01', amount: 30, days: 60, estimatedDays: 30 },
      { date: '2025-03-02', amount: null, days: 30, estimatedDays: 30 },
      { date: '2025-04-01', amount: 7, days: 60, estimatedDays: 30 },
    ]);
  });

  it('join no reads with days between them, nor an estimate that nothing follows', () => {
    const apart = [
      read('2025-01-01', '2025-01-31', 10, true),
      read('2025-02-02', '2025-03-02', 20),
    ];
    expect(rows(apart)).toMatchObject([{ amount: null }, { amount: 20, days: 28 }]);
    expect(rows([read('2025-01-01', '2025-01-31', 10, true)])).toMatchObject([{ amount: null }]);
  });
});
