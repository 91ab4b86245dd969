/** Cases of the rule set beyond the published vectors; each forwards, backwards and in pieces. */
import { describe, expect, it } from 'vitest';
import { buildCurve } from '../../../../api/consumption/curve.ts';
import {
  CASE_RULES,
  type Case,
  climb,
  columns,
  expectedOf,
  MINUTE_MS,
  outcomeOf,
  spokenOf,
} from './case.ts';

const swap = (minute: number, finalReading: number, initialReading: number) => ({
  atMs: minute * MINUTE_MS,
  finalReading,
  initialReading,
});

const CASES: readonly Case[] = [
  {
    name: 'polled every minute, one a quarter of an hour missing',
    readings: climb({ from: 0, count: 61, start: 10, step: 0.1, everyMinutes: 1 }).filter(
      ([minute]) => minute % 15 !== 7,
    ),
    rules: { gapMs: 2.5 * MINUTE_MS },
    hours: [6],
    coverage: [1],
    codes: [],
  },
  {
    name: 'polled every hour, never on the hour',
    readings: climb({ from: 20, count: 4, start: 5, step: 3, everyMinutes: 60 }),
    rules: { gapMs: 150 * MINUTE_MS },
    hours: [2, 3, 3, 1],
    coverage: [0.667, 1, 1, 0.333],
    codes: [],
  },
  {
    name: 'a float32 register at 2^24, where steps of 1 disappear and come back as 2',
    readings: [
      [0, 16_777_214],
      [15, 16_777_216],
      [30, 16_777_216],
      [45, 16_777_218],
      [60, 16_777_216],
      [75, 16_777_220],
      [120, 16_777_222],
    ],
    rules: { gapMs: 60 * MINUTE_MS },
    hours: [4, 4],
    codes: ['jitter'],
  },
  {
    name: 'two registered swaps, the first meter used up to its last digit',
    readings: [
      [0, 9000],
      [15, 9001],
      [45, 3],
      [60, 4],
      [105, 701],
      [120, 702],
    ],
    rules: { gapMs: 60 * MINUTE_MS, replacements: [swap(90, 6, 700), swap(30, 9002, 2)] },
    hours: [4, 4],
    coverage: [1, 1],
    codes: ['replacement', 'replacement'],
  },
  {
    name: 'a swap at the instant of a poll: the registered indices count',
    readings: [
      [0, 500],
      [30, 502],
      [60, 10],
      [90, 12],
    ],
    rules: { replacements: [swap(60, 504, 10)] },
    hours: [4, 2],
    codes: ['replacement'],
  },
  {
    name: 'a swap before the first reading says what was counted until it',
    readings: [
      [60, 14],
      [90, 16],
    ],
    rules: { gapMs: 60 * MINUTE_MS, replacements: [swap(0, 700, 10)] },
    hours: [4, 2],
    coverage: [1, 0.5],
    codes: ['replacement'],
  },
  {
    name: 'a registered final index that the old meter cannot have reached is not counted',
    readings: [
      [0, 5000],
      [15, 5001],
      [45, 11],
      [60, 12],
    ],
    rules: { replacements: [swap(30, 61_020, 10)] },
    hours: [3],
    coverage: [0.75],
    codes: ['replacement', 'implausible_jump'],
  },
  {
    name: 'rolled over during an outage short enough for one wrap',
    readings: [
      [0, 99_940],
      [15, 99_950],
      [315, 130],
      [330, 140],
    ],
    rules: { modulus: 100_000 },
    hours: [37, 36, 36, 36, 36, 19],
    coverage: [0.25, 0, 0, 0, 0, 0.25],
    codes: ['rollover'],
  },
  {
    name: 'a reset right after an outage counts what is on the register',
    readings: [
      [0, 800],
      [15, 801],
      [255, 8],
      [270, 9],
      [285, 10],
      [300, 11],
    ],
    hours: [2.5, 2, 2, 2, 3.5],
    coverage: [0.25, 0, 0, 0, 0.75],
    codes: ['reset'],
  },
  {
    name: 'two resets within an hour',
    readings: [
      [0, 400],
      [15, 401],
      [30, 1],
      [45, 2],
      [60, 0.5],
      [75, 1.5],
      [90, 2.5],
      [120, 4.5],
    ],
    hours: [3.5, 4],
    codes: ['reset', 'reset'],
  },
  {
    name: 'zeros for five hours are no reset when the register comes back',
    readings: [
      ...climb({ from: 0, count: 5, start: 200, step: 1 }),
      ...climb({ from: 75, count: 20, start: 0, step: 0 }),
      ...climb({ from: 375, count: 4, start: 225, step: 1 }),
    ],
    hours: [4, 4, 4, 4, 4, 4, 4],
    coverage: [1, 0, 0, 0, 0, 0, 0.75],
    codes: ['transient_rejected'],
  },
  {
    name: 'zeros on a young register, which a reset would explain as well',
    readings: [
      [0, 1],
      [15, 2],
      [30, 0],
      [45, 0],
      [60, 5],
      [75, 6],
    ],
    rules: { gapMs: 60 * MINUTE_MS },
    hours: [4],
    codes: ['transient_rejected'],
  },
  {
    name: 'a garbage run of several values',
    readings: [
      [0, 1000],
      [15, 1001],
      [30, 0],
      [45, 5.3],
      [60, 0],
      [75, 3],
      [90, 1006],
      [105, 1007],
      [120, 1008],
    ],
    hours: [4, 4],
    codes: ['transient_rejected'],
  },
  {
    name: 'the same sentinel for an hour',
    readings: [
      [0, 1000],
      [15, 1001],
      ...climb({ from: 30, count: 4, start: 52_776_558_592, step: 0 }),
      [90, 1006],
      [120, 1008],
    ],
    hours: [4, 4],
    codes: ['spike_rejected'],
  },
  {
    name: 'a spike of two readings on a young register is not mistaken for a reset',
    readings: [
      [0, 0],
      [15, 0.6],
      [30, 1.2],
      [45, 19],
      [60, 19.6],
      [75, 3],
      [90, 3.6],
    ],
    hours: [2.4, 1.2],
    codes: ['spike_rejected'],
  },
  {
    name: 'stale for three hours, then caught up',
    readings: [
      ...climb({ from: 0, count: 13, start: 300, step: 0 }),
      [195, 365],
      [210, 370],
      [225, 375],
      [240, 380],
    ],
    hours: [20, 20, 20, 20],
    coverage: [0, 0, 0, 0.75],
    codes: ['stale_catch_up'],
  },
  {
    name: 'a spike after standing still is no catching up',
    readings: [
      ...climb({ from: 0, count: 9, start: 300, step: 0 }),
      [135, 420],
      ...climb({ from: 150, count: 3, start: 300, step: 0 }),
    ],
    hours: [0, 0, 0],
    coverage: [1, 1, 1],
    codes: ['spike_rejected'],
  },
  {
    name: 'swapped for a used meter with a lower index, nobody wrote it down',
    readings: [
      [0, 5000],
      [15, 5001],
      [30, 820],
      [45, 821],
      [60, 822],
      [120, 826],
    ],
    rules: { gapMs: 60 * MINUTE_MS },
    hours: [3, 4],
    coverage: [0.75, 1],
    codes: ['break'],
  },
  {
    name: 'kWh to MWh: nothing counts from there',
    readings: [
      [0, 52_000],
      [15, 52_001],
      [30, 52.002],
      [45, 52.003],
      [60, 52.004],
      [90, 52.006],
    ],
    rules: { resolution: 0.001 },
    hours: [1, null],
    coverage: [0.25, 0],
    codes: ['unit_change_suspected'],
  },
  {
    name: 'kWh to Wh and, after nine hours, back: the total is known again',
    readings: [
      ...climb({ from: 0, count: 4, start: 52_000, step: 1 }),
      ...climb({ from: 60, count: 36, start: 52_004_000, step: 1000 }),
      ...climb({ from: 600, count: 3, start: 52_040, step: 1 }),
    ],
    hours: [4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 2],
    coverage: [0.75, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0.5],
    codes: ['unit_change_suspected'],
  },
  {
    name: 'a registered unit change goes on in the first unit',
    readings: [
      [0, 52_000],
      [15, 52_001],
      [30, 52.002],
      [45, 52.003],
      [60, 52.004],
    ],
    rules: { unitChanges: [{ atMs: 30 * MINUTE_MS, factor: 1000 }] },
    hours: [4],
    coverage: [1],
    codes: [],
  },
  {
    name: 'a young register reset to a tenth is a reset',
    readings: [
      [0, 9],
      [15, 9.5],
      [30, 10],
      [45, 1],
      [60, 1.5],
      [75, 2],
    ],
    rules: { resolution: 0.5 },
    hours: [2.5],
    codes: ['reset'],
  },
  {
    name: 'a reading from the future is set aside',
    readings: [
      [0, 10],
      [15, 11],
      [400, 99],
      [30, 12],
      [60, 14],
    ],
    rules: { nowMs: 61 * MINUTE_MS },
    hours: [4, null],
    codes: ['future'],
  },
  {
    name: 'a first reading of zero before a used meter',
    readings: [
      [0, 0],
      [15, 56_842_170.8],
      [30, 56_842_171.8],
      [60, 56_842_173.8],
    ],
    hours: [3],
    coverage: [0.75],
    codes: ['implausible_jump'],
  },
  {
    name: 'no reading at all',
    readings: [],
    hours: [null, null],
    codes: [],
  },
  {
    name: 'one reading is no amount',
    readings: [[30, 100]],
    hours: [null],
    codes: [],
  },
];

