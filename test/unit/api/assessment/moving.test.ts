/** A unit that moves within the period: its meters, records and shares count while it is there. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadAccount } from '../../../../api/assessment/account.ts';
import { recompute } from '../../../../api/consumption/recompute.ts';
import { meterShare } from '../../../../api/metrics/parts/shares.ts';
import { occupantsWithin, staysOf } from '../../../../api/occupancy.ts';
import { DAY_MS, dateStartMs, type Period, parsePeriod } from '../../../../domain/period.ts';
import {
  openPipeline,
  type Pipeline,
  readingsOf,
  testRegistry,
} from '../../../support/pipeline.ts';

const ZONE = 'Asia/Shanghai';
const OCTOBER = parsePeriod('2026-10', ZONE) as Period;
const NOW_MS = dateStartMs('2026-11-02', ZONE);
/** On the 5th the building passes from one unit to the other, four of thirty-one days in. */
const MOVED_MS = dateStartMs('2026-10-05', ZONE);
const registry = testRegistry((text) =>
  text.replace(
    'occupancy: [{ from: 2024-01-01, basis: sole, shares: { right: 1 } }]',
    'occupancy: [{ from: 2024-01-01, basis: sole, shares: { left: 1 } }, { from: 2026-10-05, basis: sole, shares: { right: 1 } }]',
  ),
);

describe('a stay', () => {
  const of = (id: string) => staysOf(registry, registry.agency(id), OCTOBER);

  it('lasts while the agency is in the building, with the mean of its part over all days', () => {
    const own = of('left').find(({ building }) => building.id === 'own');
    expect(own).toMatchObject({ range: { fromMs: OCTOBER.fromMs, toMs: MOVED_MS } });
    expect(own?.meanShare).toBeCloseTo(4 / 31, 12);
    // 0.6 for 16 days, 0.5 for 15.
    const shared = of('left').find(({ building }) => building.id === 'shared');
    expect(shared?.range).toEqual({ fromMs: OCTOBER.fromMs, toMs: OCTOBER.toMs });
    expect(shared?.meanShare).toBeCloseTo((0.6 * 16 + 0.5 * 15) / 31, 12);
  });

  it('of a parent is that of all below it', () => {
    expect(of('bureau').map(({ meanShare }) => meanShare)).toEqual([1, 1]);
  });

  it('names everybody who was there on some day', () => {
    const own = registry.building('own');
    expect(occupantsWithin(registry, own, OCTOBER)).toEqual(['left', 'right']);
    const after = { fromMs: MOVED_MS, toMs: OCTOBER.toMs };
    expect(occupantsWithin(registry, own, after)).toEqual(['right']);
    expect(occupantsWithin(registry, own, { fromMs: OCTOBER.fromMs, toMs: MOVED_MS })).toEqual([
      'left',
    ]);
  });
});

describe('an account', () => {
  let pipeline: Pipeline;

  beforeAll(async () => {
    pipeline = await openPipeline(NOW_MS, registry);
    const range = { fromMs: OCTOBER.fromMs - DAY_MS, toMs: NOW_MS };
    await pipeline.write(readingsOf('own-e', range));
    await recompute(pipeline.context, range);
  });

  afterAll(() => pipeline.close());

  async function meterOf(agencyId: string) {
    const { input } = await loadAccount(pipeline.context, agencyId, OCTOBER);
    const found = input.meterAmounts('electricity').filter(({ meter }) => meter.id === 'own-e');
    return { input, found };
  }

  it('holds of a meter what it counted while the agency was there, as its total does', async () => {
    const left = await meterOf('left');
    const right = await meterOf('right');
    const amounts = [left, right].map(({ found }) => found.map(({ amount }) => amount.value));
    const [[before = 0] = [], [after = 0] = []] = amounts as number[][];
    expect(amounts.map((list) => list.length)).toEqual([1, 1]);
    const bureau = await meterOf('bureau');
    expect(before).toBeGreaterThan(0);
    expect(before + after).toBeCloseTo(bureau.found[0]?.amount.value ?? 0, 6);
    expect(before / (before + after)).toBeCloseTo(4 / 31, 1);
    expect(right.found[0]?.amount.known).toBe(1);
    const [own] = right.found;
    expect(own?.range).toEqual({ fromMs: MOVED_MS, toMs: OCTOBER.toMs });
    // All it counted since is the unit's; control: the mean over October would take off the days before again.
    expect(own && meterShare(right.input, own.meter, own.range)).toBe(1);
    expect(own && meterShare(right.input, own.meter)).toBeCloseTo(27 / 31, 12);
  });

  it('sees buildings it came to and those it left', async () => {
    for (const id of ['left', 'right']) {
      const { input } = await meterOf(id);
      expect(input.buildings.map((building) => building.id)).toEqual(['shared', 'own']);
    }
  });
});
