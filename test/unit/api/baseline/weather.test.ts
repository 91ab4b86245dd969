/** Daily temperatures and degree days from a real store: half days, short gaps, days without anything. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dailyTemperatures, degreeDays } from '../../../../api/baseline/weather.ts';
import { stationNamed } from '../../../../cli/commands/weather.ts';
import { HOUR_MS } from '../../../../domain/period.ts';
import type { Store } from '../../../../store/port.ts';
import { createSqliteStore } from '../../../../store/sqlite.ts';
import { demoRegistry } from '../../../support/registry.ts';

const registry = await demoRegistry();
const { id, sensor = '' } = stationNamed(registry, undefined);
const FROM_MS = Date.parse('2026-01-01T00:00+08:00');
const range = { fromMs: FROM_MS, toMs: FROM_MS + 5 * 24 * HOUR_MS };
let store: Store;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jieyue-weather-'));
  store = createSqliteStore({ path: join(folder, 'store.db'), now: () => range.toMs }, registry);
  await store.init();
  // Hours of each local day that were measured, and their temperature.
  const days = [
    { hours: [0, 24], celsius: -2 },
    { hours: [0, 11], celsius: 8 },
    { hours: [10, 10], celsius: 0 },
    { hours: [12, 24], celsius: 28 },
    { hours: [0, 24], celsius: 28 },
  ] as const;
  const readings = days.flatMap(({ hours: [first, end], celsius }, day) =>
    Array.from({ length: end - first }, (_, i) => ({
      meterId: sensor,
      atMs: FROM_MS + (day * 24 + first + i) * HOUR_MS + 600_000,
      quality: 0,
      values: { airTemperature: celsius },
    })),
  );
  // Three hours of the first day are gone: a short gap.
  await store.writeReadings(readings.filter((_, i) => i < 5 || i > 7));
});

afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

describe('temperatures of a station', () => {
  it('are means of local days with at least half of their hours', async () => {
    const days = await dailyTemperatures({ store, registry }, { id, sensor }, range);
    expect(days).toEqual([
      { date: '2026-01-01', meanC: -2 },
      { date: '2026-01-02', meanC: null },
      { date: '2026-01-03', meanC: null },
      { date: '2026-01-04', meanC: 28 },
      { date: '2026-01-05', meanC: 28 },
    ]);
  });

  it('give degree days that say which days are missing and are not scaled up', async () => {
    expect(await degreeDays({ store, registry }, { id, sensor }, range)).toEqual({
      hdd18: 20,
      cdd26: 4,
      coverage: 0.6,
      missing: ['2026-01-02', '2026-01-03'],
    });
  });

  it('are missing, not zero, without a sensor or outside what was measured', async () => {
    const none = { hdd18: null, cdd26: null, coverage: 0 };
    expect(await degreeDays({ store, registry }, { id }, range)).toMatchObject(none);
    const later = { fromMs: range.toMs, toMs: range.toMs + 24 * HOUR_MS };
    expect(await degreeDays({ store, registry }, { id, sensor }, later)).toMatchObject(none);
  });
});

describe('the station a CSV is for', () => {
  it('is the only one or the one that is named, and named in the fault when there is none', () => {
    expect(stationNamed(registry, 'yunwu-station').id).toBe(id);
    expect(() => stationNamed(registry, 'nowhere')).toThrow(/yunwu-station, found 'nowhere'/);
    const two = registry.stations.flatMap((station) => [station, { ...station, id: 'other' }]);
    const named = () => stationNamed({ ...registry, stations: two }, undefined);
    expect(named).toThrow(/yunwu-station, other, found 'none'/);
  });
});
