/** Water metrics that rest on the ledger: patrols, repairs, fixtures, plant, rain and reclaimed water. */
import { describe, expect, it } from 'vitest';
import type { BodyOf } from '../../../../../api/ledger/ledger.ts';
import { condensateReturn } from '../../../../../api/metrics/article-26/condensate-return.ts';
import { coolingMakeUp } from '../../../../../api/metrics/article-26/cooling-make-up.ts';
import { fixtureLeakRate } from '../../../../../api/metrics/article-26/fixture-leak-rate.ts';
import { heatingMakeUp } from '../../../../../api/metrics/article-26/heating-make-up.ts';
import { patrolExecution } from '../../../../../api/metrics/article-26/patrol-execution.ts';
import { timeToRepair } from '../../../../../api/metrics/article-26/time-to-repair.ts';
import { unconventionalShare } from '../../../../../api/metrics/article-26/unconventional-water-share.ts';
import { waterContracts } from '../../../../../api/metrics/article-26/water-contracts.ts';
import { waterSavingFixtures } from '../../../../../api/metrics/article-26/water-saving-fixtures.ts';
import { DAY_MS } from '../../../../../domain/period.ts';
import { type AnyEntry, entry, recordsFrom } from '../../../../support/ledger-entries.ts';
import { type AccountFacts, metricInput } from '../../../../support/metric-input.ts';

const WEEK = metricInput().elapsed;
const DAYS = { agency: 'a', firstDay: '2026-10-12', lastDay: '2026-10-18' };

function inputWith(entries: readonly AnyEntry[], facts: AccountFacts = {}) {
  const { overrides } = facts;
  return metricInput({ ...facts, overrides: { records: recordsFrom(entries), ...overrides } });
}

describe('patrol rounds', () => {
  const round = (done?: { onTime: boolean; points: number; findings: number }) =>
    entry('patrol-round', WEEK, {
      ...{ agency: 'a', plannedOn: '2026-10-12' },
      ...(done ? { doneOn: '2026-10-13', ...done } : {}),
    });

  it('were walked in so many of the planned, on time and with ten points in so many of those', () => {
    const walked = [
      round({ onTime: true, points: 12, findings: 2 }),
      round({ onTime: false, points: 10, findings: 0 }),
      round({ onTime: true, points: 9, findings: 1 }),
    ];
    const outcome = patrolExecution.compute(inputWith([...walked, round()]));
    expect(outcome.value).toBe(75);
    expect(outcome.parts?.map(({ value }) => value)).toEqual([
      expect.closeTo(200 / 3, 9),
      expect.closeTo(200 / 3, 9),
    ]);
    expect(outcome.terms.map(({ value }) => value)).toEqual([4, 3, 2, 2, 3]);
  });

  it('none walked is 0 %, none planned is no figure', () => {
    expect(patrolExecution.compute(inputWith([round()])).value).toBe(0);
    expect(patrolExecution.compute(metricInput()).value).toBeNull();
  });
});

describe('repairs', () => {
  const order = (body: Partial<BodyOf<'work-order'>>) =>
    entry('work-order', WEEK, {
      ...{ kind: 'leak', openedAt: '2026-10-12T00:00:00Z', description: 'x', building: 'hall' },
      ...body,
    });

  it('take the mean of their hours; open ones are named, others left out', () => {
    const orders = [
      order({ closedAt: '2026-10-12T02:00:00Z' }),
      order({ closedAt: '2026-10-12T10:00:00Z', meter: 'w' }),
      order({ kind: 'repair', closedAt: '2026-10-13T00:00:00Z' }),
      order({ meter: 'w' }),
      order({ kind: 'other', closedAt: '2026-11-12T00:00:00Z' }),
    ];
    const outcome = timeToRepair.compute(inputWith(orders));
    // 2, 10 and 24 hours; the median is 10 and 95 % were closed within 24.
    expect(outcome.value).toBe(12);
    expect(outcome.parts?.map(({ value }) => value)).toEqual([10, 24]);
    expect(outcome.reasons[0]?.en).toContain('1 orders are still open');
    // Three leaks at two places: the hall once, the meter twice.
    expect(outcome.terms.map(({ value }) => value)).toEqual([4, 3, 3, 1]);
  });

  it('have no mean while none is closed', () => {
    expect(timeToRepair.compute(inputWith([order({})])).value).toBeNull();
    expect(timeToRepair.compute(metricInput()).value).toBeNull();
  });
});