describe('cases', () => {
  it.each(CASES)('$name', (one) => {
    expect(spokenOf(one, outcomeOf(one))).toEqual(expectedOf(one));
  });

  it.each(CASES)('$name: backwards and shifted by seven minutes it is the same', (one) => {
    const backwards = { ...one, readings: one.readings.toReversed() };
    expect(outcomeOf(backwards).curve).toEqual(outcomeOf(one).curve);
    const move = <T extends { atMs: number }>(part: T) => ({
      ...part,
      atMs: part.atMs + 7 * MINUTE_MS,
    });
    const rules = {
      ...CASE_RULES,
      ...one.rules,
      replacements: (one.rules?.replacements ?? []).map(move),
      unitChanges: (one.rules?.unitChanges ?? []).map(move),
      ...(one.rules?.nowMs && { nowMs: one.rules.nowMs + 7 * MINUTE_MS }),
    };
    const shifted = one.readings.map(([minute, value]) => [minute + 7, value] as const);
    const { findings, segments } = buildCurve({ registers: columns(shifted) }, rules);
    const own = outcomeOf(one).curve;
    expect(findings.map(({ code }) => code)).toEqual(own.findings.map(({ code }) => code));
    const total = (amount: Float64Array, length: number) =>
      amount.subarray(0, length).reduce((sum, part) => sum + part, 0);
    expect(total(segments.amount, segments.length)).toBeCloseTo(
      total(own.segments.amount, own.segments.length),
      6,
    );
  });
});

