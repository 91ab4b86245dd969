/** The back-fill writes what a poll would have stored: aligned, in order, through the registers. */
import { describe, expect, it } from 'vitest';
import type { Reading } from '../../../domain/reading.ts';
import { createRegistry } from '../../../registry/registry.ts';
import { backfill, polled } from '../../../simulators/backfill.ts';
import { createTruth } from '../../../simulators/model/truth.ts';
import { createSqliteStore } from '../../../store/sqlite.ts';
import { demoRegistry } from '../../support/registry.ts';

const demo = await demoRegistry();
const ids = ['baiyan-center-e', 'baiyan-center-e-a', 'baiyan-center-w', 'baiyan-center-h'];
const registry = createRegistry(
  { ...demo, meters: ids.map((id) => demo.meter(id)) },
  demo.profiles,
);
const fromMs = Date.parse('2025-03-01T00:07:00+08:00');
const toMs = Date.parse('2025-03-03T00:00:00+08:00');
const range = { fromMs, toMs };

describe('backfill', () => {
  it('leaves in a store what the collector would have left', async () => {
    const store = createSqliteStore({ path: ':memory:', now: () => toMs }, registry);
    await store.init();
    await backfill({ registry, store, fromMs, toMs });
    const truth = createTruth({ registry });
    for (const meter of registry.meters) {
      const readings = await store.readings(meter.id, range, 1000);
      expect(readings.length).toBe(191);
      expect(readings[0]?.atMs).toBe(Date.parse('2025-03-01T00:15:00+08:00'));
      for (const { atMs, values, quality } of readings) {
        expect(quality).toBe(0);
        expect(values).toEqual(polled(meter)(truth.meter(meter.id).valuesAt(atMs)));
      }
    }
    await store.close();
  });

  it('goes meter by meter in order of time, says how far it is, and writes nothing of the future', async () => {
    const written: Reading[] = [];
    const progress: (readonly [number, number, number])[] = [];
    const nowMs = fromMs + 12 * 3_600_000;
    await backfill({
      registry,
      store: { writeReadings: async (batch) => void written.push(...batch) },
      fromMs,
      toMs,
      everyMs: 3_600_000,
      now: () => nowMs,
      onProgress: (...state) => progress.push(state),
    });
    expect(written.length).toBe(12 * ids.length);
    expect(written.every(({ atMs }) => atMs % 3_600_000 === 0 && atMs < nowMs)).toBe(true);
    const order = written.map(({ meterId, atMs }) => `${ids.indexOf(meterId)} ${atMs}`);
    expect(order).toEqual(order.toSorted());
    expect(progress.at(-1)).toEqual([48, 48, 0]);
    expect(progress.length).toBe(ids.length);
  });

  it('has nothing to do for an empty range', async () => {
    const store = { writeReadings: () => Promise.reject(new Error('nothing to write')) };
    await backfill({ registry, store, fromMs: toMs, toMs: fromMs });
  });
});
