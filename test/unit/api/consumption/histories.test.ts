/** A short share of the random histories that `npm run bench:reliability` runs in full. */
import { describe, expect, it } from 'vitest';
import { checkHistories } from '../../../bench-reliability/trials/histories.ts';

const COUNT = 1500;

describe('random histories', () => {
  it('are conserved, never negative, true where nothing was lost, however they arrive', () => {
    const { histories, readings, lossless, ...faults } = checkHistories({ count: COUNT, seed: 1 });
    expect(histories).toBe(COUNT);
    expect(readings).toBeGreaterThan(50 * COUNT);
    expect(lossless).toBeGreaterThan(COUNT / 3);
    expect(faults).toEqual({
      wrong: [],
      negative: [],
      notConserved: [],
      orderMatters: [],
      windowMatters: [],
    });
  });

  it.each([
    'order',
    'future',
    'rollover',
    'spike',
    'transient',
    'unit-change',
    'replacement',
    'rate',
  ] as const)('control: without %s some come out wrong', (rule) => {
    const without = new Set([rule]);
    const { wrong, orderMatters } = checkHistories({ count: 250, seed: 1, without });
    expect(wrong.length + orderMatters.length).toBeGreaterThan(0);
  });

  it('control: a window without its context is not what the whole is', () => {
    const { windowMatters } = checkHistories({ count: 150, seed: 1, isBlind: true });
    expect(windowMatters.length).toBeGreaterThan(0);
  });
});
