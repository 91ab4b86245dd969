/** A24-11: sums before ratios over the tree, and how many units stand behind them. */
import { describe, expect, it } from 'vitest';
import { factsAt } from '../../../../../api/assessment/facts.ts';
import { rolledUpEnergy } from '../../../../../api/metrics/article-24/rolled-up-energy.ts';
import type { MetricInput } from '../../../../../api/metrics/input.ts';
import { entry, recordsFrom } from '../../../../support/ledger-entries.ts';
import { metricInput } from '../../../../support/metric-input.ts';
import { treeInput, type UnitFacts } from '../../../../support/metric-tree.ts';
import { demoRegistry } from '../../../../support/registry.ts';

const demo = await demoRegistry();
const { factor } = factsAt(
  demo,
  { agency: demo.agency('baiyan-fy'), buildings: [] },
  Date.parse('2026-06-01T00:00Z'),
);

/** Heat of none, so that no reason is left but those of a case. */
function unit(id: string, kgce: number | null, facts: Partial<UnitFacts> = {}): UnitFacts {
  const amounts = { '01000': kgce === null ? null : kgce / 0.1229, '04000': 0 };
  return { id, amounts, floorM2: 1000, persons: 50, ...facts };
}

const compute = (units: readonly UnitFacts[], over: Partial<MetricInput> = {}) =>
  rolledUpEnergy.compute(treeInput(units, { factor, ...over }));

describe('the roll-up', () => {
  it('divides the sums, and shows each agency directly below', () => {
    // g: (10 000 + 2 000) kgce on 3 000 m² = 4; h: 9 000 on 1 000 = 9; all: 21 000 / 4 000 = 5.25.
    // The mean of the units' ratios would be (10 + 1 + 9) / 3 = 6.67.
    const outcome = compute([
      unit('u1', 10_000, { group: 'g', floorM2: 1000 }),
      unit('u2', 2000, { group: 'g', floorM2: 2000 }),
      unit('u3', 9000, { group: 'h', floorM2: 1000 }),
    ]);
    expect(outcome.value).toBeCloseTo(5.25, 9);
    expect(outcome.parts?.map(({ value }) => value)).toEqual([
      expect.closeTo(4, 9),
      expect.closeTo(9, 9),
    ]);
    expect(outcome).toMatchObject({ completeness: 1, reasons: [] });
  });

  it('leaves a unit without data out of both sums, and names it', () => {
    const ten = Array.from({ length: 10 }, (_, i) => unit(`u${i}`, i === 9 ? null : 5000));
    const outcome = compute(ten);
    expect(outcome.value).toBeCloseTo(5, 9);
    expect(outcome.completeness).toBeCloseTo(0.9, 9);
    expect(outcome.reasons.map(({ zh }) => zh)).toEqual(['未计入：单位u9']);
  });

  it('has no value when less than 90 % of the units report', () => {
    const nine = Array.from({ length: 9 }, (_, i) => unit(`u${i}`, i === 8 ? null : 5000));
    const outcome = compute(nine);
    expect(outcome).toMatchObject({ value: null, completeness: 8 / 9 });
    expect(outcome.reasons[0]?.zh).toContain('单位u8');
  });

  it('counts a unit on file that has no building as silent', () => {
    const input = treeInput([unit('u1', 5000), unit('u2', 5000)], { factor });
    const outcome = rolledUpEnergy.compute({ ...input, units: input.units.slice(0, 1) });
    expect(outcome).toMatchObject({ value: null, completeness: 0.5 });
  });

  it('says how many units do not meter heat', () => {
    const outcome = compute([
      unit('u1', 5000),
      unit('u2', 5000, { amounts: { '01000': 5000 / 0.1229 } }),
    ]);
    expect(outcome.reasons.map(({ zh }) => zh)).toEqual(['热力无计量，未计入（1 个单位）']);
  });

  it('takes fuels of a unit, and names those entered above the units', () => {
    const range = metricInput().elapsed;
    const coal = (agency: string) =>
      entry('other-fuel', range, {
        agency,
        firstDay: '2026-10-12',
        lastDay: '2026-10-18',
        fuel: 'coal',
        use: 'heating',
        quantity: 1,
        unit: 't',
      });
    const units = [unit('u1', 5000), unit('u2', 5000)];
    // One tonne of coal is 714.3 kgce.
    const below = compute(units, { records: recordsFrom([coal('u1')]) });
    expect(below.value).toBeCloseTo((10_000 + 714.3) / 2000, 9);
    const above = compute(units, { records: recordsFrom([coal('a')]) });
    expect(above.value).toBeCloseTo(5, 9);
    expect(above.reasons[0]?.zh).toContain('上级机关');
  });

  it('is nothing for an agency without any below', () => {
    const outcome = rolledUpEnergy.compute(metricInput({ amounts: { '01000': 1 } }));
    expect(outcome.value).toBeNull();
    expect(outcome.reasons[0]?.zh).toContain('没有下级单位');
  });
});
