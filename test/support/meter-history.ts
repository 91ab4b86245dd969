/** Random histories of a meter: what it truly counted, what was read of it, and what was done to it. */
import type { CurveRules, Replacement, UnitChange } from '../../api/consumption/rules.ts';
import { HOUR_MS } from '../../domain/period.ts';
import { seeded } from './seeded.ts';

const MINUTE_MS = 60_000;
const T0 = Date.UTC(2026, 0, 1);
const MAX_PER_HOUR = 100;
const RESOLUTION = 0.01;

export type Incident =
  | 'gap'
  | 'zeros'
  | 'spike'
  | 'nudge'
  | 'dip'
  | 'rollover'
  | 'swap'
  | 'unit-and-back'
  | 'unit-confirmed'
  | 'reset'
  | 'unregistered-swap'
  | 'stale'
  | 'no-value'
  | 'future';

/** After these the index no longer says what was counted. */
const LOSSY: readonly Incident[] = ['reset', 'unregistered-swap'];
/** After an unregistered swap another unit may look like the old meter again. */
const CONSPIRING: readonly Incident[] = ['unregistered-swap', 'unit-and-back'];

export interface MeterHistory {
  readonly incidents: readonly Incident[];
  /** In order of arrival. */
  readonly atMs: Float64Array;
  readonly value: Float64Array;
  readonly rules: CurveRules;
  /** Counted between the first and the last reading; a wild history has none. */
  readonly truth?: number;
  /** Whether the index still tells all of it. */
  readonly isLossless: boolean;
}

interface Poll {
  atMs: number;
  /** Truly counted so far. */
  readonly counted: number;
  read: number;
  isLost: boolean;
}

type Dice = () => number;

function between(dice: Dice, low: number, high: number): number {
  return low + Math.floor(dice() * (high - low + 1));
}

function round(value: number): number {
  return Math.round(value / RESOLUTION) * RESOLUTION;
}

/** Days and nights, bursts and stand-stills, in whole steps of the register. */
function polls(dice: Dice, count: number, stepMs: number): Poll[] {
  const most = ((MAX_PER_HOUR * stepMs) / HOUR_MS) * 0.7;
  const load = 0.05 + dice() * 0.6;
  let counted = 0;
  let isIdle = false;
  return Array.from({ length: count }, (_, i) => {
    if (dice() < 0.03) isIdle = !isIdle;
    if (i > 0 && !isIdle) counted = round(counted + most * load * (0.3 + dice() * 0.7));
    return { atMs: T0 + i * stepMs, counted, read: 0, isLost: false };
  });
}

interface Doing {
  readonly dice: Dice;
  readonly all: Poll[];
  /** Where it begins; 30 polls from here on are its own. */
  readonly at: number;
  readonly stepMs: number;
  readonly replacements: Replacement[];
  readonly unitChanges: UnitChange[];
}

function rest({ all, at }: Doing): Poll[] {
  return all.slice(at);
}

/** A run that the rules still know how to end, 6 hours at most. */
function run({ all, at, dice, stepMs }: Doing, most: number): Poll[] {
  const length = Math.min(most, Math.floor((5 * HOUR_MS) / stepMs));
  return all.slice(at, at + between(dice, 1, Math.max(1, length)));
}

const INCIDENTS: Readonly<Record<Incident, (doing: Doing) => void>> = {
  gap: (doing) => {
    for (const poll of run(doing, 20)) poll.isLost = true;
  },
  zeros: (doing) => {
    for (const poll of run(doing, 20)) poll.read = 0;
  },
  spike: (doing) => {
    const [poll] = rest(doing);
    if (poll) poll.read = round(poll.read + 500 + doing.dice() * 1e6);
  },
  nudge: (doing) => {
    const most = (MAX_PER_HOUR * doing.stepMs) / HOUR_MS;
    const [poll] = rest(doing);
    // Small enough for the rating; on a young register it might be the last reading before a reset.
    if (poll && poll.read > 2 * most) poll.read = round(poll.read + most / 2);
  },
  dip: (doing) => {
    const [poll] = rest(doing);
    const least = (MAX_PER_HOUR * doing.stepMs) / HOUR_MS + 1;
    // Lower, it might be what a reset register counted since.
    if (poll && poll.read > 2 * least)
      poll.read = round(least + (poll.read / 2 - least) * doing.dice());
  },
  rollover: () => undefined,
  swap: ({ dice, all, at, stepMs, replacements }) => {
    const before = all[at - 1];
    if (before === undefined) return;
    const atMs = before.atMs + Math.floor(stepMs * 0.5);
    const initialReading = dice() < 0.5 ? 0 : between(dice, 1, 1e6) / 100;
    // What was counted between the last poll and the swap is on the old meter's final index.
    const next = all[at];
    const half = round(((next?.counted ?? before.counted) - before.counted) / 2);
    replacements.push({ atMs, finalReading: round(before.read + half), initialReading });
    const shift = initialReading - (before.read + half);
    for (const poll of all.slice(at)) poll.read = round(poll.read + shift);
  },
  'unit-and-back': (doing) => {
    const factor = [10, 100, 1000][between(doing.dice, 0, 2)] ?? 10;
    const isFiner = doing.dice() < 0.5;
    for (const poll of doing.all.slice(doing.at, doing.at + between(doing.dice, 3, 29)))
      poll.read = isFiner ? poll.read * factor : poll.read / factor;
  },
  'unit-confirmed': (doing) => {
    const factor = [10, 100, 1000][between(doing.dice, 0, 2)] ?? 10;
    doing.unitChanges.push({ atMs: T0 + doing.at * doing.stepMs, factor });
    for (const poll of rest(doing)) poll.read /= factor;
  },
  reset: (doing) => {
    const before = doing.all[doing.at - 1];
    for (const poll of rest(doing)) poll.read = round(poll.read - (before?.read ?? 0));
  },
  'unregistered-swap': (doing) => {
    const shift = 50_000 + doing.dice() * 1e6;
    for (const poll of rest(doing)) poll.read = round(poll.read + shift);
  },
  stale: (doing) => {
    const before = doing.all[doing.at - 1];
    for (const poll of run(doing, 20)) poll.read = before?.read ?? poll.read;
  },
  'no-value': (doing) => {
    const faulty = [Number.NaN, -0.007, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const poll of run(doing, 3)) poll.read = faulty[between(doing.dice, 0, 3)] ?? Number.NaN;
  },
  future: (doing) => {
    const [poll] = rest(doing);
    if (poll) poll.atMs += 1e11;
  },
};

