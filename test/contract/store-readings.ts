/** The contract of a store, first half: what the collector writes and the curve is made from. */
import { describe, expect, it } from 'vitest';
import { HOUR_MS } from '../../domain/period.ts';
import type { MeterStatus, Reading } from '../../domain/reading.ts';
import type { Store } from '../../store/port.ts';
import { ALL, CROWD, MAIN, OTHER, reading, T0 } from './store-fixtures.ts';

const MINUTE_MS = 60_000;

export function describeReadings(store: () => Store, reopen: () => Promise<Store>): void {
  describe('readings', () => {
    it('come back as they were written, oldest first', async () => {
      const early = { ...reading(MAIN, T0, { activeEnergyImport: 12_345_678.91 }), quality: 5 };
      const late = reading(MAIN, T0 + 1, { activePower: -0.25, frequency: 50 });
      await store().writeReadings([late, early]);
      expect(await store().readings(MAIN, ALL, 10)).toEqual([early, late]);
      expect(await store().readings(MAIN, ALL, 1)).toEqual([early]);
      expect(await store().readings(MAIN, ALL, 0)).toEqual([]);
      expect(await store().readings(MAIN, ALL, Number.POSITIVE_INFINITY)).toHaveLength(2);
    });

    it('are found in half-open ranges', async () => {
      const instants = [T0, T0 + 999, T0 + 1000];
      await store().writeReadings(instants.map((atMs) => reading(MAIN, atMs, { volume: 1 })));
      const found = await store().readings(MAIN, { fromMs: T0, toMs: T0 + 1000 }, 10);
      expect(found.map(({ atMs }) => atMs)).toEqual([T0, T0 + 999]);
      expect(await store().readings(MAIN, { fromMs: T0 + 1, toMs: T0 + 999 }, 10)).toEqual([]);
      expect(await store().readings(MAIN, { fromMs: T0, toMs: T0 }, 10)).toEqual([]);
      expect(await store().readings(MAIN, { fromMs: T0 + 1000, toMs: T0 }, 10)).toEqual([]);
    });

    it('are not doubled by a replay, and a correction wins', async () => {
      const batch = [0, 1, 2].map((n) => reading(MAIN, T0 + n, { activeEnergyImport: n }));
      await store().writeReadings(batch);
      await store().writeReadings(batch);
      expect(await store().readings(MAIN, ALL, 10)).toEqual(batch);
      await store().writeReadings([
        { ...reading(MAIN, T0 + 1, { activeEnergyImport: 7 }), quality: 1 },
      ]);
      const stored = await store().readings(MAIN, ALL, 10);
      expect(stored.map(({ values, quality }) => [values.activeEnergyImport, quality])).toEqual([
        [0, 0],
        [7, 1],
        [2, 0],
      ]);
    });

    it('let the last of one batch win', async () => {
      await store().writeReadings([1, 2].map((volume) => reading(MAIN, T0, { volume })));
      expect(await store().readings(MAIN, ALL, 10)).toEqual([reading(MAIN, T0, { volume: 2 })]);
    });

    it('merge registers that arrive apart for one instant', async () => {
      await store().writeReadings([reading(MAIN, T0, { activeEnergyImport: 1 })]);
      await store().writeReadings([reading(MAIN, T0, { activePower: 2 })]);
      const whole = reading(MAIN, T0, { activeEnergyImport: 1, activePower: 2 });
      expect(await store().readings(MAIN, ALL, 10)).toEqual([whole]);
    });

    it('give no value where a register was not read', async () => {
      await store().writeReadings([
        reading(MAIN, T0, { activePower: 3 }),
        reading(MAIN, T0 + 1, { activeEnergyImport: 0 }),
        reading(MAIN, T0 + 2, {}),
      ]);
      const { atMs, value } = await store().counterColumns(MAIN, 'activeEnergyImport', ALL);
      expect([[...atMs], [...value]]).toEqual([[T0 + 1], [0]]);
      expect((await store().readings(MAIN, ALL, 10)).map(({ values }) => values)).toEqual([
        { activePower: 3 },
        { activeEnergyImport: 0 },
        {},
      ]);
    });

    it('of two meters stay apart when written interleaved', async () => {
      const rows = Array.from({ length: 20 }, (_, n) =>
        reading(n % 2 ? MAIN : OTHER, T0 + n, { activeEnergyImport: n }),
      );
      await store().writeReadings(rows);
      for (const id of [MAIN, OTHER]) {
        const own = rows.filter(({ meterId }) => meterId === id);
        expect(await store().readings(id, ALL, 100)).toEqual(own);
      }
    });

    it('of more than one request and one page all arrive', async () => {
      const rows = Array.from({ length: 21_001 }, (_, n) =>
        reading(MAIN, T0 + n * MINUTE_MS, { activeEnergyImport: n, activePower: n }),
      );
      await store().writeReadings(rows);
      const { value } = await store().counterColumns(MAIN, 'activeEnergyImport', ALL);
      expect([...value]).toEqual(rows.map((_, n) => n));
      expect(await store().readings(MAIN, ALL, 20_001)).toHaveLength(20_001);
      const means = await store().meanPerBucket(MAIN, 'activePower', ALL, MINUTE_MS);
      expect(means.map(({ value }) => value)).toEqual(rows.map((_, n) => n));
    });

    it('of several meters asked for at once are told apart, however long each is', async () => {
      const counts = { [MAIN]: 10_000, [OTHER]: 10_003 };
      const rows = Object.entries(counts).flatMap(([id, count]) =>
        Array.from({ length: count }, (_, n) => reading(id, T0 + n * MINUTE_MS, { volume: n })),
      );
      await store().writeReadings(rows);
      const ask = (id: string, fromMs: number) =>
        store().counterColumns(id, 'volume', { ...ALL, fromMs });
      const asked = [ask(MAIN, T0), ask(OTHER, T0), ask('nobody', T0), ask(MAIN, T0 + 1)];
      const found = await Promise.all([...asked, ask(MAIN, T0)]);
      expect(found.map(({ value }) => value.length)).toEqual([10_000, 10_003, 0, 9_999, 10_000]);
      expect([...(found[1]?.value ?? [])]).toEqual(Array.from({ length: 10_003 }, (_, n) => n));
    });

    it('name the meter that is unknown, the register that is no number and the broken instant', async () => {
      const good = reading(MAIN, T0, { volume: 1 });
      const bad: [Reading, string][] = [
        [reading('nobody', T0, { volume: 1 }), "meter 'nobody'"],
        [reading(MAIN, T0, { volume: Number.NaN }), 'volume of'],
        [reading(MAIN, T0, { volume: Number.POSITIVE_INFINITY }), 'volume of'],
        [reading(MAIN, T0 + 0.5, { volume: 1 }), 'atMs of'],
      ];
      for (const [row, message] of bad) {
        await expect(store().writeReadings([good, row])).rejects.toMatchObject({
          code: 'store.rejected',
          message: expect.stringContaining(message),
        });
      }
      expect(await store().readings(MAIN, ALL, 10)).toEqual([]);
      const other = reading(OTHER, T0, { volume: 2 });
      await store().writeReadings([other]);
      await store().writeReadings([good]);
      expect(await store().latestReadings([MAIN, OTHER], ALL)).toEqual([good, other]);
    });

    it('survive closing', async () => {
      const row = reading(MAIN, T0, { activeEnergyImport: 4 });
      await store().writeReadings([row]);
      expect(await (await reopen()).readings(MAIN, ALL, 10)).toEqual([row]);
    });

    it('of an unknown meter, and of none, are nothing', async () => {
      await store().writeReadings([]);
      expect(await store().readings('nobody', ALL, 10)).toEqual([]);
      expect(await store().readings("x' OR '1'='1", ALL, 10)).toEqual([]);
      expect((await store().counterColumns('nobody', 'volume', ALL)).value).toHaveLength(0);
      expect(await store().latestReadings(['nobody'], ALL)).toEqual([]);
      expect(await store().latestReadings([], ALL)).toEqual([]);
      expect(await store().latestStatuses([], ALL)).toEqual([]);
      expect(await store().meanPerBucket('nobody', 'activePower', ALL, 1000)).toEqual([]);
    });
  });

  describe('latest readings', () => {
    it('are whole rows inside the range, one a meter, by id', async () => {
      const last = reading(OTHER, T0 + 5, { activePower: 2 });
      await store().writeReadings([
        reading(OTHER, T0 + 4, { activeEnergyImport: 1, activePower: 1 }),
        last,
        reading(MAIN, T0 + 1, { activePower: 9 }),
        reading(MAIN, T0 + 10, { activePower: 10 }),
      ]);
      const range = { fromMs: T0, toMs: T0 + 10 };
      expect(await store().latestReadings([OTHER, MAIN, 'nobody', MAIN], range)).toEqual([
        reading(MAIN, T0 + 1, { activePower: 9 }),
        last,
      ]);
    });

    it('of hundreds of meters come at once', async () => {
      await store().writeReadings(CROWD.map((id, n) => reading(id, T0, { volume: n })));
      const found = await store().latestReadings(CROWD.toReversed(), ALL);
      expect(found.map(({ meterId }) => meterId)).toEqual(CROWD);
    });
  });

  describe('means', () => {
    it('are taken per bucket; empty buckets are absent', async () => {
      const powers: [number, number][] = [
        [0, 1],
        [HOUR_MS - 1, 2],
        [3 * HOUR_MS, 5],
      ];
      await store().writeReadings([
        ...powers.map(([offset, activePower]) => reading(MAIN, T0 + offset, { activePower })),
        reading(MAIN, T0 + HOUR_MS, { activeEnergyImport: 3 }),
      ]);
      const range = { fromMs: T0, toMs: T0 + 4 * HOUR_MS };
      expect(await store().meanPerBucket(MAIN, 'activePower', range, HOUR_MS)).toEqual([
        { atMs: T0, value: 1.5 },
        { atMs: T0 + 3 * HOUR_MS, value: 5 },
      ]);
    });

    it('start at the bucket, not at the range, and refuse a bucket without length', async () => {
      await store().writeReadings([reading(MAIN, T0 + 1500, { activePower: 4 })]);
      const range = { fromMs: T0 + 1200, toMs: T0 + 5000 };
      const means = await store().meanPerBucket(MAIN, 'activePower', range, 1000);
      expect(means).toEqual([{ atMs: T0 + 1000, value: 4 }]);
      await expect(store().meanPerBucket(MAIN, 'activePower', range, 0)).rejects.toMatchObject({
        code: 'store.query',
      });
    });
  });

  describe('statuses', () => {
    const failed: MeterStatus = {
      meterId: MAIN,
      atMs: T0,
      state: 'offline',
      reason: 'modbus.timeout',
    };
    const good: MeterStatus = { meterId: MAIN, atMs: T0 + 1, state: 'ok', ageMs: 0 };
    const late: MeterStatus = {
      meterId: MAIN,
      atMs: T0 + 2,
      state: 'late',
      reason: '网关 "3" 无应答',
      ageMs: 7,
    };

    it('keep state, reason and age, and what is absent stays absent', async () => {
      await store().writeStatuses([late, failed, good]);
      expect(await store().statuses(MAIN, ALL, 10)).toEqual([failed, good, late]);
    });

    it('are the newest ones when there are more than asked for', async () => {
      await store().writeStatuses([failed, good, late]);
      expect(await store().statuses(MAIN, ALL, 2)).toEqual([good, late]);
      const range = { fromMs: T0, toMs: T0 + 2 };
      expect(await store().statuses(MAIN, range, 1)).toEqual([good]);
      expect(await store().latestStatuses([MAIN, OTHER], range)).toEqual([good]);
    });

    it('lose their reason when rewritten without one', async () => {
      await store().writeStatuses([failed]);
      await store().writeStatuses([{ meterId: MAIN, atMs: T0, state: 'ok' }]);
      expect(await store().statuses(MAIN, ALL, 10)).toEqual([
        { meterId: MAIN, atMs: T0, state: 'ok' },
      ]);
    });
  });

  it("takes the collector's own figures, again and again", async () => {
    const point = { atMs: T0, bus: '_all', fields: { polls: 3, timeouts: 0, 'p95 ms': 1.5 } };
    await store().writeCollector([point, { ...point, bus: 'tcp-baiyan-center', fields: {} }]);
    await store().writeCollector([point]);
    await expect(
      store().writeCollector([{ ...point, fields: { timeouts: Number.NaN } }]),
    ).rejects.toMatchObject({ code: 'store.rejected', context: { name: 'timeouts' } });
  });
}
