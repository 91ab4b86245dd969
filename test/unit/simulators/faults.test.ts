/** Each fault as a behaviour of the display, and the board that hands them out. */
import { describe, expect, it } from 'vitest';
import { HOUR_MS } from '../../../domain/period.ts';
import { createFaultBoard } from '../../../simulators/faults/board.ts';
import { FAULT_KINDS, type Fault } from '../../../simulators/faults/index.ts';
import { createTruth } from '../../../simulators/model/truth.ts';
import { demoRegistry } from '../../support/registry.ts';

const registry = await demoRegistry();
const truth = createTruth({ registry });
const nowMs = Date.parse('2025-06-11T10:00:00+08:00');
const laterMs = nowMs + 5 * HOUR_MS;
const water = 'baiyan-court-w';
const volumeOf = (valuesAt: (atMs: number) => { readonly volume?: number }, atMs: number) =>
  valuesAt(atMs).volume ?? Number.NaN;

function boardWith(fault?: Fault, meterId = water) {
  const board = createFaultBoard({ registry, truth, now: () => nowMs });
  if (fault) board.set(meterId, fault);
  return board;
}
const shown = (fault?: Fault) => (atMs: number) => boardWith(fault).valuesAt(water, atMs);
const healthy = shown();

describe('fault', () => {
  it('none: the truth', () => {
    expect(healthy(laterMs)).toEqual(truth.meter(water).valuesAt(laterMs));
    expect(volumeOf(healthy, laterMs)).toBeGreaterThan(volumeOf(healthy, nowMs) + 1);
  });

  it('stuck: the values of the moment it was set', () => {
    expect(shown({ kind: 'stuck' })(laterMs)).toEqual(healthy(nowMs));
  });

  it('reset: counts from 0 since it was set, or from a time still to come', () => {
    const counted = volumeOf(healthy, laterMs) - volumeOf(healthy, nowMs);
    expect(volumeOf(shown({ kind: 'reset' }), laterMs)).toBeCloseTo(counted, 6);
    const planned = shown({ kind: 'reset', atMs: laterMs });
    expect(planned(laterMs - 1)).toEqual(healthy(laterMs - 1));
    expect(volumeOf(planned, laterMs)).toBe(0);
  });

  it('rollover: climbs to the modulus and starts again from 0', () => {
    const counted = volumeOf(healthy, laterMs) - volumeOf(healthy, nowMs);
    const rolling = shown({ kind: 'rollover', ahead: 1, modulus: 100_000 });
    expect(volumeOf(rolling, nowMs)).toBeCloseTo(99_999, 6);
    expect(volumeOf(rolling, laterMs)).toBeCloseTo(counted - 1, 6);
  });

  it('leak: more flow now, more volume later', () => {
    const leaking = shown({ kind: 'leak', m3PerHour: 2 });
    const extra = volumeOf(leaking, laterMs) - volumeOf(healthy, laterMs);
    expect(extra).toBeCloseTo(10, 3);
    expect((leaking(laterMs).volumeFlow ?? 0) - (healthy(laterMs).volumeFlow ?? 0)).toBeCloseTo(2);
  });

  it.each([
    [{ kind: 'offline' }, { kind: 'silent' }],
    [
      { kind: 'late', delayMs: 20 },
      { kind: 'late', delayMs: 20 },
    ],
    [
      { kind: 'exception', code: 6 },
      { kind: 'exception', code: 6 },
    ],
  ] as const)('%o: a manner of answering', (fault, manner) => {
    const board = boardWith(fault);
    expect(board.mannerOf(water)).toEqual(manner);
    expect(board.mannerOf('baiyan-court-e')).toBeUndefined();
    board.clear(water);
    expect(board.mannerOf(water)).toBeUndefined();
  });
});

describe('board', () => {
  it('lists what is set, one fault a meter', () => {
    const board = boardWith({ kind: 'stuck' });
    board.set(water, { kind: 'offline' });
    expect([...board.list()]).toEqual([[water, { kind: 'offline' }]]);
  });

  it.each([
    ['nobody', { kind: 'offline' }, "no meter 'nobody'"],
    [water, { kind: 'flood' }, `no fault 'flood'; there are ${FAULT_KINDS.join(', ')}`],
    [water, { kind: 'late' }, 'fault late: delayMs'],
    [water, { kind: 'exception', code: 99 }, 'fault exception: code'],
    [water, { kind: 'rollover', ahead: 1 }, 'names no modulus'],
    ['baiyan-court-e', { kind: 'leak', m3PerHour: 1 }, 'measures no volume'],
  ])('%s %o is refused', (meterId, fault, message) => {
    const board = boardWith();
    expect(() => board.set(meterId, fault as Fault)).toThrow(message);
    expect(board.list().size).toBe(0);
  });
});
