/** Cases worked out by hand: whose figure of which period, what it must be, and why. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWorld, type World, type WorldFacts } from './audit-world.ts';

/** A figure that must say what it leaves out. */
interface Incomplete {
  readonly value: number;
  readonly says: RegExp;
}

/** Agency, period, metric, the figure by hand (or why there must be none), and how it comes about. */
export type Case = readonly [
  agency: string,
  period: string,
  metric: string,
  expected: number | Incomplete | RegExp,
  because: string,
];

/** Figures are worked out to at least seven digits. */
const DIGITS = 1e-7;

export function describeCases(title: string, facts: WorldFacts, cases: readonly Case[]): void {
  describe(title, () => {
    let world: World | undefined;
    beforeAll(async () => {
      world = await openWorld(facts);
    });
    afterAll(async () => {
      await world?.close();
    });

    test.each(cases)('%s %s %s', async (agency, period, metric, expected, because) => {
      const figure = await world?.figure(agency, period, metric);
      const reasons = JSON.stringify(figure?.reasons);
      if (expected instanceof RegExp) {
        expect([figure?.status, figure?.value], because).toEqual(['insufficient', null]);
        expect(reasons, because).toMatch(expected);
        return;
      }
      const { value, says }: { value: number; says?: RegExp } =
        typeof expected === 'number' ? { value: expected } : expected;
      const isNear =
        Math.abs((figure?.value ?? Number.NaN) - value) <= DIGITS * Math.max(1, Math.abs(value));
      expect(isNear ? value : `${figure?.value} ${reasons}`, because).toBe(value);
      if (says === undefined) return;
      expect(figure?.status, because).toBe('partial');
      expect(reasons, because).toMatch(says);
    });
  });
}
