/** The writer's parts on their own: bisecting, the budget of posts, and when the gate opens. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bisect } from '../../../collector/writer/bisect.ts';
import { createBudget } from '../../../collector/writer/budget.ts';
import { createGate } from '../../../collector/writer/gate.ts';
import { AppError } from '../../../domain/errors.ts';
import { keyOf, readings } from '../../support/records.ts';

describe('bisect', () => {
  it('finds exactly the refused ones within 2·log₂(n) posts each', async () => {
    const scenario = fc
      .integer({ min: 1, max: 300 })
      .chain((n) => fc.tuple(fc.constant(n), fc.uniqueArray(fc.nat(n - 1), { minLength: 1 })));
    await fc.assert(
      fc.asyncProperty(scenario, async ([n, badIndexes]) => {
        const records = readings(n);
        const bad = new Set(badIndexes.map((index) => records[index]));
        let posts = 0;
        const found = await bisect(records, 'whole', {
          mayPost: () => true,
          attempt: async (part) => {
            posts += 1;
            return part.some((record) => bad.has(record)) ? `refused ${part.length}` : undefined;
          },
        });
        expect(new Set(found.bad.map(({ record }) => record))).toEqual(bad);
        expect(found.bad).toHaveLength(bad.size);
        expect(found.rest).toEqual([]);
        expect(posts).toBeLessThanOrEqual(2 * Math.ceil(Math.log2(n)) * bad.size);
        if (n > 1) expect(found.bad.every(({ reason }) => reason === 'refused 1')).toBe(true);
      }),
      { numRuns: 200, seed: 7 },
    );
  });

  it('hands back what it could not settle when the posts run out or the store goes away', async () => {
    const records = readings(64);
    let left = 5;
    const short = await bisect(records, 'whole', {
      mayPost: () => left-- > 0,
      attempt: async (part) => (part[0] === records[0] ? 'refused' : undefined),
    });
    expect(short.bad).toEqual([]);
    expect(short.rest).toContain(records[0]);

    const gone = await bisect(records, 'whole', {
      mayPost: () => true,
      attempt: async (part) => {
        if (part.length > 16) return 'refused';
        throw new AppError('store.unavailable', 'gone');
      },
    });
    expect(gone.error).toMatchObject({ code: 'store.unavailable' });
    expect(gone.rest.map(keyOf).sort()).toEqual(records.map(keyOf).sort());
  });
});

describe('budget', () => {
  it('refills evenly and never beyond a minute', () => {
    let nowMs = 0;
    const budget = createBudget(60, () => nowMs);
    const takeAll = () => {
      let taken = 0;
      while (budget.take()) taken += 1;
      return taken;
    };
    expect(takeAll()).toBe(60);
    expect(budget.waitMs(2)).toBe(2_000);
    nowMs += 10_000;
    expect(takeAll()).toBe(10);
    nowMs += 3_600_000;
    expect(takeAll()).toBe(60);
  });
});

describe('gate', () => {
  function gateAt(random: number) {
    const clock = { nowMs: 1_000 };
    const waits = { retryFirstMs: 500, retryMaxMs: 30_000, deniedProbeMs: 30_000 };
    return { clock, gate: createGate({ now: () => clock.nowMs, random: () => random, ...waits }) };
  }
  const away = new AppError('store.unavailable', 'away');

  it('doubles from 0.5 s to 30 s, with full jitter, and forgets after an answer', () => {
    const { gate } = gateAt(1);
    const waits = Array.from({ length: 8 }, () => {
      gate.failed(away);
      return gate.waitMs();
    });
    expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
    gate.answered();
    expect(gate.waitMs()).toBe(0);
    gate.failed(away);
    expect(gate.waitMs()).toBe(500);
    const { gate: lucky } = gateAt(0);
    lucky.failed(away);
    expect(lucky.waitMs()).toBe(0);
  });

  it('honours what the store asks for, and probes a denying one every 30 s', () => {
    const { gate, clock } = gateAt(0.5);
    gate.failed(new AppError('store.unavailable', '503', { retryAfterMs: 7_000 }));
    expect(gate.waitMs()).toBe(7_000);
    clock.nowMs += 7_000;
    expect(gate.waitMs()).toBe(0);
    gate.failed(new AppError('store.denied', '401'));
    expect([gate.trouble, gate.waitMs()]).toEqual(['denied', 30_000]);
    gate.failed(new TypeError('not one of ours'));
    expect(gate.trouble).toBe('unavailable');
  });
});
