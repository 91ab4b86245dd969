/** The host's clock is set while we poll: told, counted, and never believed when it jumps far. */
import pino from 'pino';
import { describe, expect, it } from 'vitest';
import { createClock } from '../../../collector/clock.ts';
import { createCollector } from '../../../collector/collector.ts';
import { createIntake } from '../../../collector/intake.ts';
import { PROFILES_BY_ID } from '../../../collector/profiles/index.ts';
import type { CollectorRecord } from '../../../collector/recorder.ts';
import { createRoster } from '../../../collector/roster.ts';
import { QUALITY } from '../../../domain/quality.ts';
import { demoRegistry } from '../../support/registry.ts';

const T0_MS = Date.UTC(2026, 0, 5, 8);
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const silent = pino({ level: 'silent' });

function hostClock() {
  let wallMs = T0_MS;
  let monotonicMs = 0;
  return {
    now: () => wallMs,
    monotonic: () => monotonicMs,
    pass(ms: number) {
      wallMs += ms;
      monotonicMs += ms;
    },
    set(stepMs: number) {
      wallMs += stepMs;
    },
  };
}

describe('createClock', () => {
  function watched() {
    const host = hostClock();
    const told: string[] = [];
    const tell = (name: string) => () => void told.push(name);
    const clock = createClock({
      ...host,
      logger: silent,
      onStep: tell('step'),
      onSuspected: tell('suspected'),
      onConfirmed: tell('confirmed'),
      onRevoked: tell('revoked'),
    });
    return { host, clock, told };
  }

  it('takes time going by, and slewing, for no step', () => {
    const { host, clock, told } = watched();
    for (let second = 0; second < 10_000; second += 1) {
      host.pass(1000);
      host.set(0.5);
      clock.check();
    }
    host.pass(DAY_MS * 3);
    clock.check();
    expect(told).toEqual([]);
    expect(clock.figures()).toMatchObject({ clock_steps_back: 0, clock_steps_forward: 0 });
  });

  it('counts steps both ways and trusts those of a day or less', () => {
    const { host, clock, told } = watched();
    host.set(-HOUR_MS);
    clock.check();
    host.set(23 * HOUR_MS);
    clock.check();
    clock.check();
    expect(told).toEqual(['step', 'step']);
    expect(clock.isTrusted).toBe(true);
    expect(clock.figures()).toMatchObject({ clock_steps_back: 1, clock_steps_forward: 1 });
  });

  it('doubts a jump of more than a day until a second clock agrees', () => {
    const { host, clock, told } = watched();
    host.set(2 * DAY_MS);
    clock.check();
    expect(clock.isTrusted).toBe(false);
    clock.compare(T0_MS);
    expect(clock.isTrusted).toBe(false);
    clock.compare(host.now() - 60_000);
    expect(clock.isTrusted).toBe(true);
    expect(told).toEqual(['suspected', 'step', 'confirmed']);
  });

  it('is confirmed by a device that agrees, and not held up by one that is wrong itself', () => {
    const { host, clock, told } = watched();
    host.set(2 * DAY_MS);
    clock.check();
    clock.agree(0);
    expect(clock.isTrusted).toBe(false);
    clock.agree(host.now() - 1000);
    expect(clock.isTrusted).toBe(true);
    expect(told).toEqual(['suspected', 'step', 'confirmed']);
    host.set(2 * DAY_MS);
    clock.check();
    for (let minute = 0; minute < 10; minute += 1) {
      clock.agree(0);
      host.pass(60_000);
      clock.check();
    }
    expect(clock.isTrusted).toBe(true);
  });

  it('believes it after ten even minutes, counted anew from each contradiction', () => {
    const { host, clock } = watched();
    host.set(2 * DAY_MS);
    clock.check();
    host.pass(9 * 60_000);
    clock.check();
    clock.compare(T0_MS);
    host.pass(9 * 60_000);
    clock.check();
    expect(clock.isTrusted).toBe(false);
    host.pass(60_000);
    clock.check();
    expect(clock.isTrusted).toBe(true);
  });

  it('revokes it when the clock returns', () => {
    const { host, clock, told } = watched();
    host.set(40 * DAY_MS);
    clock.check();
    host.pass(60_000);
    host.set(-40 * DAY_MS);
    clock.check();
    expect(clock.isTrusted).toBe(true);
    expect(told).toEqual(['suspected', 'step', 'revoked', 'step']);
  });
});

