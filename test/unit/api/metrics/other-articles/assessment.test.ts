/** Articles 38, 39 and 40: composite and ranking, complaints and trend, what the public may see. */
import { describe, expect, it } from 'vitest';
import { factsAt } from '../../../../../api/assessment/facts.ts';
import type { MetricInput } from '../../../../../api/metrics/input.ts';
import { disclosure } from '../../../../../api/metrics/other-articles/disclosure.ts';
import { greenDevelopmentScore } from '../../../../../api/metrics/other-articles/green-development-score.ts';
import { performanceTrend } from '../../../../../api/metrics/other-articles/performance-trend.ts';
import { satisfiedUsers } from '../../../../../api/metrics/other-articles/satisfied-users.ts';
import { settledComplaints } from '../../../../../api/metrics/other-articles/settled-complaints.ts';
import { unitRanking } from '../../../../../api/metrics/other-articles/unit-ranking.ts';
import { type AnyEntry, entry, recordsFrom } from '../../../../support/ledger-entries.ts';
import { metricInput } from '../../../../support/metric-input.ts';
import { treeInput, type UnitFacts } from '../../../../support/metric-tree.ts';
import { demoRegistry } from '../../../../support/registry.ts';

const demo = await demoRegistry();
const { factor } = factsAt(
  demo,
  { agency: demo.agency('baiyan-fy'), buildings: [] },
  Date.parse('2026-06-01T00:00Z'),
);
const BASE = metricInput();
const WEEK = BASE.elapsed;

describe('the green development score', () => {
  const roof: AnyEntry = entry('roof', WEEK, {
    building: 'b',
    date: '2026-01-01',
    installableM2: 100,
    pvM2: 60,
  });
  const patrol: AnyEntry = entry('patrol-round', WEEK, {
    agency: 'a',
    plannedOn: '2026-10-12',
    doneOn: '2026-10-12',
    onTime: true,
    points: 10,
    findings: 0,
  });

  function scored(over: Partial<MetricInput> = {}) {
    const water = (m3: number) => metricInput({ amounts: { '02000': m3 } });
    return {
      ...water(1950),
      periodKind: 'year' as const,
      earlier: () => water(2000),
      target: (id: string) =>
        id === 'statistical-water-per-person'
          ? {
              id: 't',
              metric: id,
              baseYear: 2025,
              targetYear: 2030,
              change: -0.1,
              source: 't',
              verified: true,
            }
          : undefined,
      peerMean: (id: string) =>
        id === 'statistical-water-per-person'
          ? {
              id: 'm',
              metric: id,
              type: 'state-organ' as const,
              year: 2025,
              value: 20,
              unit: 'm³/人',
              region: 't',
              source: 't',
              verified: true,
            }
          : undefined,
      records: recordsFrom([patrol]),
      latest: recordsFrom([roof]),
      ...over,
    };
  }

  it('weighs four components by a quarter each, in the open', () => {
    // A quarter of the way to the target: 25. 19.5 against 20: 6 of 7 points. All measured: 100.
    // Roof and patrol of five measures: 40.
    const outcome = greenDevelopmentScore.compute(scored());
    expect(outcome.value).toBeCloseTo((25 + (6 / 7) * 100 + 100 + 40) / 4, 9);
    expect(outcome.parts?.map(({ name }) => name.zh)).toEqual([
      '目标完成（权重 0.25）',
      '同类对标（权重 0.25）',
      '数据质量（权重 0.25）',
      '节约措施（权重 0.25）',
    ]);
    const sum = outcome.parts?.reduce((all, { value }) => all + (value ?? 0), 0);
    expect(sum).toBeCloseTo(outcome.value ?? 0, 9);
  });

  it('has no value when a component has none: its weight goes to no other', () => {
    for (const over of [
      { target: () => undefined },
      { peerMean: () => undefined },
      { records: recordsFrom([]), latest: recordsFrom([]) },
      { ended: false },
    ]) {
      const outcome = greenDevelopmentScore.compute(scored(over));
      expect(outcome.value).toBeNull();
      expect(outcome.reasons.length).toBeGreaterThan(0);
    }
  });
});

function unit(id: string, kgce: number | null, facts: Partial<UnitFacts> = {}): UnitFacts {
  const kwh = kgce === null ? null : kgce / 0.1229;
  const amounts = { '01000': kwh, '02000': 500, '04000': 0 };
  return { id, amounts, floorM2: 1000, persons: 50, ...facts };
}

describe('the ranking', () => {
  const rank = (units: readonly UnitFacts[], over: Partial<MetricInput> = {}) =>
    unitRanking.compute(treeInput(units, { factor, periodKind: 'year', ...over }));
  const school = { agency: { type: 'education' as const } };

  it('keeps to one tier and type, and equal figures share a place', () => {
    const outcome = rank([
      unit('u1', 9000),
      unit('u2', 5000),
      unit('u3', 9000),
      unit('s1', 1000, school),
      unit('s2', 2000, school),
      unit('h1', 1, { agency: { type: 'health' } }),
    ]);
    expect(outcome.value).toBe(5);
    expect(outcome.parts?.map(({ name }) => name.zh)).toEqual([
      '1/3 单位u2',
      '2/3 单位u1',
      '2/3 单位u3',
      '1/2 单位s1',
      '2/2 单位s2',
    ]);
    expect(outcome.reasons.map(({ zh }) => zh)).toEqual(['未参与排名：单位h1']);
  });

  it('does not set a unit that meters heat against one that does not', () => {
    const bare = unit('u2', null, { amounts: { '01000': 100 } });
    expect(rank([unit('u1', 9000), bare]).value).toBeNull();
    expect(rank([unit('u1', 9000), unit('u2', 5000)]).value).toBe(2);
  });

  it('needs a whole year', () => {
    expect(rank([unit('u1', 1), unit('u2', 2)], { periodKind: 'month' }).value).toBeNull();
  });
});

