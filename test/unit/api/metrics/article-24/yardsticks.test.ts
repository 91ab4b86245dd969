/** A24-09, 10 and 16: grades by quota, bands by peers, and what was explained of what is over. */
import { describe, expect, it } from 'vitest';
import { factsAt } from '../../../../../api/assessment/facts.ts';
import { quotaFor } from '../../../../../api/assessment/quota.ts';
import { energyPerPerson } from '../../../../../api/metrics/article-24/energy-per-person.ts';
import { explainedOverQuota } from '../../../../../api/metrics/article-24/explained-over-quota.ts';
import { peerBand } from '../../../../../api/metrics/article-24/peer-band.ts';
import { quotaGrade } from '../../../../../api/metrics/article-24/quota-grade.ts';
import { electricityPerArea } from '../../../../../api/metrics/article-25/electricity-per-area.ts';
import type { MetricInput } from '../../../../../api/metrics/input.ts';
import { createRegistry } from '../../../../../registry/registry.ts';
import type { PeerMean, Quota } from '../../../../../registry/schema.ts';
import { quotaOf } from '../../../../../registry/yardsticks.ts';
import { entry, recordsFrom } from '../../../../support/ledger-entries.ts';
import { metricInput } from '../../../../support/metric-input.ts';
import { treeInput } from '../../../../support/metric-tree.ts';
import { demoRegistry } from '../../../../support/registry.ts';

const demo = await demoRegistry();
const { factor } = factsAt(
  demo,
  { agency: demo.agency('baiyan-fy'), buildings: [] },
  Date.parse('2026-06-01T00:00Z'),
);

function quota(over: Partial<Quota>): Quota {
  return {
    id: 'q',
    metric: 'electricity-per-area',
    tier: 'unit',
    unit: 'kWh/(m²·a)',
    constraint: 67.4,
    baseline: 39.5,
    guide: 20,
    region: '山东',
    source: 'DB37/T 2672-2019 表4',
    verified: false,
    ...over,
  };
}

/** DB37/T 2672-2019 表3 市级以下 A, weighed with that standard's own factors and heads. */
const PER_PERSON = quota({
  id: 'p',
  metric: 'energy-per-person',
  profile: 'db37-quota',
  heads: 'quota',
  unit: 'kgce/(人·a)',
  constraint: 1197.8,
  baseline: 781,
  guide: 453.7,
});

function graded(kwh: number, quotas: readonly Quota[], over: Partial<MetricInput> = {}) {
  return metricInput({
    amounts: { '01000': kwh, '04000': 0 },
    overrides: {
      periodKind: 'year',
      factor,
      quota: (id) => quotas.find(({ metric }) => metric === id),
      ...over,
    },
  });
}

describe('quota grades', () => {
  it.each([
    [20, 'guide'],
    [20.1, 'baseline'],
    [39.5, 'baseline'],
    [67.4, 'constraint'],
    [67.5, 'over'],
  ])('%d kWh/m² is %s', (perM2, id) => {
    // 2000 m²
    const outcome = quotaGrade.compute(graded(perM2 * 2000, [quota({})]));
    expect(outcome.grade?.id).toBe(id);
    expect(outcome.value).toBeCloseTo((perM2 / 67.4) * 100, 9);
  });

  it('weigh energy and count people as the quota’s standard does', () => {
    // 200 000 kWh: at 0.31 kgce/kWh 62 000 kgce, over 80 people of that definition 775: reasonable.
    // At 0.1229 and 100 people it would be 245.8, which looks advanced.
    const persons = (definition = 'statistics') => (definition === 'quota' ? 80 : 100);
    const outcome = quotaGrade.compute(graded(200_000, [PER_PERSON], { persons }));
    expect(outcome.grade?.id).toBe('baseline');
    expect(outcome.value).toBeCloseTo((775 / 1197.8) * 100, 9);
    const bases = outcome.terms.filter(({ source }) => source.startsWith('coal-electricity'));
    expect(bases.map(({ value }) => value)).toEqual([0.31]);
  });

  it('never hold the national figure against a quota with factors of its own', () => {
    const input = graded(200_000, [PER_PERSON]);
    expect(quotaFor(energyPerPerson, input, 245.8)).toBeUndefined();
    expect(quotaFor(electricityPerArea, graded(1, [quota({})]), 30)?.grade).toBe('baseline');
  });

  it('are those of the worst figure', () => {
    const outcome = quotaGrade.compute(graded(200_000, [quota({}), PER_PERSON]));
    // 100 kWh/m² is over 67.4; 620 kgce a head is within the baseline.
    expect(outcome.grade?.id).toBe('over');
    expect(outcome.grade?.source).toContain('表4');
    expect(outcome.parts).toHaveLength(2);
  });

  it('have no value where quota and figure are in different units', () => {
    // DB37 gives heating in kgce, the figure is in GJ: 12.7 would pass for anything.
    const heating = quota({ metric: 'heating-per-area', unit: 'kgce/(m²·a)', constraint: 12.7 });
    const outcome = quotaGrade.compute(graded(1, [heating]));
    expect(outcome.value).toBeNull();
    expect(outcome.reasons[0]?.zh).toContain('不一致');
    const inGj = quota({ metric: 'heating-per-area', unit: 'GJ/(m²·a)', constraint: 0.4 });
    expect(quotaGrade.compute(graded(1, [inGj])).value).toBe(0);
  });

  it('have no value in part of a year, without a quota, or with an unknown figure', () => {
    for (const input of [
      graded(1, [quota({})], { periodKind: 'month' }),
      graded(1, [quota({})], { ended: false }),
      graded(1, []),
      graded(1, [quota({})], { area: () => undefined }),
    ]) {
      const outcome = quotaGrade.compute(input);
      expect(outcome).toMatchObject({ value: null });
      expect(outcome.grade).toBeUndefined();
      expect(outcome.reasons.length).toBeGreaterThan(0);
    }
  });

  it('come from the quota of the climate zone, before one for any, and from none of another', () => {
    const { region } = metricInput().registry;
    const quotas = [
      quota({ id: 'any' }),
      quota({ id: 'here', climateZone: region.climateZone }),
      quota({ id: 'elsewhere', climateZone: '2A', validFromYear: 2020 }),
    ];
    const of = (some: readonly Quota[]) =>
      quotaOf(
        createRegistry({ region, quotas: some }, new Map()),
        { tier: 'unit', buildings: [] },
        { metricId: 'electricity-per-area', year: 2026 },
      )?.id;
    expect(of(quotas)).toBe('here');
    expect(of(quotas.slice(0, 1))).toBe('any');
    expect(of(quotas.slice(2))).toBeUndefined();
  });
});

