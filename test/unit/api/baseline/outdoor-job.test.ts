/** Hours of weather stations outlive the readings of their sensors: a baseline of years ago still computes. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { baselineFor } from '../../../../api/baseline/baseline.ts';
import { createOutdoorJob, keepHours } from '../../../../api/baseline/outdoor-job.ts';
import { stationHours } from '../../../../api/baseline/station-hours.ts';
import { dailyTemperatures } from '../../../../api/baseline/weather.ts';
import type { ApiContext } from '../../../../api/context.ts';
import { openLedger } from '../../../../api/ledger/open.ts';
import { storeHours } from '../../../../cli/commands/weather.ts';
import { DAY_MS, dateStartMs, HOUR_MS } from '../../../../domain/period.ts';
import type { Store } from '../../../../store/port.ts';
import { createSqliteStore } from '../../../../store/sqlite.ts';
import { demoRegistry } from '../../../support/registry.ts';
import { datesFrom, temperaturesOf, useOf } from './days.ts';

const ZONE = 'Asia/Shanghai';
const registry = await demoRegistry();
const [station] = registry.stations.filter(({ sensor }) => sensor !== undefined);
if (station?.sensor === undefined) throw new Error('the demo has a station with a sensor');
const { sensor } = station;
const dates = datesFrom('2023-01-01', 365);
const range = { fromMs: dateStartMs('2023-01-01', ZONE), toMs: dateStartMs('2024-01-01', ZONE) };
const THREE_YEARS_ON_MS = range.toMs + 3 * 365 * DAY_MS;
const temperatures = temperaturesOf(dates);

let nowMs: number;
let store: Store;
let context: ApiContext;
const logger = { error: (_: object, message: string) => expect.unreachable(message) };
const job = (rollupDays?: number) => createOutdoorJob(() => context, { logger, rollupDays });

function read(atMs: number, celsius: number) {
  return { meterId: sensor, atMs, quality: 0, values: { airTemperature: celsius } };
}

const hoursIn = (fromMs: number, toMs: number) => stationHours(context, station, { fromMs, toMs });

/** As the store does by the hour. */
async function forgetUntil(atMs: number): Promise<void> {
  nowMs = atMs;
  await store.init();
}

beforeEach(async () => {
  nowMs = range.toMs;
  store = createSqliteStore({ path: ':memory:', now: () => nowMs }, registry);
  await store.init();
  context = { registry, store, ledger: openLedger(':memory:'), now: () => nowMs };
});
afterEach(async () => {
  context.ledger.close();
  await store.close();
});

describe('after readings are forgotten', () => {
  const OFFICE = { base: 100, perHdd: 6, perCdd: 9, work: 0, noise: 5 };
  const days = useOf(temperatures, OFFICE);
  const baseline = async () => {
    const found = await dailyTemperatures(context, station, range);
    return { found, ok: baselineFor({ days, temperatures: found }).ok };
  };

  beforeEach(() =>
    store.writeReadings(
      temperatures.flatMap(({ date, meanC }) =>
        Array.from({ length: 24 }, (_, hour) =>
          read(dateStartMs(date, ZONE) + hour * HOUR_MS, meanC ?? 0),
        ),
      ),
    ),
  );

  it('a baseline of three years ago computes as it did when they were there', async () => {
    const then = await baseline();
    expect(then.ok).toBe(true);
    await job().run();
    await forgetUntil(THREE_YEARS_ON_MS);
    expect(await store.readings(sensor, range, 9)).toEqual([]);
    expect(await baseline()).toEqual(then);
  });

  it('control: without stored hours it has no weather', async () => {
    await forgetUntil(THREE_YEARS_ON_MS);
    const { ok, found } = await baseline();
    expect(ok).toBe(false);
    expect(found.every(({ meanC }) => meanC === null)).toBe(true);
  });

  it('it computes from imported hours, of a station without a sensor too', async () => {
    await forgetUntil(THREE_YEARS_ON_MS);
    const means = new Map(
      temperatures.flatMap(({ date, meanC }) =>
        Array.from({ length: 24 }, (_, hour) => [
          dateStartMs(date, ZONE) + hour * HOUR_MS,
          meanC ?? 0,
        ]),
      ) as [number, number][],
    );
    const { sensor: _, ...bare } = station;
    expect(await storeHours(store, bare, means)).toHaveLength(365 * 24);
    expect((await baseline()).ok).toBe(true);
  });
});