describe('what readings still to come decide', () => {
  const tail = (readings: Case['readings']) => {
    const one = { name: '', readings, hours: [null, null], codes: [] };
    const { curve, hours } = outcomeOf(one);
    return { hours, findings: curve.findings.filter(({ code }) => code !== 'gap') };
  };
  const start = climb({ from: 0, count: 5, start: 1000, step: 1 });

  it('zeros at the end have no value, and say so', () => {
    const { hours, findings } = tail([...start, [75, 0], [90, 0], [105, 0]]);
    expect(hours).toEqual([4, null]);
    expect(findings).toMatchObject([{ code: 'reset', provisional: true, toMs: 105 * MINUTE_MS }]);
  });

  it('climbing on from zero decides for a reset', () => {
    const { hours, findings } = tail([...start, [75, 0], [90, 0], [105, 1], [120, 2]]);
    expect(hours).toEqual([4, 2]);
    expect(findings).toMatchObject([{ code: 'reset' }]);
    expect(findings[0]?.provisional).toBeUndefined();
  });

  it('coming back decides for a transient', () => {
    const { hours, findings } = tail([...start, [75, 0], [90, 0], [105, 1007], [120, 1008]]);
    expect(hours).toEqual([4, 4]);
    expect(findings).toMatchObject([{ code: 'transient_rejected' }]);
  });

  it('one reading beyond the rating is not believed yet', () => {
    const { hours, findings } = tail([...start, [75, 820_000]]);
    expect(hours).toEqual([4, null]);
    expect(findings).toMatchObject([{ code: 'implausible_jump', provisional: true }]);
  });

  it('a break that looks like a swap proposes its registration', () => {
    const { findings } = tail([...start, [75, 820], [90, 821], [105, 822]]);
    expect(findings).toEqual([
      {
        code: 'break',
        fromMs: 60 * MINUTE_MS,
        toMs: 75 * MINUTE_MS,
        evidence: [
          { atMs: 60 * MINUTE_MS, value: 1004 },
          { atMs: 75 * MINUTE_MS, value: 820 },
        ],
        proposal: {
          kind: 'replacement',
          atMs: 75 * MINUTE_MS,
          finalReading: 1004,
          initialReading: 820,
        },
      },
    ]);
  });

  it('a unit nobody confirmed stays provisional, without a value', () => {
    const { hours, findings } = tail([
      ...climb({ from: 0, count: 5, start: 20_000, step: 1 }),
      ...climb({ from: 75, count: 5, start: 2000.5, step: 0.1 }),
    ]);
    expect(hours).toEqual([4, null]);
    expect(findings).toMatchObject([{ code: 'unit_change_suspected', provisional: true }]);
  });
});
