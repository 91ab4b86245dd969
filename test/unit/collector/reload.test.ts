/** Which buses another registry touches, and that a poll in between is neither lost nor doubled. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createCollector } from '../../../collector/collector.ts';
import type { OpenSource } from '../../../collector/open-source.ts';
import { PROFILES_BY_ID } from '../../../collector/profiles/index.ts';
import { busKeys, planReload } from '../../../collector/reload.ts';
import { createScheduler } from '../../../collector/scheduler.ts';
import { createRegistry, type Registry } from '../../../registry/registry.ts';
import type { Meter } from '../../../registry/schema.ts';
import { demoRegistry } from '../../support/registry.ts';

const BUS = 'tcp-luming';
const demo = await demoRegistry();

function withMeters(change: (meter: Meter) => Meter | undefined): Registry {
  const meters = demo.meters.flatMap((meter) => change(meter) ?? []);
  return createRegistry({ ...demo, meters }, demo.profiles);
}

const onBus = (change: (meter: Meter) => Meter | undefined) =>
  withMeters((meter) => (meter.connection === BUS ? change(meter) : meter));

const planTo = (next: Registry) =>
  planReload(busKeys(demo, PROFILES_BY_ID), busKeys(next, PROFILES_BY_ID));

describe('planReload', () => {
  it('touches nothing for names, multipliers, ratings, shares and plates', () => {
    const plan = planTo(
      withMeters((meter) => ({
        ...meter,
        name: { zh: '乙', en: 'B' },
        maxPerHour: 1,
        multiplier: [],
        shares: [{ from: '2026-01-01', basis: 'fixed', shares: { 'baiyan-fgj': 1 } }],
        accuracyClass: '2',
        serialNumber: 'N',
        verification: [{ on: '2026-01-01', until: '2028-01-01' }],
      })),
    );
    expect(plan).toMatchObject({ changed: [], added: [], removed: [] });
    expect(plan.kept).toHaveLength(demo.connections.length);
  });

  it.each([
    ['a period', (meter: Meter) => ({ ...meter, pollSeconds: 77 })],
    ['a unit', (meter: Meter) => ({ ...meter, unit: (meter.unit ?? 0) + 100 })],
    ['a profile', (meter: Meter) => ({ ...meter, profile: 'chint-dtsu666' })],
  ])('touches the one bus for %s', (_, change) => {
    expect(planTo(onBus(change))).toMatchObject({ changed: [BUS], added: [], removed: [] });
  });

  it('drops a bus without meters and takes it up again', () => {
    const without = onBus(() => undefined);
    expect(planTo(without)).toMatchObject({ changed: [], removed: [BUS] });
    const back = planReload(busKeys(without, PROFILES_BY_ID), busKeys(demo, PROFILES_BY_ID));
    expect(back).toMatchObject({ changed: [], added: [BUS] });
  });
});

describe('a schedule with other tasks', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('keeps phase and count of those that stay, whenever and however often it changes', () => {
    const pauses = fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 1, maxLength: 40 });
    const stays = ['a', 'b', 'c'];
    fc.assert(
      fc.property(pauses, (waits) => {
        const fired = new Map<string, number[]>();
        const task = (id: string) => ({
          id,
          periodMs: 1000,
          run: () => void fired.set(id, [...(fired.get(id) ?? []), performance.now()]),
        });
        const scheduler = createScheduler({ tasks: stays.map(task) });
        scheduler.start();
        let totalMs = 0;
        for (const [index, waitMs] of waits.entries()) {
          vi.advanceTimersByTime(waitMs);
          totalMs += waitMs;
          scheduler.replace([...stays, `guest-${index}`].map(task));
        }
        vi.advanceTimersByTime(2000);
        scheduler.stop();
        for (const id of stays) {
          const times = fired.get(id) ?? [];
          const gaps = times.slice(1).map((at, index) => at - (times[index] ?? at));
          expect(times.length).toBeGreaterThanOrEqual(Math.floor((totalMs + 2000) / 1000));
          for (const gap of gaps) expect(Math.abs(gap - 1000)).toBeLessThanOrEqual(12);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('follows the wall clock where aligned, and only there', () => {
    const run = (align: boolean) => {
      let wallMs = Date.UTC(2026, 0, 1);
      const startMs = performance.now();
      const now = () => wallMs + performance.now() - startMs;
      const seen: number[] = [];
      const task = { id: 'm', periodMs: 15_000, run: () => void seen.push(now()) };
      const scheduler = createScheduler({ tasks: [task], align, now });
      scheduler.start();
      vi.advanceTimersByTime(40_000);
      wallMs += 4_321;
      scheduler.realign();
      const before = seen.length;
      vi.advanceTimersByTime(40_000);
      scheduler.stop();
      return seen.slice(before).map((at) => at % 15_000);
    };
    for (const phase of run(true)) expect(phase).toBeLessThan(60);
    const unaligned = run(false);
    expect(new Set(unaligned.map((phase) => Math.round(phase / 20))).size).toBe(1);
  });
});

describe('E26: random reloads', () => {
  /** Short here; `npm run bench:reliability` goes on for 500. */
  const RELOADS = Number(process.env.JIEYUE_RELOADS ?? 60);

  it('end with what the last registry says, every source stopped once and no poll elsewhere', async () => {
    const live = new Map<string, { meters: readonly string[] }>();
    let starts = 0;
    let strays = 0;
    const open: OpenSource = ({ connection, meters }) => {
      const self = { meters: meters.map(({ id }) => id) };
      return {
        async start() {
          expect(live.has(connection.id)).toBe(false);
          starts += 1;
          live.set(connection.id, self);
        },
        poll(meterId) {
          if (live.get(connection.id) !== self || !self.meters.includes(meterId)) strays += 1;
        },
        async stop() {
          if (live.get(connection.id) === self) live.delete(connection.id);
        },
        figures: () => ({}),
      };
    };
    const recorder = { record: () => {}, flush: async () => {} };
    const collector = createCollector({ registry: demo, recorder, open });
    await collector.start();
    const random = fc.sample(
      fc.array(fc.integer({ min: 0, max: 999 }), { minLength: 74, maxLength: 74 }),
      {
        numRuns: RELOADS,
        seed: 26,
      },
    );
    let last = demo;
    let changedNothing = 0;
    for (const dice of random) {
      last = withMeters((meter) => {
        const roll = dice[demo.meters.indexOf(meter)] ?? 0;
        if (roll < 30) return undefined;
        return roll < 60 ? { ...meter, pollSeconds: 1 + (roll % 3) } : meter;
      });
      const plans = await Promise.all([collector.reload(last), collector.reload(last)]);
      if (plans[1].changed.length + plans[1].added.length === 0) changedNothing += 1;
    }
    expect(changedNothing).toBe(RELOADS);
    expect([...live.keys()].sort()).toEqual([...busKeys(last, PROFILES_BY_ID).keys()].sort());
    for (const [id, { meters }] of live) {
      expect(meters).toEqual(last.metersOn(id).map((meter) => meter.id));
    }
    expect(collector.figures()._all).toMatchObject({ meters_configured: last.meters.length });
    expect(starts).toBeGreaterThan(demo.connections.length);
    expect(strays).toBe(0);
    await collector.stop();
    expect(live.size).toBe(0);
  });

  it('refuse a registry that cannot be polled, and change nothing', async () => {
    const recorder = { record: () => {}, flush: async () => {} };
    const collector = createCollector({ registry: demo, recorder });
    const wrong = onBus((meter) => ({ ...meter, profile: 'nobody-knows' }));
    await expect(collector.reload(wrong)).rejects.toMatchObject({ code: 'config.invalid' });
    expect(Object.keys(collector.figures()).sort()).toEqual(
      ['_all', ...demo.connections.map(({ id }) => id)].sort(),
    );
    await expect(collector.reload(demo)).resolves.toMatchObject({ changed: [], added: [] });
  });
});