describe('peer bands', () => {
  const mean: PeerMean = {
    id: 'm',
    metric: 'statistical-water-per-person',
    type: 'state-organ',
    year: 2025,
    value: 20,
    unit: 'm³/人',
    region: 't',
    source: 't',
    verified: true,
  };
  const against = (m3: number, over: Partial<MetricInput> = {}) =>
    metricInput({
      amounts: { '02000': m3 },
      overrides: {
        periodKind: 'year',
        peerMean: (id) => (id === mean.metric ? mean : undefined),
        ...over,
      },
    });

  it.each([
    [1800, 0.9, 'to-0.9', '7'],
    [1801, 0.9005, 'to-1.0', '6'],
    [2200, 1.1, 'to-1.1', '5'],
    [2400, 1.2, 'to-1.2', '4'],
    [2401, 1.2005, 'above-1.2', '0'],
  ])('%d m³ of 100 people against 20 is %d: %s', (m3, ratio, id, points) => {
    const outcome = peerBand.compute(against(m3));
    expect(outcome.value).toBeCloseTo(ratio, 9);
    expect(outcome.grade).toMatchObject({ id, name: { zh: expect.stringContaining(points) } });
  });

  it('have no value without a mean, a figure or a whole year', () => {
    for (const input of [
      against(1800, { peerMean: () => undefined }),
      against(1800, { persons: () => undefined }),
      against(1800, { ended: false }),
    ]) {
      expect(peerBand.compute(input).value).toBeNull();
      expect(peerBand.compute(input).reasons.length).toBeGreaterThan(0);
    }
  });
});

describe('explanations of what is over quota', () => {
  // 67.4 kWh/m² on 1000 m²: u1 and u2 are over, u3 is not.
  const units = [80_000, 70_000, 60_000].map((kwh, i) => ({
    id: `u${i + 1}`,
    amounts: { '01000': kwh },
    floorM2: 1000,
  }));
  const year = { fromMs: 0, toMs: Date.parse('2027-01-01') };
  const explained = entry('over-quota-explanation', year, {
    agency: 'u1',
    year: 2026,
    metric: 'electricity-per-area',
    filedOn: '2027-01-15',
    reason: '新增机房',
  });
  const content = { quotas: [quota({})] };

  it('are counted against the figures over quota, and the others named', () => {
    const records = recordsFrom([explained]);
    const input = treeInput(units, { periodKind: 'year', records }, content);
    const outcome = explainedOverQuota.compute(input);
    expect(outcome.value).toBe(50);
    expect(outcome.reasons.map(({ zh }) => zh)).toEqual([
      '单位u2的单位建筑面积电耗超定额，台账中没有说明（超定额说明）',
    ]);
  });

  it('are not "none filed" where nobody entered any; what is over is named all the same', () => {
    const outcome = explainedOverQuota.compute(treeInput(units, { periodKind: 'year' }, content));
    expect(outcome.value).toBeNull();
    expect(outcome.reasons).toHaveLength(2);
  });

  it('have no rate where nothing is over, nothing has a quota, or figures are missing', () => {
    const yearly = { periodKind: 'year' } as const;
    const silent = { id: 'u4', amounts: { '01000': null }, floorM2: 1000 };
    for (const input of [
      treeInput(units.slice(2), yearly, content),
      treeInput(units, yearly),
      treeInput([...units, silent], yearly, content),
      treeInput(units, {}, content),
    ]) {
      expect(explainedOverQuota.compute(input).value).toBeNull();
    }
  });
});