it('F15: a bus that knows another clock confirms the jump to the collector', async () => {
  const host = hostClock();
  const clocks: ((atMs: number) => void)[] = [];
  const idle = { start: async () => {}, poll() {}, stop: async () => {}, figures: () => ({}) };
  const collector = createCollector({
    ...host,
    registry: await demoRegistry(),
    recorder: { record() {}, flush: async () => {} },
    open(_, { otherClock }) {
      clocks.push(otherClock);
      return idle;
    },
  });
  const isDoubted = () => /clock/.test(collector.problem() ?? '');
  await collector.start();
  host.set(2 * DAY_MS);
  await expect.poll(isDoubted, { timeout: 10_000 }).toBe(true);
  clocks[0]?.(T0_MS);
  expect(isDoubted()).toBe(true);
  clocks[0]?.(host.now());
  expect(isDoubted()).toBe(false);
  await collector.stop();
});

describe('readings while the clock is set', () => {
  const METER = 'baiyan-center-w';

  async function recording() {
    const host = hostClock();
    const registry = await demoRegistry();
    const roster = createRoster();
    roster.replace(registry.meters, PROFILES_BY_ID);
    const records: CollectorRecord[] = [];
    const intake = createIntake({
      roster,
      recorder: { record: (record) => void records.push(record), flush: async () => {} },
      ...host,
      logger: silent,
      onStep: () => undefined,
    });
    let volume = 100;
    function poll() {
      host.pass(1000);
      volume += 1;
      const sample = { meterId: METER, atMs: host.now(), quality: 0, values: { volume } };
      intake.accept({ meterId: METER, sample });
    }
    const readings = () =>
      records.flatMap((record) => (record.kind === 'reading' ? [record.reading] : []));
    return { host, intake, poll, records, readings };
  }

  it('F15: an hour back is flagged, strictly increasing, and overwrites nothing', async () => {
    const { host, poll, readings } = await recording();
    for (let turn = 0; turn < 3; turn += 1) poll();
    host.set(-HOUR_MS);
    for (let turn = 0; turn < 3; turn += 1) poll();
    const times = readings().map(({ atMs }) => atMs);
    expect(times).toEqual([...new Set(times)].toSorted((a, b) => a - b));
    expect(readings().map(({ quality }) => quality & QUALITY.hostClock)).toEqual([
      0,
      0,
      0,
      QUALITY.hostClock,
      QUALITY.hostClock,
      QUALITY.hostClock,
    ]);
  });

  it('F15: an hour ahead is stored at once (control)', async () => {
    const { host, poll, readings } = await recording();
    poll();
    host.set(HOUR_MS);
    poll();
    expect(readings()).toHaveLength(2);
  });

  it('F15: a month ahead stores nothing until it is confirmed, then everything', async () => {
    const { host, intake, poll, readings, records } = await recording();
    poll();
    const before = records.length;
    host.set(30 * DAY_MS);
    for (let turn = 0; turn < 5; turn += 1) poll();
    expect(records).toHaveLength(before);
    expect(intake.figures()).toMatchObject({ withheld: 10, clock_trusted: 0 });
    intake.clock.compare(host.now());
    expect(readings()).toHaveLength(6);
    expect(intake.figures()).toMatchObject({ withheld: 0, withheld_dropped: 0, clock_trusted: 1 });
  });

  it('F15: a month ahead and back again leaves no trace but the count', async () => {
    const { host, intake, poll, readings } = await recording();
    poll();
    host.set(30 * DAY_MS);
    for (let turn = 0; turn < 5; turn += 1) poll();
    host.set(-30 * DAY_MS);
    poll();
    expect(readings().map(({ atMs, quality }) => [atMs - T0_MS, quality])).toEqual([
      [1000, 0],
      [7000, 0],
    ]);
    expect(intake.figures()).toMatchObject({ withheld: 0, withheld_dropped: 10 });
  });
});
