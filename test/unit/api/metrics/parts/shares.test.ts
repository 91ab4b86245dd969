/** Shares of meters over a range: own dated shares go before the building's, each for its days. */
import { expect, it } from 'vitest';
import { buildingShare, meterShare } from '../../../../../api/metrics/parts/shares.ts';
import { parsePeriod } from '../../../../../domain/period.ts';
import { metricInput } from '../../../../support/metric-input.ts';
import { testRegistry } from '../../../../support/pipeline.ts';

const registry = testRegistry();
const elapsed = parsePeriod('2026-10', 'Asia/Shanghai') ?? { fromMs: 0, toMs: 0 };
const inputOf = (id: string) =>
  metricInput({ agency: registry.agency(id), overrides: { registry, elapsed } });
const meter = (shares?: Parameters<typeof meterShare>[1]['shares']) => ({
  building: 'shared',
  agency: undefined,
  shares,
});

it('is the building’s where a meter has none of its own', () => {
  // 0.6 for 16 days, 0.5 for 15.
  const mean = (0.6 * 16 + 0.5 * 15) / 31;
  expect(meterShare(inputOf('left'), meter())).toBeCloseTo(mean, 12);
  expect(buildingShare(inputOf('left'), 'shared')).toBeCloseTo(mean, 12);
  expect(meterShare(inputOf('bureau'), meter())).toBeCloseTo(1, 12);
  expect(buildingShare(inputOf('left'), 'nowhere')).toBe(0);
});

it('is its own from their date on, and changes with them', () => {
  const shares = [
    { from: '2026-10-11', basis: 'fixed' as const, shares: { left: 1 } },
    { from: '2026-10-21', basis: 'fixed' as const, shares: { right: 1 } },
  ];
  // The building's 0.6 for ten days, then all of it for ten, then none for eleven.
  expect(meterShare(inputOf('left'), meter(shares))).toBeCloseTo((0.6 * 10 + 10) / 31, 12);
  expect(meterShare(inputOf('right'), meter(shares))).toBeCloseTo((0.4 * 10 + 11) / 31, 12);
});

it('of an agency’s own meter is all or nothing', () => {
  expect(meterShare(inputOf('left'), { ...meter(), agency: 'left' })).toBe(1);
  expect(meterShare(inputOf('right'), { ...meter(), agency: 'left' })).toBe(0);
  expect(meterShare(inputOf('bureau'), { ...meter(), agency: 'left' })).toBe(1);
});
