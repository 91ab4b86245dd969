/** Article 29: what of the waste was sorted and goes back into use. */
import { describe, expect, it } from 'vitest';
import { recoveredWaste } from '../../../../../api/metrics/other-articles/recovered-waste.ts';
import { sortedWaste } from '../../../../../api/metrics/other-articles/sorted-waste.ts';
import { entry, recordsFrom } from '../../../../support/ledger-entries.ts';
import { metricInput } from '../../../../support/metric-input.ts';
import { treeInput } from '../../../../support/metric-tree.ts';

const WEEK = metricInput().elapsed;
type Sort = 'recyclable' | 'paper' | 'e-waste' | 'kitchen' | 'hazardous' | 'residual';

function waste(sort: Sort, quantityKg: number, agency = 'a') {
  const days = { firstDay: '2026-10-12', lastDay: '2026-10-18' };
  return entry('waste', WEEK, { agency, ...days, sort, quantityKg });
}

const ALL = [
  waste('recyclable', 60),
  waste('paper', 90),
  waste('e-waste', 10),
  waste('kitchen', 200),
  waste('hazardous', 2),
  waste('residual', 138),
];

describe('waste', () => {
  it('is sorted but for the residual, and recovered where it is used again', () => {
    // 500 kg in all: 362 sorted are 72.4 %; 60 + 90 + 10 = 160 recovered are 32 %.
    const input = metricInput({ overrides: { records: recordsFrom(ALL) } });
    expect(sortedWaste.compute(input).value).toBeCloseTo(72.4, 12);
    expect(recoveredWaste.compute(input).value).toBeCloseTo(32, 12);
    expect(sortedWaste.compute(input).parts).toHaveLength(6);
  });

  it('has no share while nobody entered what was left over: all would look sorted', () => {
    const sorted = ALL.filter(({ body }) => body.sort !== 'residual');
    const value = (entries: typeof ALL) =>
      sortedWaste.compute(metricInput({ overrides: { records: recordsFrom(entries) } })).value;
    expect(value(sorted)).toBeNull();
    expect(value([])).toBeNull();
    // Control: a residual of nothing, entered, is a share of everything.
    expect(value([...sorted, waste('residual', 0)])).toBe(100);
    expect(value([waste('residual', 0)])).toBeNull();
  });

  it('counts an entry that reaches beyond the period by its days', () => {
    // A fortnight's 276 kg, half of them in the week: 138 as above.
    const { fromMs, toMs } = WEEK;
    const long = { ...waste('residual', 276), fromMs: 2 * fromMs - toMs };
    const input = metricInput({ overrides: { records: recordsFrom([...ALL.slice(0, 5), long]) } });
    const outcome = sortedWaste.compute(input);
    expect(outcome.value).toBeCloseTo(72.4, 12);
    expect(outcome.reasons).toHaveLength(1);
  });

  it('of a parent needs every unit', () => {
    const units = [
      { id: 'b', amounts: {} },
      { id: 'c', amounts: {} },
    ];
    const of = (...entries: typeof ALL) =>
      sortedWaste.compute(treeInput(units, { records: recordsFrom(entries) }));
    const [b, c] = [waste('residual', 50, 'b'), waste('residual', 30, 'c')];
    expect(of(b, c, waste('kitchen', 20, 'b')).value).toBeCloseTo(20, 12);
    const lacking = of(b, waste('kitchen', 20, 'b'));
    expect(lacking.value).toBeNull();
    expect(lacking.reasons[0]?.zh).toContain('单位c');
  });
});
