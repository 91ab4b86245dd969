/** A26-12: only water that was verified counts; plan and meter stand beside it, energy is left to Article 25. */
import { describe, expect, it } from 'vitest';
import { avoidedUse, driverBaselineFor } from '../../../../../api/baseline/baseline.ts';
import { workdayDriver } from '../../../../../api/baseline/presence.ts';
import { dateOf, dayNumber } from '../../../../../api/baseline/rows.ts';
import { savings } from '../../../../../api/baseline/savings.ts';
import { retrofitWaterSaving } from '../../../../../api/metrics/article-26/retrofit-water-saving.ts';
import type { RetrofitAccount, RetrofitSaving } from '../../../../../api/metrics/input.ts';
import { isWorkday } from '../../../../../domain/calendar.ts';
import { entry } from '../../../../support/ledger-entries.ts';
import { metricInput } from '../../../../support/metric-input.ts';

const START = dayNumber('2025-01-01');
const dates = (first: number, count: number) =>
  Array.from({ length: count }, (_, day) => dateOf(START + first + day));

/** So many m³ on a working day, 1 on a day off, with a hand's breadth of noise. */
function days(list: readonly string[], workdayM3: number) {
  return list.map((date, index) => ({
    date,
    value: (isWorkday(date) ? workdayM3 : 1) + ((index * 7919) % 11) / 100,
  }));
}

/** A year at 10 m³ a working day, then a year at `after`. */
function saving(carrier: RetrofitSaving['carrier'], after: number): RetrofitSaving {
  const [before, now] = [dates(0, 365), dates(365, 365)];
  const baseline = driverBaselineFor({ days: days(before, 10), drivers: workdayDriver(before) });
  if (!baseline.ok) throw new Error('no baseline');
  const avoided = avoidedUse(baseline.baseline, {
    days: days(now, after),
    drivers: workdayDriver(now),
  });
  const planned = { saving: 600, source: 'ledger' };
  const report = savings({ baseline, avoided, option: 'C', planned });
  return { carrier, source: 'meters w', effectiveFrom: '2026-01-01', wholePeriod: true, report };
}

function account(...of: readonly RetrofitSaving[]): RetrofitAccount {
  const range = metricInput().elapsed;
  return {
    entry: entry('retrofit', range, {
      ...{ agency: 'a', name: '洁具', measure: 'water-fixtures', startedOn: '2026-01-01' },
    }),
    savings: of,
  };
}

const compute = (...retrofits: readonly RetrofitAccount[]) =>
  retrofitWaterSaving.compute(metricInput({ overrides: { retrofits } }));

describe('water saved by retrofits', () => {
  it('is what people would have used on the same working days less what they did', () => {
    const workdays = dates(365, 365).filter(isWorkday).length;
    const outcome = compute(account(saving('water', 7), saving('electricity', 5)));
    // 3 m³ less on every working day of the year after.
    expect(outcome.value).toBeCloseTo(3 * workdays, -1);
    expect(outcome.parts?.[0]).toMatchObject({ value: 600 });
    expect(outcome.parts?.every(({ name }) => name.zh.includes('水'))).toBe(true);
  });

  it('is no figure when more was used, when no meter is around, or when there is no retrofit', () => {
    const worse = compute(account(saving('water', 12)));
    expect(worse.value).toBeNull();
    expect(worse.reasons[0]?.en).toContain('not verified');
    expect(compute(account()).reasons[0]?.en).toContain('no water meter around it');
    expect(compute().reasons[0]?.en).toContain('enter them under retrofits');
  });
});
