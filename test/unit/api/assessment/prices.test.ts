/** Prices over a period: the one that held, or the mean by what was used while each did. */
import { describe, expect, it } from 'vitest';
import { pricesOver } from '../../../../api/assessment/prices.ts';
import type { AgencyConsumption } from '../../../../domain/consumption.ts';
import { daysIn, type Period, parsePeriod } from '../../../../domain/period.ts';
import { createRegistry } from '../../../../registry/registry.ts';
import { testRegistry } from '../../../support/pipeline.ts';

const ZONE = 'Asia/Shanghai';
const OCTOBER = parsePeriod('2026-10', ZONE) as Period;

function priced(...prices: readonly (readonly [string, string, number])[]) {
  const entries = prices.map(([id, from, value]) => ({
    ...{ id, carrier: 'water' as const, from, value, unit: '元/m³', region: 'x' },
    ...{ source: `${id} 文`, verified: true },
  }));
  return createRegistry({ ...testRegistry().written, prices: entries }, new Map());
}

/** A cubic metre a day before the 11th, four from then on. */
function days(unknownDay?: number): AgencyConsumption[] {
  return daysIn(OCTOBER, ZONE).map(({ fromMs }, index) => ({
    ...{ agencyId: 'right', carrier: 'water', item: '02000', resolution: 'day', startMs: fromMs },
    ...{ value: index === unknownDay ? null : index < 10 ? 1 : 4, coverage: 1, manual: 0 },
    ...{ estimated: 0, known: 1, class: 'measured', flags: [], ruleVersion: 1, revision: 0 },
  }));
}

const OLD = ['old', '2024-01-01', 5] as const;
const NEW = ['new', '2026-10-11', 7] as const;

describe('the price over a period', () => {
  it('is the one that held all through it', () => {
    const price = pricesOver(priced(OLD), OCTOBER, days())('water');
    expect(price).toEqual({ value: 5, source: 'old：old 文', ids: ['old'] });
  });

  it('is the mean by what was used, where it changed within', () => {
    // 10 m³ at 5 yuan, then 21 days × 4 m³ at 7 yuan: (50 + 588) / 94.
    const price = pricesOver(priced(NEW, OLD), OCTOBER, days())('water');
    expect(price?.value).toBeCloseTo(638 / 94, 12);
    expect(price).toMatchObject({ source: 'old：old 文；new：new 文', ids: ['old', 'new'] });
  });

  it('is the mean by days where a day is unknown', () => {
    const price = pricesOver(priced(OLD, NEW), OCTOBER, days(3))('water');
    expect(price?.value).toBeCloseTo((10 * 5 + 21 * 7) / 31, 12);
  });

  it('is none while a part of the period has none, or for another carrier', () => {
    expect(pricesOver(priced(NEW), OCTOBER, days())('water')).toBeUndefined();
    expect(pricesOver(priced(OLD), OCTOBER, days())('gas')).toBeUndefined();
  });
});
