/** Rule 12: standing still is a fault only where a meter should move, and never changes a value. */
import { describe, expect, it } from 'vitest';
import { buildCurve } from '../../../../api/consumption/curve.ts';
import { learnHabits } from '../../../../api/consumption/rules/stuck.ts';
import { HOUR_MS } from '../../../../domain/period.ts';
import { CASE_RULES, climb, columns, MINUTE_MS, type Minutes } from './case.ts';

const DAY_MINUTES = 1440;

/** Four weeks in which the meter moves by day and rests at night, then `tail`. */
function weeks(tail: Minutes): Minutes {
  let value = 100;
  const past = Array.from({ length: 28 * 96 }, (_, i): readonly [number, number] => {
    const hour = Math.floor((i % 96) / 4);
    if (hour >= 7 && hour < 19) value += 1;
    return [i * 15, value];
  });
  return [
    ...past,
    ...tail.map(([minute, more]) => [28 * DAY_MINUTES + minute, value + more] as const),
  ];
}

const still = (fromHour: number, toHour: number) =>
  climb({ from: fromHour * 60, count: (toHour - fromHour) * 4 + 1, start: 0, step: 0 });

function stuckIn(readings: Minutes, stuck = habitsOf(weeks([]))) {
  const { findings } = buildCurve({ registers: columns(readings) }, { ...CASE_RULES, stuck });
  return findings.filter(({ code }) => code === 'stuck');
}

function habitsOf(readings: Minutes) {
  return learnHabits(buildCurve({ registers: columns(readings) }, CASE_RULES).segments);
}

describe('habits', () => {
  it('are learned from the meter: twelve hours of rest are usual', () => {
    expect(habitsOf(weeks([])).afterMs).toBe(12 * HOUR_MS);
  });

  it('of a meter that always moves: six hours at least', () => {
    const always = climb({ from: 0, count: 500, start: 5, step: 1 });
    expect(habitsOf(always).afterMs).toBe(6 * HOUR_MS);
  });
});

describe('a meter that stands still', () => {
  it('for a whole working day is stuck, and counts zero', () => {
    const found = stuckIn(weeks(still(0, 24)));
    expect(found).toHaveLength(1);
    expect((found[0]?.toMs ?? 0) - (found[0]?.fromMs ?? 0)).toBeGreaterThan(24 * HOUR_MS);
  });

  it('for a night is not', () => {
    expect(stuckIn(weeks(still(0, 7)))).toEqual([]);
  });

  it('and never moved is not (vector 32, however long)', () => {
    const idle = climb({ from: 0, count: 500, start: 42, step: 0 });
    expect(stuckIn(idle, habitsOf(idle))).toEqual([]);
  });

  it('for three hours while others move is, where three hours are much (vector 20)', () => {
    const readings = climb({ from: 0, count: 13, start: 300, step: 0 });
    const afterMs = 2 * HOUR_MS;
    expect(stuckIn(readings, { afterMs, othersMove: () => true })).toHaveLength(1);
    expect(stuckIn(readings, { afterMs, othersMove: () => false })).toEqual([]);
    expect(stuckIn(readings, { othersMove: () => true })).toEqual([]);
    const idle = climb({ from: 0, count: 9, start: 42, step: 0 });
    expect(stuckIn(idle, { afterMs, othersMove: () => true })).toEqual([]);
  });

  it('is asked about the very stretch', () => {
    const asked: number[] = [];
    const readings = climb({ from: 0, count: 41, start: 300, step: 0 });
    stuckIn(readings, {
      othersMove: ({ fromMs, toMs }) => {
        asked.push(fromMs, toMs);
        return false;
      },
    });
    expect(asked).toEqual([0, 600 * MINUTE_MS]);
  });
});
