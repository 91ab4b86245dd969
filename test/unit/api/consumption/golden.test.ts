/** Counter cases worked out by hand from the written rules: as read, reversed, shuffled, shifted. */
import { describe, expect, it } from 'vitest';
import { amountsBetween } from '../../../../api/consumption/amounts.ts';
import { buildCurve, type Curve } from '../../../../api/consumption/curve.ts';
import { HOUR_MS } from '../../../../domain/period.ts';
import { seeded } from '../../../support/seeded.ts';
import { MINUTE_MS } from './case.ts';
import {
  columnsOf,
  type GoldenCase,
  goldenCases,
  otherInputOf,
  registersOf,
  rulesOf,
} from './golden-case.ts';

type Points = readonly (readonly [number, number])[];

function curveOf(one: GoldenCase, options: { points?: Points; shiftMs?: number } = {}): Curve {
  const { points = registersOf(one), shiftMs = 0 } = options;
  return buildCurve(
    { registers: columnsOf(points, shiftMs), ...otherInputOf(one, shiftMs) },
    rulesOf(one, shiftMs),
  );
}

/** Notes that change no figure; a case names them where they are what it is about. */
const NOTES = ['gap', 'conflict'];
const flagsOf = (curve: Curve) =>
  curve.findings.map(({ code }) => code).filter((code) => !NOTES.includes(code));
const round = (value: number, digits: number) => Number(value.toFixed(digits));

function outcomeOf(one: GoldenCase, shiftMs = 0) {
  const curve = curveOf(one, { shiftMs });
  const amounts = amountsBetween(
    curve,
    Array.from({ length: one.hours.length + 1 }, (_, hour) => shiftMs + hour * HOUR_MS),
  );
  return {
    hours: amounts.map(({ value }) => (value === null ? null : round(value, 6))),
    ...(one.coverage && { coverage: amounts.map(({ coverage }) => round(coverage, 3)) }),
    ...(one.known && { known: amounts.map(({ known }) => round(known, 3)) }),
    flags: flagsOf(curve),
  };
}

const expectedOf = ({ hours, coverage, known, flags }: GoldenCase) => ({
  hours,
  ...(coverage && { coverage }),
  ...(known && { known }),
  flags,
});

function shuffled(points: Points, seed: number): Points {
  const random = seeded(seed);
  return points
    .map((point) => ({ point, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ point }) => point);
}

const cases = goldenCases();
const totalOf = (curve: Curve, rangeMs: readonly [number, number]) =>
  amountsBetween(curve, [...rangeMs])[0]?.value ?? null;

describe('counter cases by hand', () => {
  it('are all there', () => expect(cases.length).toBeGreaterThan(85));

  it.each(cases)('$file $name', (one) => expect(outcomeOf(one)).toEqual(expectedOf(one)));

  it.each(cases.filter(({ ordered }) => !ordered))('$file $name: any order of arrival', (one) => {
    const forward = curveOf(one);
    const points = registersOf(one);
    expect(curveOf(one, { points: [...points].reverse() })).toEqual(forward);
    for (const seed of [1, 2, 3]) {
      expect(curveOf(one, { points: shuffled(points, seed) })).toEqual(forward);
    }
  });

  it.each(cases)('$file $name: seven minutes later it is the same', (one) => {
    const shiftMs = 7 * MINUTE_MS;
    const later = curveOf(one, { shiftMs });
    const endMs = one.hours.length * HOUR_MS;
    const total = totalOf(curveOf(one), [0, endMs]);
    const moved = totalOf(later, [shiftMs, endMs + shiftMs]);
    expect(moved === null ? null : round(moved, 6)).toBe(total === null ? null : round(total, 6));
    expect(flagsOf(later)).toEqual(flagsOf(curveOf(one)));
  });

  it.each(cases)('$file $name: across the end of a UTC day it is the same', (one) => {
    for (const hours of [22, 23]) {
      expect(outcomeOf(one, hours * HOUR_MS)).toEqual(expectedOf(one));
    }
  });

  it('tells a wrong expectation from a right one', () => {
    const [one] = cases;
    if (one === undefined) throw new Error('no case');
    expect(outcomeOf(one)).not.toEqual(expectedOf({ ...one, flags: ['reset'] }));
    expect(outcomeOf(one)).not.toEqual(expectedOf({ ...one, hours: [1.1] }));
  });
});
