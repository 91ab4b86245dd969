/** Formulas of virtual meters: what they add up to, and everything that is refused with its reason. */
import { describe, expect, it } from 'vitest';
import { formatFault } from '../../../registry/fault.ts';
import { parseFormula } from '../../../registry/formula.ts';
import { REGION } from '../../support/pipeline.ts';
import { registryOf } from '../../support/registry.ts';

const factorsOf = (text: string) => {
  const outcome = parseFormula(text);
  return 'formula' in outcome ? Object.fromEntries(outcome.formula) : outcome.expected;
};

describe('formulas', () => {
  it.each([
    ['shared-e', { 'shared-e': 1 }],
    ['a + b-c - 0.5 * c', { a: 1, 'b-c': 1, c: -0.5 }],
    ['2 * (a - (b + a) / 4) - -b', { a: 1.5, b: 0.5 }],
    ['（a ＋ b）× 3 ÷ 2 − b', { a: 1.5, b: 0.5 }],
    ['a -b', { a: 1, b: -1 }],
    ['1e3 * a', { a: 1000 }],
  ])('%s', (text, factors) => {
    expect(factorsOf(text)).toEqual(factors);
  });

  it.each([
    ['a * b', 'meters multiplied by constants only'],
    ['1 / a', 'meters divided by constants only'],
    ['a / 0', 'a divisor other than 0'],
    ['a + 5', 'no constant by itself: it would count without a meter'],
    ['a - a', 'at least one meter that is not cancelled out'],
    ['7', 'no constant by itself: it would count without a meter'],
  ])('refuses %s', (text, expected) => {
    expect(factorsOf(text)).toBe(expected);
  });

  it.each([
    ...['a.b', 'a[0]', 'f(a)', 'a ? b : c', 'a && b', 'a ** 2', 'a % 2', '!a', 'A', '$0', 'a b'],
    ...[
      '"a"',
      '[a]',
      'a, b',
      'a = b',
      '',
      '(',
      'a +',
      '`a`',
      'a; b',
      '2a',
      'a + Infinity',
      '1 - b$0',
    ],
  ])('refuses %s, which is no sum of meters', (text) => {
    expect(typeof factorsOf(text)).toBe('string');
  });
});

const VIRTUAL =
  '- { id: rest, name: { zh: 其余, en: Rest }, building: shared, carrier: electricity, level: 2, parent: shared-e, formula: shared-e - shared-e-a }';

function linesOf(...meters: string[]): string[] {
  const text = `${REGION}virtualMeters:\n${meters.map((meter) => `  ${meter}\n`).join('')}`;
  return registryOf({ 'a.yaml': text }).faults.map((fault) =>
    formatFault(fault).replace(/^a\.yaml:\d+ virtualMeters/, ''),
  );
}

describe('virtual meters in the registry', () => {
  it('accepts a sound one', () => {
    expect(linesOf(VIRTUAL)).toEqual([]);
  });

  it('names the nearest meter for an unknown one, and the parser’s reason', () => {
    expect(
      linesOf(
        VIRTUAL.replace('- shared-e-a', '- shared-e-b'),
        VIRTUAL.replace('id: rest', 'id: other').replace(' - ', ' * '),
      ),
    ).toEqual([
      "[0].formula: expected a name of a meter, found 'shared-e-b'; did you mean 'shared-e-a'?",
      "[1].formula: expected meters multiplied by constants only, found 'shared-e * shared-e-a'",
    ]);
  });

  it('refuses circles and names them', () => {
    const one = VIRTUAL.replace('formula: shared-e', 'formula: two');
    const two = VIRTUAL.replace('id: rest', 'id: two').replace('shared-e - shared-e-a', 'rest');
    expect(linesOf(one, two)).toEqual([
      '[0].formula: expected no circle, found rest → two → rest',
      '[1].formula: expected no circle, found two → rest → two',
    ]);
  });

  it('refuses other carriers, ids that are taken, and what would be counted twice', () => {
    expect(
      linesOf(
        VIRTUAL.replace('carrier: electricity', 'carrier: heat'),
        VIRTUAL.replace('id: rest', 'id: own-e'),
        VIRTUAL.replace('id: rest', 'id: all').replace(' parent: shared-e,', ''),
      ),
    ).toEqual([
      "[0].parent: expected a meter of heat, found 'shared-e', a meter of electricity",
      "[0].formula: expected meters of heat in GJ, found 'shared-e', a meter of electricity in kWh",
      "[0].formula: expected meters of heat in GJ, found 'shared-e-a', a meter of electricity in kWh",
      expect.stringMatching(/^\[1\]\.id: expected an id used once/),
      "[2].formula: expected meters that are not counted in 01000 by themselves: set their parent to all, or its parent, found 'shared-e'",
    ]);
  });
});
