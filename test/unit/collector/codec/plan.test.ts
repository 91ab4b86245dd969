/** What devices allow is kept to, whatever it costs; what they allow is used, whenever it pays. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blockMs, planReads, splitBlock } from '../../../../collector/codec/plan.ts';
import { defineMeterProfile, type ModbusProfile } from '../../../../collector/profile.ts';
import { QUANTITY_IDS, type QuantityId } from '../../../../domain/quantities.ts';

const COST = { transactionMs: 51, registerMs: 2.08 };

function profileAt(addresses: readonly number[], over: Partial<ModbusProfile> = {}): ModbusProfile {
  const points = addresses.map((address, index) => [
    QUANTITY_IDS[index],
    { address, type: 'uint32', unit: '1' },
  ]);
  return {
    ...defineMeterProfile({
      id: 'bench',
      vendor: 'none',
      model: 'none',
      status: 'unverified',
      source: 'made for this test only',
      protocol: 'modbus',
      functionCode: 3,
      order: 'ABCD',
      maxRegisters: 125,
      points: Object.fromEntries(points),
    }),
    ...over,
  };
}

const ranges = (profile: ModbusProfile, wanted?: readonly QuantityId[]) =>
  planReads(profile, COST, wanted).map(({ address, count }) => [address, count]);

describe('planReads', () => {
  it('reads a fixed block whole and alone', () => {
    const fixedBlocks = [{ address: 100, count: 20 }];
    const profile = profileAt([98, 104, 110, 120], { fixedBlocks });
    expect(ranges(profile)).toEqual([
      [98, 2],
      [100, 20],
      [120, 2],
    ]);
    expect(ranges(profileAt([98, 104, 110, 120]))).toEqual([[98, 24]]);
  });

  it('keeps out of forbidden ranges', () => {
    const profile = profileAt([0, 4, 10], { forbidden: [[6, 7]] });
    expect(ranges(profile)).toEqual([
      [0, 6],
      [10, 2],
    ]);
    expect(() => ranges(profileAt([6], { forbidden: [[7, 7]] }))).toThrow(/forbidden/);
  });

  it('plans each table for itself', () => {
    const profile = profileAt([0, 2]);
    const [first = 'activePower', second = 'frequency'] = QUANTITY_IDS;
    const points = {
      ...profile.points,
      [second]: { address: 2, type: 'bit', unit: '1', functionCode: 2 },
    };
    const blocks = planReads({ ...profile, points } as ModbusProfile, COST);
    expect(blocks.map(({ functionCode, quantities }) => [functionCode, quantities])).toEqual([
      [3, [first]],
      [2, [second]],
    ]);
  });

  it('never splits a value, keeps every limit and finds the cheapest plan', () => {
    const cases = fc.record({
      addresses: fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 7 }),
      maxRegisters: fc.integer({ min: 4, max: 40 }),
      evenOnly: fc.boolean(),
      forbidden: fc.integer({ min: 64, max: 200 }).map((at) => [[at, at + 3]] as const),
      transactionMs: fc.integer({ min: 1, max: 100 }),
    });
    fc.assert(
      fc.property(cases, ({ addresses, transactionMs, ...over }) => {
        // Every second address apart, so that values do not overlap.
        const sorted = addresses.toSorted((a, b) => a - b).map((at) => at * 2 + (at % 3 ? 0 : 1));
        const profile = profileAt(
          sorted.filter((at, i) => i === 0 || at - (sorted[i - 1] ?? 0) > 1),
          over,
        );
        const cost = { transactionMs, registerMs: 2 };
        const blocks = planReads(profile, cost);
        const known = Object.entries(profile.points);
        expect(blocks.flatMap(({ quantities }) => quantities)).toHaveLength(known.length);
        for (const { address, count, quantities } of blocks) {
          expect(count).toBeLessThanOrEqual(profile.maxRegisters);
          if (profile.evenOnly) expect([address % 2, count % 2]).toEqual([0, 0]);
          for (const quantity of quantities) {
            const at = profile.points[quantity]?.address ?? -1;
            expect(at >= address && at + 2 <= address + count).toBe(true);
          }
        }
        const costMs = blocks.reduce((sum, block) => sum + blockMs(block, cost), 0);
        const singly = known.reduce((sum, [quantity]) => {
          const [one] = planReads(profile, cost, [quantity as QuantityId]);
          return sum + (one ? blockMs(one, cost) : 0);
        }, 0);
        expect(costMs).toBeLessThanOrEqual(singly + 1e-9);
      }),
      { numRuns: 300, seed: 20260101 },
    );
  });
});

describe('splitBlock', () => {
  it('says by a single part that there is nothing to split', () => {
    const profile = profileAt([104, 110], { fixedBlocks: [{ address: 100, count: 20 }] });
    const [block] = planReads(profile, COST);
    if (!block) throw new Error('no block');
    expect(splitBlock(profile, block)).toEqual([block]);
  });
});