describe('complaints', () => {
  const complaint = (date: string, settledOn?: string): AnyEntry =>
    entry('complaint', WEEK, {
      agency: 'a',
      date,
      subject: 'temperature',
      description: '办公室冷',
      ...(settledOn === undefined ? {} : { settledOn }),
    });

  it('are settled by the period’s end or not, in so many days', () => {
    const records = recordsFrom([
      complaint('2026-10-12', '2026-10-12'),
      complaint('2026-10-13', '2026-10-16'),
      complaint('2026-10-14', '2026-10-20'),
      complaint('2026-10-15'),
    ]);
    const outcome = settledComplaints.compute(metricInput({ overrides: { records } }));
    // The period ends with 18 October: two of four; 0 and 3 days.
    expect(outcome.value).toBe(50);
    expect(outcome.parts?.[1]?.value).toBe(1.5);
  });

  it('are not "all settled" where nobody entered any', () => {
    expect(settledComplaints.compute(BASE).value).toBeNull();
  });
});

describe('satisfaction', () => {
  it('is of the answers of all surveys, never a mean of their rates', () => {
    const survey = (answers: number, satisfied: number) =>
      entry('satisfaction-survey', BASE.elapsed, {
        ...{ agency: 'a', date: '2026-10-14', answers, satisfied },
      });
    // (90 + 5) of (100 + 20): 79.17 %; the mean of 90 % and 25 % would be 57.5 %.
    const records = recordsFrom([survey(100, 90), survey(20, 5)]);
    const value = (overrides: object) => satisfiedUsers.compute(metricInput({ overrides })).value;
    expect(value({ records })).toBeCloseTo((95 / 120) * 100, 12);
    expect(value({ records: recordsFrom([survey(0, 0)]) })).toBeNull();
    expect(satisfiedUsers.compute(BASE).value).toBeNull();
  });
});

describe('the trend', () => {
  const year = (kwh: number, m3: number, more = {}) =>
    metricInput({
      amounts: { '01000': kwh, '02000': m3, '04000': 10, ...more },
      overrides: { factor },
    });

  it('counts the figures that are lower than in the same part of the year before', () => {
    const before = year(10_000, 100);
    const input = { ...year(9000, 110), earlier: () => before };
    const outcome = performanceTrend.compute(input);
    // Three of energy and carbon fell, water rose by a tenth.
    expect(outcome.value).toBe(75);
    expect(outcome.parts?.[2]?.value).toBeCloseTo(10, 9);
  });

  it('compares nothing of which one year leaves a carrier out', () => {
    const before = metricInput({
      amounts: { '01000': 10_000, '02000': 100 },
      overrides: { factor },
    });
    const input = { ...year(9000, 90), earlier: () => before };
    expect(performanceTrend.compute(input)).toMatchObject({ value: null });
    expect(performanceTrend.compute(year(9000, 90)).value).toBeNull();
  });
});

describe('disclosure', () => {
  const region = {
    ...BASE.registry.region,
    disclosure: { fewestPersons: 30, source: 't', verified: false },
  };
  const show = (units: readonly UnitFacts[], over: Partial<MetricInput> = {}) =>
    disclosure.compute(treeInput(units, { factor, ...over }, { region }));

  it('shows units by name and small ones together', () => {
    const outcome = show([
      unit('u1', 5000, { persons: 100 }),
      unit('u2', 3000, { persons: 10 }),
      unit('u3', 1000, { persons: 25 }),
    ]);
    expect(outcome.value).toBeCloseTo(100 / 3, 9);
    expect(outcome.parts?.map(({ name, value }) => [name.zh, value])).toEqual([
      ['单位u1：单位建筑面积能耗', expect.closeTo(5, 9)],
      ['单位u1：人均能耗（不含公务用车）', expect.closeTo(50, 9)],
      ['单位u1：人均用水量', 5],
      ['其他 2 个单位（合并）：单位建筑面积能耗', expect.closeTo(2, 9)],
      ['其他 2 个单位（合并）：人均能耗（不含公务用车）', expect.closeTo(4000 / 35, 9)],
      ['其他 2 个单位（合并）：人均用水量', expect.closeTo(1000 / 35, 9)],
    ]);
  });

  it('lets a larger unit join when one small one would stand alone', () => {
    const outcome = show([
      unit('u1', 5000, { persons: 100 }),
      unit('u2', 3000, { persons: 40 }),
      unit('u3', 1000, { persons: 10 }),
    ]);
    const names = outcome.parts?.map(({ name }) => name.zh).join() ?? '';
    expect(names).not.toContain('u2');
    expect(names).toContain('其他 2 个单位');
    expect(names).toContain('u1');
  });

  it('shows nothing that would give a small unit away', () => {
    expect(show([unit('u1', 5000, { persons: 10 })]).value).toBeNull();
    const two = [unit('u1', 1, { persons: 10 }), unit('u2', 1, { persons: 15 })];
    expect(show(two).value).toBeNull();
  });

  it('waits for the period’s end and for a rule of how many people, and names who lacks data', () => {
    const units = [unit('u1', 5000), unit('u2', null)];
    expect(show(units, { ended: false }).value).toBeNull();
    expect(disclosure.compute(treeInput(units, { factor })).value).toBeNull();
    const outcome = show(units);
    expect(outcome).toMatchObject({ value: 50, completeness: 0.5 });
    expect(outcome.reasons[0]?.zh).toContain('单位u2');
  });
});
