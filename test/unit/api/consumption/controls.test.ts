/** Every rule is worth its place: without it a named case comes out wrong. */
import { describe, expect, it } from 'vitest';
import { RULE_NAMES, type RuleName } from '../../../../api/consumption/rules.ts';
import { HOUR_MS } from '../../../../domain/period.ts';
import { type Case, climb, expectedOf, MINUTE_MS, outcomeOf, spokenOf } from './case.ts';

const HOUR: Pick<Case, 'hours' | 'codes'> = { hours: [4], codes: [] };
const tenfold = climb({ from: 75, count: 5, start: 200_050, step: 10 });

/** By rule: the case it decides. The letter-and-number names are those of the published vectors. */
const DECIDED: Readonly<Record<RuleName, Case>> = {
  order: {
    name: 'T24 arrival out of order',
    readings: [
      [0, 10],
      [60, 14],
      [30, 12],
    ],
    ...HOUR,
    coverage: [1],
  },
  'last-write': {
    name: 'T23 conflicting values at one instant',
    readings: [
      [0, 10],
      [30, 99],
      [30, 12],
      [60, 14],
    ],
    ...HOUR,
    coverage: [1],
    codes: ['conflict'],
  },
  'no-value': {
    name: 'T28 null, NaN and negative polls',
    readings: [
      [0, 100],
      [15, Number.NaN],
      [30, Number.NaN],
      [45, -0.007],
      [60, 104],
    ],
    rules: { gapMs: 60 * MINUTE_MS },
    ...HOUR,
  },
  future: {
    name: 'a reading from tomorrow',
    readings: [
      [0, 10],
      [60, 14],
      [1500, 20],
    ],
    rules: { nowMs: 61 * MINUTE_MS, gapMs: 60 * MINUTE_MS },
    hours: [4, null],
    codes: ['future'],
  },
  jitter: {
    name: 'T11 last digit moving',
    readings: [
      [0, 215.6],
      [15, 215.7],
      [30, 215.6],
      [45, 215.7],
      [60, 215.8],
    ],
    hours: [0.2],
    codes: ['jitter'],
  },
  rollover: {
    name: 'T14 rollover of a register of five digits',
    readings: [
      [0, 99_998],
      [15, 99_999],
      [30, 0],
      [45, 1],
      [60, 2],
    ],
    rules: { modulus: 100_000 },
    hours: [4],
    codes: ['rollover'],
  },
  reset: {
    name: 'T07 true reset',
    readings: [
      [0, 990],
      [15, 991.25],
      [30, 1.2],
      [45, 2.45],
      [60, 3.7],
    ],
    hours: [4.95],
    codes: ['reset'],
  },
  spike: {
    name: 'T35 a spike small enough to pass the rating',
    readings: [
      [0, 100],
      [15, 101],
      [30, 121],
      [45, 102],
      [60, 103],
    ],
    hours: [3],
    coverage: [1],
    codes: ['spike_rejected'],
  },
  transient: {
    name: 'T08 bad zeroes',
    readings: [
      [0, 1000],
      [15, 1001],
      [30, 0],
      [45, 0],
      [60, 1004],
      [75, 1005],
    ],
    hours: [4],
    codes: ['transient_rejected'],
  },
  'unit-change': {
    name: 'ten times as much from one poll to the next',
    readings: [...climb({ from: 0, count: 5, start: 20_000, step: 1 }), ...tenfold],
    hours: [4, null],
    codes: ['unit_change_suspected'],
  },
  break: {
    name: 'T15 a wrap that may have been two',
    readings: [
      [0, 900],
      [1800, 100],
    ],
    rules: { modulus: 1000 },
    hours: [null, null],
    codes: ['break'],
  },
  'open-end': {
    name: 'zeros that may yet turn out to be a fault',
    readings: [
      [0, 1000],
      [60, 1004],
      [75, 0],
      [90, 0],
      [120, 0],
    ],
    rules: { gapMs: 60 * MINUTE_MS },
    hours: [4, null],
    codes: ['reset'],
  },
  rate: {
    name: 'T18 unregistered swap to a higher index',
    readings: [
      [0, 5000],
      [15, 5001],
      [30, 820_000],
      [45, 820_001],
      [60, 820_002],
    ],
    hours: [3],
    coverage: [0.75],
    codes: ['implausible_jump'],
  },
  stale: {
    name: 'an hour from a stale cache',
    readings: [
      ...climb({ from: 0, count: 5, start: 300, step: 0 }),
      [75, 350],
      [90, 352],
      [105, 354],
      [120, 356],
    ],
    hours: [40, 16],
    codes: ['stale_catch_up'],
  },
  replacement: {
    name: 'T17 registered swap',
    readings: [
      [0, 5006],
      [15, 5008],
      [45, 13],
      [60, 14],
    ],
    rules: {
      replacements: [{ atMs: 30 * MINUTE_MS, finalReading: 5010, initialReading: 12 }],
    },
    hours: [6],
    codes: ['replacement'],
  },
  gap: {
    name: 'T05 an outage the counter ran through',
    readings: [
      [0, 100],
      [60, 104],
      [180, 112],
      [240, 116],
    ],
    rules: { gapMs: 75 * MINUTE_MS },
    hours: [4, 4, 4, 4],
    coverage: [1, 0, 0, 1],
    codes: ['gap'],
  },
  boundary: {
    name: 'T03 the rate changes across the hour',
    readings: [
      [45, 100],
      [50, 100.5],
      [70, 110.5],
      [80, 111],
    ],
    hours: [5.5, 5.5],
    codes: [],
  },
  precedence: {
    name: 'a bill over hours of which one is measured',
    readings: [
      [0, 100],
      [60, 104],
    ],
    rules: { gapMs: 75 * MINUTE_MS },
    input: { intervals: [{ fromMs: 0, toMs: 3 * HOUR_MS, value: 24, origin: 'bill' }] },
    hours: [4, 10, 10],
    codes: [],
  },
  'power-cap': {
    name: 'power read once and then not for two hours',
    readings: [],
    rules: { intervalMs: 15 * MINUTE_MS },
    input: { power: { atMs: [0, 2 * HOUR_MS], value: [10, 10] } },
    hours: [5, null],
    codes: [],
  },
  stuck: {
    name: 'T20 stuck for three hours while others move',
    readings: climb({ from: 0, count: 13, start: 300, step: 0 }),
    rules: { stuck: { afterMs: 2 * HOUR_MS, othersMove: () => true } },
    hours: [0, 0, 0],
    coverage: [1, 1, 1],
    codes: ['stuck'],
  },
};

describe('controls', () => {
  it.each(RULE_NAMES)('%s decides its case', (rule) => {
    const one = DECIDED[rule];
    expect(spokenOf(one, outcomeOf(one))).toEqual(expectedOf(one));
    expect(spokenOf(one, outcomeOf(one, rule))).not.toEqual(expectedOf(one));
  });
});