describe('fixtures', () => {
  const inspection = (inspected: number, leaking: number, building?: string) => ({
    ...entry('fixture-inspection', WEEK, {
      ...{ agency: 'a', date: '2026-10-12', inspected, leaking },
      ...(building ? { building } : {}),
    }),
  });

  it('leak by count, each building by its newest inspection', () => {
    const older = inspection(100, 50);
    const newer = { ...inspection(100, 3), fromMs: WEEK.fromMs + DAY_MS };
    const outcome = fixtureLeakRate.compute(inputWith([older, newer, inspection(50, 3, 'hall')]));
    // (3 + 3) of (100 + 50), not the mean of 3 % and 6 %.
    expect(outcome.value).toBe(4);
    expect(outcome.grade?.id).toBe('met');
    expect(fixtureLeakRate.compute(inputWith([inspection(100, 5)])).grade?.id).toBe('missed');
  });

  it('have no rate where none was looked at', () => {
    expect(fixtureLeakRate.compute(inputWith([inspection(0, 0)])).value).toBeNull();
    expect(fixtureLeakRate.compute(metricInput()).value).toBeNull();
  });

  it('save water in so many of all; grade 1 is known only where every count has it', () => {
    const counted = (gradeOne?: number, building?: string) =>
      entry('fixtures', WEEK, {
        ...{ agency: 'a', date: '2026-01-01', total: 50, waterSaving: 49 },
        ...(gradeOne === undefined ? {} : { gradeOne }),
        ...(building === undefined ? {} : { building }),
      });
    const both = waterSavingFixtures.compute(inputWith([counted(20), counted(30, 'hall')]));
    expect(both.value).toBe(98);
    expect(both.parts?.[0]?.value).toBe(50);
    const one = waterSavingFixtures.compute(inputWith([counted(20), counted(undefined, 'hall')]));
    expect(one).toMatchObject({ value: 98, parts: [{ value: null }] });
  });
});

describe('plant', () => {
  const plant = (body: Partial<BodyOf<'water-plant'>>, range = WEEK) =>
    entry('water-plant', range, { ...DAYS, ...body });

  it('makes up so much of what circulates, and brings back so much of its steam', () => {
    const entries = [
      plant({ coolingCirculationM3: 8000, coolingMakeUpM3: 60, steamT: 40, condensateT: 22 }),
    ];
    expect(coolingMakeUp.compute(inputWith(entries)).value).toBeCloseTo(0.75, 12);
    expect(condensateReturn.compute(inputWith(entries)).value).toBeCloseTo(55, 12);
  });

  it('has no rate without both figures, from part of the days, or by zero', () => {
    expect(coolingMakeUp.compute(inputWith([plant({ coolingMakeUpM3: 60 })])).value).toBeNull();
    const none = plant({ coolingCirculationM3: 0, coolingMakeUpM3: 0, steamT: 0, condensateT: 0 });
    expect(coolingMakeUp.compute(inputWith([none])).value).toBeNull();
    expect(condensateReturn.compute(inputWith([none])).value).toBeNull();
    const half = { fromMs: WEEK.fromMs, toMs: WEEK.fromMs + 3 * DAY_MS };
    const partial = inputWith([plant({ coolingCirculationM3: 8000, coolingMakeUpM3: 60 }, half)]);
    expect(coolingMakeUp.compute(partial)).toMatchObject({ value: null, completeness: 3 / 7 });
  });

  it('does not apply where there is none', () => {
    const without = inputWith([plant({ centralCooling: false, steamBoiler: false })]);
    expect(coolingMakeUp.compute(without).reasons[0]?.en).toContain('not applicable');
    expect(condensateReturn.compute(without).reasons[0]?.en).toContain('not applicable');
  });

  it('of heating makes up so much per square metre and per gigajoule, in the season only', () => {
    const entries = [plant({ heatingMakeUpM3: 30 })];
    const outcome = heatingMakeUp.compute(inputWith(entries, { amounts: { '04000': 60 } }));
    expect(outcome.value).toBeCloseTo(30 / 1500, 12);
    expect(outcome.parts?.[0]).toMatchObject({ value: 0.5, unit: 'm³/GJ' });
    const summer = inputWith(entries, { overrides: { heatingDays: 0 } });
    expect(heatingMakeUp.compute(summer).value).toBeNull();
  });
});

describe('rain and reclaimed water', () => {
  const rain = (quantityM3: number) =>
    entry('unconventional-water', WEEK, { ...DAYS, source: 'rain', quantityM3 });

  it('is a share of all water, and replaces so much of the tap', () => {
    const outcome = unconventionalShare.compute(
      inputWith([rain(20)], { amounts: { '02000': 60 } }),
    );
    expect(outcome).toMatchObject({ value: 25, parts: [{ value: 20 }] });
  });

  it('is 0 % only where somebody says so, and needs some water', () => {
    const amounts = { '02000': 60 };
    expect(unconventionalShare.compute(inputWith([rain(0)], { amounts })).value).toBe(0);
    expect(unconventionalShare.compute(metricInput({ amounts })).value).toBeNull();
    const dry = inputWith([rain(0)], { amounts: { '02000': 0 } });
    expect(unconventionalShare.compute(dry).value).toBeNull();
  });
});

it('water contracts are counted apart from those of energy', () => {
  const contract = (resource: 'energy' | 'water') =>
    entry('emc-project', WEEK, {
      ...{ agency: 'a', name: resource, resource, mode: 'shared', contractor: 'c' },
      ...{ firstDay: '2026-01-01', lastDay: '2027-12-31' },
    });
  expect(waterContracts.compute(inputWith([contract('energy'), contract('water')])).value).toBe(1);
  expect(waterContracts.compute(inputWith([contract('energy')])).value).toBeNull();
});