describe('a round', () => {
  const last = () => nowMs - HOUR_MS;

  it('stores means of hours that have ended, and none of hours without a reading', async () => {
    await store.writeReadings([
      read(last(), 1),
      read(last() + HOUR_MS / 2, 2),
      read(last() - 3 * HOUR_MS, 0),
      read(nowMs, 9),
    ]);
    await job().run();
    const stored = await store.outdoorHours(station.id, { fromMs: 0, toMs: nowMs + DAY_MS });
    expect(stored.map(({ startMs, celsius }) => [startMs, celsius])).toEqual([
      [last() - 3 * HOUR_MS, 0],
      [last(), 1.5],
    ]);
  });

  it('follows readings that come later: of two days each time, of all at a start', async () => {
    const early = nowMs - 10 * DAY_MS;
    await store.writeReadings([read(nowMs - 20 * DAY_MS, 1), read(last(), 1)]);
    const running = job();
    await running.run();
    await store.writeReadings([read(early, 5), read(last() + 1, 3), read(last() - HOUR_MS, 7)]);
    await running.run();
    const starts = async () =>
      (await store.outdoorHours(station.id, { fromMs: early, toMs: nowMs })).map(
        ({ celsius }) => celsius,
      );
    expect(await starts()).toEqual([7, 2]);
    await job().run();
    expect(await starts()).toEqual([5, 7, 2]);
  });

  it('stores nothing older than hours are kept', async () => {
    const kept = nowMs - 5 * DAY_MS + HOUR_MS;
    await store.writeReadings([read(kept - HOUR_MS, 1), read(kept, 2), read(last(), 3)]);
    await job(5).run();
    const stored = await store.outdoorHours(station.id, { fromMs: 0, toMs: nowMs });
    expect(stored.map(({ celsius }) => celsius)).toEqual([2, 3]);
  });

  it('leaves the oldest hour as stored: some of its readings may be forgotten', async () => {
    const whole = { fromMs: last(), toMs: nowMs };
    await store.writeOutdoorHours([
      { stationId: station.id, startMs: last(), celsius: 4 },
      { stationId: station.id, startMs: nowMs, celsius: 4 },
    ]);
    await store.writeReadings([read(last() + 1, 8), read(nowMs, 8)]);
    await keepHours(context, station, { ...whole, toMs: nowMs + HOUR_MS });
    const stored = await store.outdoorHours(station.id, { fromMs: 0, toMs: nowMs + 1 });
    expect(stored.map(({ celsius }) => celsius)).toEqual([4, 8]);
  });
});

describe('hours of a station', () => {
  it('are those of its sensor where it has readings, stored ones otherwise', async () => {
    const [a, b, c] = [range.toMs - 3 * HOUR_MS, range.toMs - 2 * HOUR_MS, range.toMs - HOUR_MS];
    await store.writeReadings([read(a, 1), read(b, 2)]);
    await store.writeOutdoorHours(
      [b, c].map((startMs) => ({ stationId: station.id, startMs, celsius: 9 })),
    );
    const expected = new Map([
      [a, 1],
      [b, 2],
      [c, 9],
    ]);
    expect(await hoursIn(a, range.toMs)).toEqual(expected);
  });

  it('of an import leave to the sensor what it has measured', async () => {
    const [a, b] = [range.toMs - 2 * HOUR_MS, range.toMs - HOUR_MS];
    await store.writeReadings([read(a, 1)]);
    const means = new Map([
      [a, 9],
      [b, 9],
    ]);
    const stored = await storeHours(store, station, means);
    expect(stored).toEqual([{ stationId: station.id, startMs: b, celsius: 9 }]);
    expect(await storeHours(store, station, new Map())).toEqual([]);
  });
});
