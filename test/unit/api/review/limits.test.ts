/** Limits of the review: the usual ones, and those a registry dates for itself. */
import { describe, expect, it } from 'vitest';
import { type LimitId, limitsOn } from '../../../../api/review/limits.ts';
import { REGION } from '../../../support/pipeline.ts';
import { registryOf } from '../../../support/registry.ts';

function limit(id: string, from: string, percent: number) {
  return `  - { id: ${id}, limit: energy-change, from: ${from}, percent: ${percent}, source: 局文, verified: true }`;
}

function registryWith(...lines: readonly string[]) {
  return registryOf({ 'a.yaml': `${REGION}reviewLimits:\n${lines.join('\n')}\n` });
}

function valueOn(date: string, id: LimitId = 'energy-change') {
  const { registry } = registryWith(limit('new', '2026-01-01', 8), limit('old', '2025-01-01', 20));
  if (!registry) throw new Error('no registry');
  return limitsOn(registry, date)[id];
}

describe('limits of the review', () => {
  it('are those in force on the last day, with their own source', () => {
    expect(valueOn('2026-12-31')).toEqual({ value: 0.08, source: '局文', verified: true });
    expect(valueOn('2025-12-31').value).toBe(0.2);
  });

  it('are the usual ones before any is dated, and where none is', () => {
    expect(valueOn('2024-12-31')).toMatchObject({ value: 0.15, verified: false });
    expect(valueOn('2026-12-31', 'water-change').value).toBe(0.25);
  });

  it('two of one date are a fault that names both', () => {
    const { faults } = registryWith(limit('a', '2026-01-01', 8), limit('b', '2026-01-01', 9));
    expect(faults).toMatchObject([
      { file: 'a.yaml', path: 'reviewLimits[1].from', expected: expect.stringContaining('of a,') },
    ]);
    expect(registryWith(limit('a', '2026-01-01', 8)).faults).toEqual([]);
  });
});