/** Any of them, one after the other. */
const ORDINARY: readonly Incident[] = [
  'gap',
  'zeros',
  'spike',
  'nudge',
  'dip',
  'swap',
  'unit-and-back',
  'stale',
  'no-value',
  'future',
  'reset',
  'unregistered-swap',
];

/** Wraps a register at its modulus, so that at least one wrap falls into the history. */
function wrapAll(all: readonly Poll[], modulus: number): void {
  for (const poll of all) poll.read = round(poll.read % modulus);
}

/** Shuffles all that arrived, some of it twice. */
function arrive(dice: Dice, all: readonly Poll[]): Poll[] {
  const arrived = all.filter(({ isLost }) => !isLost);
  const twice = arrived.filter(() => dice() < 0.05);
  return [...arrived, ...twice]
    .map((poll) => ({ poll, key: dice() }))
    .sort((a, b) => a.key - b.key)
    .map(({ poll }) => poll);
}

/** A history of a few hundred readings, decided by its seed alone. */
export function meterHistory(seed: number): MeterHistory {
  const dice = seeded(seed);
  const stepMs = ([1, 15, 15, 15, 60] as const)[between(dice, 0, 4)] ?? 15;
  const ms = stepMs * MINUTE_MS;
  const count = between(dice, 60, dice() < 0.2 ? 1200 : 260);
  const all = polls(dice, count, ms);
  const incidents: Incident[] = [];
  const replacements: Replacement[] = [];
  const unitChanges: UnitChange[] = [];
  const isWrapping = dice() < 0.15;
  const hasConfirmed = !isWrapping && dice() < 0.1;
  // High enough that a tenth of it is no reading the meter could have counted up to.
  const start = dice() < 0.3 ? between(dice, 0, 5000) / 100 : between(dice, 1e7, 1e8) / 100;
  for (const poll of all) poll.read = round(start + poll.counted);
  const doing = { dice, all, stepMs: ms, replacements, unitChanges };
  for (let at = 12; at + 42 < count; at += between(dice, 42, 90)) {
    if (dice() < 0.25) continue;
    const incident = isWrapping ? 'rollover' : ORDINARY[between(dice, 0, ORDINARY.length - 1)];
    const isYoung = (all[at]?.read ?? 0) < 50_000;
    if (incident === undefined || (incident === 'unit-and-back' && isYoung)) continue;
    // What is small in one unit is the last digit of a coarser one.
    if (incident === 'nudge' && hasConfirmed) continue;
    if (CONSPIRING.includes(incident) && incidents.some((one) => CONSPIRING.includes(one)))
      continue;
    INCIDENTS[incident]({ ...doing, at });
    incidents.push(incident);
  }
  if (hasConfirmed && !incidents.some((one) => ['swap', 'unit-and-back'].includes(one))) {
    INCIDENTS['unit-confirmed']({ ...doing, at: between(dice, 12, count - 12) });
    incidents.push('unit-confirmed');
  }
  const modulus = 1000;
  if (isWrapping) wrapAll(all, modulus);
  const arrived = arrive(dice, all);
  const first = all.find(({ isLost }) => !isLost);
  return {
    incidents,
    atMs: Float64Array.from(arrived, ({ atMs }) => atMs),
    value: Float64Array.from(arrived, ({ read }) => read),
    truth: (all.at(-1)?.counted ?? 0) - (first?.counted ?? 0),
    isLossless: !incidents.some((incident) => LOSSY.includes(incident)),
    rules: {
      gapMs: 2.5 * ms,
      maxPerHour: MAX_PER_HOUR,
      resolution: RESOLUTION,
      replacements,
      unitChanges,
      nowMs: T0 + count * ms,
      ...(isWrapping ? { modulus } : {}),
    },
  };
}

/** Readings without rhyme or reason, many of them near each other: nothing to be true to. */
export function wildHistory(seed: number): MeterHistory {
  const dice = seeded(seed);
  const ms = 15 * MINUTE_MS;
  const count = between(dice, 0, 150);
  const levels = [0, 12, 100, 1000, 1001, 99_990, 1e6].map((level) => level + dice() * 20);
  const value = Float64Array.from({ length: count }, (_, i) => {
    const level = dice() < 0.1 ? 0 : (levels[between(dice, 0, levels.length - 1)] ?? 0);
    return round(level + (dice() < 0.8 ? i * 0.5 : 0));
  });
  const spread = dice() < 0.3 ? 20 : 1;
  return {
    incidents: [],
    isLossless: false,
    atMs: Float64Array.from(value, () => T0 + between(dice, 0, 400) * ms * spread),
    value,
    rules: {
      gapMs: 2.5 * ms,
      maxPerHour: MAX_PER_HOUR,
      resolution: RESOLUTION,
      replacements: [],
      ...(dice() < 0.3 ? { modulus: 100_000 } : {}),
    },
  };
}
