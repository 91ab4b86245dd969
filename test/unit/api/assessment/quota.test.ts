/** Quotas grade whole years of the tier they are made for, and nothing else. */
import { describe, expect, it } from 'vitest';
import { factsAt } from '../../../../api/assessment/facts.ts';
import { quotaFor } from '../../../../api/assessment/quota.ts';
import type { MetricInput } from '../../../../api/metrics/input.ts';
import type { Agency } from '../../../../registry/schema.ts';
import { metricInput } from '../../../support/metric-input.ts';
import { demoRegistry } from '../../../support/registry.ts';

const registry = await demoRegistry();
const WATER = { id: 'water-per-person', unit: 'm³/人' };
const ELECTRICITY = { id: 'electricity-per-area', unit: 'kWh/m²' };

function input(over: Partial<MetricInput> = {}, tier: Agency['tier'] = 'unit'): MetricInput {
  const agency = registry.agencies.find((entry) => entry.tier === tier);
  if (!agency) throw new Error(`no agency of tier ${tier}`);
  const { quota } = factsAt(
    registry,
    { agency, buildings: [] },
    Date.parse('2025-01-01T00:00:00+08:00'),
  );
  return metricInput({ overrides: { quota, periodKind: 'year', ended: true, ...over } });
}

describe('quota', () => {
  it.each([
    [9, 'guide'],
    [10, 'guide'],
    [25, 'constraint'],
    [25.1, 'over'],
  ])('%d m³ a head is %s', (value, grade) => {
    expect(quotaFor(WATER, input(), value)?.grade).toBe(grade);
  });

  it('has a level between where the quota names one', () => {
    expect(quotaFor(ELECTRICITY, input(), 30)?.grade).toBe('baseline');
  });

  it('does not compare a month, a running year, another tier, unit or metric', () => {
    expect(quotaFor(WATER, input({ periodKind: 'month' }), 9)).toBeUndefined();
    expect(quotaFor(WATER, input({ ended: false }), 9)).toBeUndefined();
    expect(quotaFor(WATER, input({}, 'banner'), 9)).toBeUndefined();
    expect(quotaFor({ ...WATER, unit: 'L/人' }, input(), 9)).toBeUndefined();
    expect(quotaFor({ id: 'water-per-area', unit: 'm³/m²' }, input(), 9)).toBeUndefined();
  });
});
