/** Quotas of a climate zone are those of the zone the buildings lie in; between zones none is taken, and it is said. */
import { describe, expect, it } from 'vitest';
import { factsAt } from '../../../../../api/assessment/facts.ts';
import { explainedOverQuota } from '../../../../../api/metrics/article-24/explained-over-quota.ts';
import { quotaGrade } from '../../../../../api/metrics/article-24/quota-grade.ts';
import type { MetricInput } from '../../../../../api/metrics/input.ts';
import { buildingsOf } from '../../../../../api/occupancy.ts';
import { climateZonesOf } from '../../../../../registry/yardsticks.ts';
import { metricInput } from '../../../../support/metric-input.ts';
import { testRegistry } from '../../../../support/pipeline.ts';

const FROM_MS = Date.parse('2025-12-31T16:00:00Z');

const quota = (id: string, facts: string) =>
  `  - { id: ${id}, metric: electricity-per-area, tier: unit, unit: kWh/(m²·a), constraint: 60, guide: 20, region: x, source: x, verified: false, ${facts} }\n`;
const COLD = quota('cold', 'climateZone: 1C');
const MILD = quota('mild', 'climateZone: 2A');
const ANY = quota('any', '');
const NEW = quota('new', 'validFromYear: 2026');

/** `right` occupies both buildings of the test region, `left` the shared one only. */
function registryWith(quotas: readonly string[], zones: { shared?: string; own?: string } = {}) {
  return testRegistry((text) => {
    const zoned = Object.entries(zones).reduce(
      (all, [id, zone]) => all.replace(`id: ${id}\n`, `id: ${id}\n    climateZone: ${zone}\n`),
      text,
    );
    return quotas.length === 0 ? zoned : `${zoned}quotas:\n${quotas.join('')}`;
  });
}

function inputOf(agencyId: string, ...registry: Parameters<typeof registryWith>): MetricInput {
  const read = registryWith(...registry);
  const agency = read.agency(agencyId);
  const buildings = buildingsOf(read, agency, FROM_MS);
  const { quota } = factsAt(read, { agency, buildings }, FROM_MS);
  return metricInput({
    amounts: { '01000': 80_000 },
    agency,
    overrides: { registry: read, fromDate: '2026-01-01', periodKind: 'year', buildings, quota },
  });
}

const chosen = (agencyId: string, ...registry: Parameters<typeof registryWith>) =>
  inputOf(agencyId, ...registry).quota('electricity-per-area')?.id;

describe('the quota of a climate zone', () => {
  it('is that of the buildings, not of the region', () => {
    expect(chosen('left', [COLD, MILD])).toBe('cold');
    expect(chosen('left', [COLD, MILD], { shared: '2A' })).toBe('mild');
    expect(chosen('right', [COLD, MILD], { shared: '2A', own: '2A' })).toBe('mild');
    expect(chosen('left', [COLD], { shared: '2A' })).toBeUndefined();
  });

  it('is none where the buildings lie in zones whose quotas differ', () => {
    expect(chosen('right', [COLD, MILD], { own: '2A' })).toBeUndefined();
    // One of the zones has a quota of its own, the other only the one for any.
    expect(chosen('right', [COLD, ANY], { own: '2A' })).toBeUndefined();
    const { registry, buildings } = inputOf('right', [], { own: '2A' });
    expect(climateZonesOf(registry, buildings)).toEqual(['1C', '2A']);
  });

  it('control: the same quota for all zones is no conflict', () => {
    expect(chosen('right', [ANY], { own: '2A' })).toBe('any');
    expect(chosen('right', [COLD, MILD, NEW], { own: '2A' })).toBe('new');
    expect(chosen('right', [COLD, MILD], { own: '1C' })).toBe('cold');
  });
});

describe('grades between zones', () => {
  it('are insufficient, with the zones named', () => {
    const outcome = quotaGrade.compute(inputOf('right', [COLD, MILD], { own: '2A' }));
    expect(outcome.value).toBeNull();
    expect(outcome.grade).toBeUndefined();
    expect(outcome.reasons[0]?.zh).toContain('不同气候区（1C、2A）');
    expect(outcome.reasons[0]?.en).toContain('several climate zones (1C, 2A)');
  });

  it('control: in one zone they are given', () => {
    const outcome = quotaGrade.compute(inputOf('right', [COLD, MILD]));
    expect(outcome.grade?.id).toBe('constraint');
    // 80 000 kWh over 2000 m², of 60 kWh/m².
    expect(outcome.value).toBeCloseTo((40 / 60) * 100, 9);
  });

  it('leave nothing to explain, and say why', () => {
    const conflict = explainedOverQuota.compute(inputOf('right', [COLD, MILD], { own: '2A' }));
    expect(conflict.reasons[0]?.zh).toContain('不同气候区');
    const none = explainedOverQuota.compute(inputOf('right', []));
    expect(none.reasons[0]?.zh).toContain('没有适用于');
  });
});
