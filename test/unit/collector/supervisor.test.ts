/** A bus worker that does nothing any more is rebuilt; one that has nothing to do is left alone. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createCollector } from '../../../collector/collector.ts';
import type { OpenSource } from '../../../collector/open-source.ts';
import type { CollectorRecord } from '../../../collector/recorder.ts';
import type { PollOutcome } from '../../../collector/source.ts';
import {
  createSupervisor,
  noteDue,
  noteSettled,
  verdictOf,
} from '../../../collector/supervisor.ts';
import { AppError } from '../../../domain/errors.ts';
import { createRegistry } from '../../../registry/registry.ts';
import { demoRegistry } from '../../support/registry.ts';

const sample = { meterId: 'm', atMs: 0, quality: 0, values: { volume: 1 } };
const failed = (code: 'unit.backoff' | 'modbus.timeout' | 'poll.skipped'): PollOutcome => ({
  meterId: 'm',
  error: new AppError(code, 'm'),
});

describe('createSupervisor', () => {
  const periods = { shortestMs: 10_000, longestMs: 10_000, minSilenceMs: 60_000 };

  /** Polls every ten seconds; returns when it was to be rebuilt, in seconds. */
  function verdicts(minutes: number, answer: (second: number) => PollOutcome | undefined) {
    const supervisor = createSupervisor(periods, 0);
    const found: [number, string][] = [];
    for (let second = 1; second <= minutes * 60; second += 1) {
      if (second % 10 === 0) {
        noteDue(supervisor, second * 1000);
        const outcome = answer(second);
        if (outcome) noteSettled(supervisor, outcome, second * 1000);
      }
      const reason = verdictOf(supervisor, second * 1000);
      if (reason) found.push([second, reason]);
    }
    return found;
  }

  it('is content with values, and with a bus that is only backed off', () => {
    expect(verdicts(60, () => ({ meterId: 'm', sample }))).toEqual([]);
    expect(verdicts(60, () => failed('unit.backoff'))).toEqual([]);
  });

  it('finds a poll that never ends, whether the next ones are skipped or swallowed', () => {
    const skipping = verdicts(2, (second) => (second > 10 ? failed('poll.skipped') : undefined));
    expect(skipping[0]).toEqual([71, 'no poll ends']);
    expect(verdicts(2, () => undefined)[0]).toEqual([71, 'no poll ends']);
  });

  it('tries a bus without values anew, ever more rarely', () => {
    const seconds = verdicts(180, () => failed('modbus.timeout')).map(([second]) => second);
    const gaps = seconds.map((second, index) => second - (seconds[index - 1] ?? 0));
    expect(gaps.slice(0, 5).map((gap) => Math.round(gap / 60))).toEqual([1, 2, 4, 8, 16]);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(3_610);
  });

  it('waits three periods of a slow meter', () => {
    const slow = { shortestMs: 900_000, longestMs: 900_000, minSilenceMs: 60_000 };
    const supervisor = createSupervisor(slow, 0);
    noteDue(supervisor, 1000);
    expect(verdictOf(supervisor, 2_700_000)).toBeUndefined();
    expect(verdictOf(supervisor, 2_702_000)).toBe('no poll ends');
  });
});

describe('a collector with a worker that hangs', () => {
  beforeEach(() => {
    vi.useFakeTimers({
      toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'],
    });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** The first source of the first bus swallows polls, and its end too; all others answer. */
  async function run(rebuildAfterMs: number) {
    const demo = await demoRegistry();
    const meters = demo.meters.map((meter) => ({ ...meter, pollSeconds: 10 }));
    const registry = createRegistry({ ...demo, meters }, demo.profiles);
    const hungBus = registry.connections[0]?.id ?? '';
    const opened = new Map<string, number>();
    const late: (() => void)[] = [];
    const open: OpenSource = ({ connection, report }) => {
      const nth = (opened.get(connection.id) ?? 0) + 1;
      opened.set(connection.id, nth);
      const hangs = connection.id === hungBus && nth === 1;
      return {
        start: async () => {},
        poll(meterId) {
          const answer = () =>
            report({ meterId, sample: { ...sample, meterId, atMs: Date.now() } });
          if (hangs) late.push(answer);
          else answer();
        },
        stop: () => (hangs ? new Promise<void>(() => {}) : Promise.resolve()),
        figures: () => ({}),
      };
    };
    const records: CollectorRecord[] = [];
    const recorder = {
      record: (record: CollectorRecord) => void records.push(record),
      flush: async () => {},
    };
    const collector = createCollector({ registry, recorder, open, rebuildAfterMs });
    await collector.start();
    await vi.advanceTimersByTimeAsync(180_000);
    const onBus = new Set(registry.metersOn(hungBus).map(({ id }) => id));
    const read = () =>
      records.filter((record) => record.kind === 'reading' && onBus.has(record.reading.meterId));
    return { collector, opened, hungBus, read, late };
  }

  it('rebuilds that bus alone, counts it, and hears nothing of the old one', async () => {
    const { collector, opened, hungBus, read, late } = await run(60_000);
    expect(opened.get(hungBus)).toBe(2);
    expect([...opened.values()].filter((count) => count > 1)).toHaveLength(1);
    expect(collector.figures()[hungBus]).toMatchObject({ rebuilds: 1 });
    expect(collector.figures()._all).toMatchObject({ rebuilds: 1 });
    const count = read().length;
    expect(count).toBeGreaterThan(0);
    for (const answer of late) answer();
    expect(read()).toHaveLength(count);
    await collector.stop();
  });

  it('stays hung without the supervisor (control)', async () => {
    const { opened, hungBus, read } = await run(Number.POSITIVE_INFINITY);
    expect(opened.get(hungBus)).toBe(1);
    expect(read()).toEqual([]);
  });
});
