/** When meters are polled, on a clock of the test's own. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createScheduler, type ScheduledTask } from '../../../collector/scheduler.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

function fleet(count: number, periodMs: number) {
  const firedMs = new Map<string, number[]>();
  const tasks: ScheduledTask[] = Array.from({ length: count }, (_, index) => {
    const id = `meter-${index}`;
    firedMs.set(id, []);
    return { id, periodMs, run: () => firedMs.get(id)?.push(performance.now()) };
  });
  return { tasks, firedMs };
}

describe('createScheduler', () => {
  it('polls each meter once a period, without drift', () => {
    const { tasks, firedMs } = fleet(50, 1000);
    const scheduler = createScheduler({ tasks });
    scheduler.start();
    vi.advanceTimersByTime(59_990);
    scheduler.stop();
    for (const times of firedMs.values()) {
      expect(times).toHaveLength(60);
      const phases = times.map((at, index) => at - index * 1000);
      expect(Math.max(...phases) - Math.min(...phases)).toBeLessThanOrEqual(10);
    }
    expect(scheduler.figures()).toMatchObject({ fired: 3000, missed: 0 });
  });

  it('spreads the phases, the same way after every start', () => {
    const phasesOf = () => {
      const { tasks, firedMs } = fleet(200, 10_000);
      const scheduler = createScheduler({ tasks });
      const startMs = performance.now();
      scheduler.start();
      vi.advanceTimersByTime(10_010);
      scheduler.stop();
      return [...firedMs.values()].map(([first]) => (first ?? Number.NaN) - startMs);
    };
    const phases = phasesOf();
    // 200 slots of 50 ms: by chance alone 126 of them are taken.
    expect(new Set(phases).size).toBeGreaterThan(110);
    const perSecond = Map.groupBy(phases, (phase) => Math.floor(phase / 1000));
    for (const crowd of perSecond.values()) expect(crowd.length).toBeLessThan(45);
    for (const [index, phase] of phasesOf().entries()) {
      expect(Math.abs(phase - (phases[index] ?? Number.NaN))).toBeLessThan(1);
    }
  });

  it('aligns to the wall clock where asked to', () => {
    const wallMs = Date.UTC(2026, 0, 1, 0, 0, 7, 340);
    const { tasks, firedMs } = fleet(3, 15_000);
    const startMs = performance.now();
    const scheduler = createScheduler({ tasks, align: true, now: () => wallMs });
    scheduler.start();
    vi.advanceTimersByTime(40_000);
    scheduler.stop();
    for (const times of firedMs.values()) {
      for (const at of times) expect((wallMs + at - startMs) % 15_000).toBeLessThan(60);
    }
  });

  it('counts the turns of a stall as missed and runs each meter once', () => {
    const { tasks, firedMs } = fleet(10, 1000);
    const scheduler = createScheduler({ tasks });
    scheduler.start();
    vi.advanceTimersByTime(1000);
    const before = [...firedMs.values()].map((times) => times.length);
    const stalledMs = performance.now() + 5000;
    const clock = vi.spyOn(performance, 'now').mockReturnValue(stalledMs);
    vi.advanceTimersToNextTimer();
    clock.mockRestore();
    scheduler.stop();
    const after = [...firedMs.values()].map((times) => times.length);
    expect(
      Math.max(...after.map((count, index) => count - (before[index] ?? 0))),
    ).toBeLessThanOrEqual(2);
    expect(scheduler.figures().missed).toBeGreaterThanOrEqual(30);
  });

  it('fires nothing after stop', () => {
    const { tasks, firedMs } = fleet(5, 100);
    const scheduler = createScheduler({ tasks });
    scheduler.start();
    scheduler.stop();
    vi.advanceTimersByTime(1000);
    expect([...firedMs.values()].flat()).toEqual([]);
  });
});
