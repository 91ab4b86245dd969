/** Parent less children with its rest and quality; parts that add up to the last bit and the last printed digit. */
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { balanceOf } from '../../../../../api/consumption/derived/balance.ts';
import { partOf, printedParts, restOf } from '../../../../../api/consumption/parts.ts';
import { recompute } from '../../../../../api/consumption/recompute.ts';
import { getMeterBalance } from '../../../../../api/routes/meter-balance.ts';
import { DAY_MS, HOUR_MS } from '../../../../../domain/period.ts';
import { isAccountMeter } from '../../../../../registry/registry.ts';
import {
  openPipeline,
  type Pipeline,
  readingsOf,
  testRegistry,
} from '../../../../support/pipeline.ts';

const START_MS = Date.parse('2026-10-09T16:00:00Z');
const RANGE = { fromMs: START_MS, toMs: START_MS + DAY_MS };

let pipeline: Pipeline | undefined;
afterEach(async () => {
  await pipeline?.close();
  pipeline = undefined;
});

/** 20 kWh an hour on the main; below it what the multiplier leaves of `part` a quarter of an hour. */
async function balance(part: number | undefined, virtual = '') {
  const registry = testRegistry((text) => text + virtual);
  pipeline = await openPipeline(RANGE.toMs + HOUR_MS, registry);
  const until = { fromMs: START_MS - HOUR_MS, toMs: RANGE.toMs + HOUR_MS };
  await pipeline.write(readingsOf('shared-e', until, () => 5));
  if (part !== undefined) await pipeline.write(readingsOf('shared-e-a', until, () => part));
  await recompute(pipeline.context, RANGE);
  const main = registry.findAnyMeter('shared-e');
  if (!isAccountMeter(main)) throw new Error('the main is a meter that counts');
  const [day] = (await balanceOf(pipeline.context, main, { resolution: 'day', range: RANGE })).rows;
  return day;
}

describe('the balance of a meter', () => {
  it('shows what no meter below accounts for', async () => {
    const day = await balance(2.5);
    expect(day?.parent?.value).toBeCloseTo(480, 6);
    expect(day?.children.map((child) => child?.value)).toEqual([expect.closeTo(120, 6)]);
    expect(day?.rest).toMatchObject({ coverage: 1, known: 1, flags: [] });
    expect(day?.rest.value).toBeCloseTo(360, 6);
    expect(day?.percent).toEqual([25, 75]);
  });

  it('is unknown without one of the children, never the parent alone', async () => {
    const day = await balance(undefined);
    expect(day?.rest).toMatchObject({ value: null, known: 0 });
    expect(day?.percent).toBeUndefined();
  });

  it('tells of children beyond their parent, but not of the last digit', async () => {
    expect((await balance(12))?.rest).toMatchObject({ flags: ['balance_negative'] });
    await pipeline?.close();
    expect((await balance(10.000001))?.rest.flags).toEqual([]);
  });

  it('leaves out virtual meters that are made of the parent itself', async () => {
    const rest =
      'virtualMeters: [{ id: rest, name: { zh: 其余, en: Rest }, building: shared, carrier: electricity, level: 2, parent: shared-e, formula: shared-e - shared-e-a }]';
    const day = await balance(2.5, rest);
    expect(day?.children).toHaveLength(1);
    expect(day?.rest.value).toBeCloseTo(360, 6);
  });

  it('is answered per hour, day and month', async () => {
    await balance(2.5);
    if (!pipeline) throw new Error('no pipeline');
    const iso = (atMs: number) => new Date(atMs).toISOString();
    const query = { from: iso(RANGE.fromMs), to: iso(RANGE.toMs) };
    for (const [resolution, count] of [
      ['hour', 24],
      ['day', 1],
      ['month', 1],
    ] as const) {
      const reply = await getMeterBalance.answer(pipeline.context, {
        params: { id: 'shared-e' },
        query: { ...query, resolution },
        who: 'test',
      });
      const { rows, unit } =
        'body' in reply
          ? (reply.body as { rows: unknown[]; unit: string })
          : { rows: [], unit: '' };
      expect([unit, rows.length]).toEqual(['kWh', count]);
      expect(rows[0]).toMatchObject({
        children: [{ id: 'shared-e-a', percent: 25 }],
        rest: { percent: 75 },
      });
    }
  });
});

const WEIGHTS = fc.array(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), {
  minLength: 2,
  maxLength: 30,
});
const WHOLE = fc.double({ min: -1e12, max: 1e12, noNaN: true });

function sharesOf(weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / sum);
}

describe('parts by shares', () => {
  it('add up to the whole to the last bit, in any order', () => {
    fc.assert(
      fc.property(WHOLE, WEIGHTS, fc.boolean(), (whole, weights, isReversed) => {
        const others = sharesOf(weights).slice(0, -1);
        const parts = [...others.map((share) => partOf(whole, share)), restOf(whole, others)];
        const ordered = isReversed ? parts.toReversed() : parts;
        expect(ordered.reduce((sum, part) => sum + part, 0)).toBe(whole + 0);
      }),
    );
  });

  it('control: plain products do not', () => {
    const shares = sharesOf([1, 1, 1, 1, 1, 1, 1]);
    const wholes = Array.from({ length: 100 }, (_, index) => index + 0.1);
    const exact = wholes.filter(
      (whole) => shares.reduce((sum, share) => sum + whole * share, 0) === whole,
    );
    expect(exact.length).toBeLessThan(100);
  });

  it('are printed so that they add up to the printed whole, each less than a digit off', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { maxLength: 30 }),
        (parts) => {
          const printed = printedParts(parts, 2);
          const sum = printed.reduce((total, part) => total + Math.round(part * 100), 0);
          expect(sum).toBe(Math.round(parts.reduce((a, b) => a + b, 0) * 100) + 0);
          for (const [index, part] of parts.entries()) {
            expect(Math.abs((printed[index] ?? 0) - part)).toBeLessThan(0.01 + 1e-6);
          }
        },
      ),
    );
    expect(
      printedParts(
        [1 / 3, 1 / 3, 1 / 3].map((part) => part * 100),
        1,
      ),
    ).toEqual([33.4, 33.3, 33.3]);
  });
});
