/** Every water meter is told of each morning: quiet, running since when, or why nobody can say. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lastNightDate, lastNightOf } from '../../../../api/water/last-night.ts';
import type { MeterConsumption } from '../../../../domain/consumption.ts';
import { DAY_MS, HOUR_MS } from '../../../../domain/period.ts';
import { createRegistry } from '../../../../registry/registry.ts';
import type { Meter, WaterSchedule } from '../../../../registry/schema.ts';
import { startTestApi, type TestApi } from '../../../support/api.ts';

const DATE = '2026-09-01';
const MAIN = 'cangsong-service-w';
const CANTEEN = 'cangsong-service-w-canteen';
const FLOORS = 'cangsong-service-w-zw';
const ZONE = 'Asia/Shanghai';
const LAST_DAY_MS = Date.parse(`${DATE}T00:00:00+08:00`);
const DAYS = 21;

/** 1 m³ an hour by day; at night what the case says, by how many nights ago it was. */
function hoursOf(meterId: string, nightFlow: (ago: number) => number | null): MeterConsumption[] {
  return Array.from({ length: DAYS * 24 }, (_, index) => {
    const hour = index % 24;
    const ago = DAYS - 1 - Math.floor(index / 24);
    const flow = hour >= 8 && hour < 18 ? 1 : hour < 6 ? nightFlow(ago) : 0;
    const known = flow === null ? 0 : 1;
    return {
      ...{ meterId, counter: 'volume', resolution: 'hour' },
      startMs: LAST_DAY_MS - (DAYS - 1) * DAY_MS + index * HOUR_MS,
      ...{ value: flow, coverage: known, manual: 0, estimated: 0, known, flags: [] },
      ...{ class: flow === null ? 'missing' : 'measured', ruleVersion: 1, revision: 0 },
    };
  });
}

const quiet = () => 0;
const runningFor = (nights: number, flow: number) => (ago: number) => (ago < nights ? flow : 0);

describe('last night', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi();
  });
  afterAll(() => api.stop());

  async function told(
    rows: readonly MeterConsumption[],
    options: {
      readonly schedules?: readonly WaterSchedule[];
      readonly changed?: Readonly<Record<string, Partial<Meter>>>;
    } = {},
  ) {
    const { store, registry: demo } = api.context;
    await store.writeMeterConsumption(rows);
    const { schedules = [], changed = {} } = options;
    const meters = demo.meters.map((meter): Meter => ({ ...meter, ...changed[meter.id] }) as Meter);
    const parts = { ...demo, meters, waterSchedules: [...schedules] };
    const registry = createRegistry(parts, demo.profiles);
    const found = await lastNightOf({ registry, store }, new Set([MAIN, CANTEEN, FLOORS]), DATE);
    return new Map(found.map((one) => [one.meter.id, one]));
  }

  test('ends at five in the morning, local time', () => {
    expect(lastNightDate(Date.parse('2026-09-01T04:59:00+08:00'), ZONE)).toBe('2026-08-31');
    expect(lastNightDate(Date.parse('2026-09-01T05:00:00+08:00'), ZONE)).toBe('2026-09-01');
  });

  test('is quiet, or runs for the first time, and the meter nearest to it says so', async () => {
    const rows = [
      ...hoursOf(MAIN, runningFor(1, 0.5)),
      ...hoursOf(CANTEEN, runningFor(1, 0.5)),
      ...hoursOf(FLOORS, quiet),
    ];
    const one = await told(rows);
    expect(one.get(CANTEEN)).toMatchObject({ state: 'running', runningNights: 1, isNearest: true });
    expect(one.get(CANTEEN)?.night?.usualM3PerHour?.middle).toBe(0);
    expect(one.get(MAIN)).toMatchObject({ state: 'running', isNearest: false });
    expect(one.get(FLOORS)).toMatchObject({ state: 'quiet', runningNights: 0 });
    // Control: what no meter below counts is the main's own.
    const own = await told([...rows, ...hoursOf(CANTEEN, quiet)]);
    expect(own.get(MAIN)).toMatchObject({ state: 'running', isNearest: true });
  });

  test('that was not measured is not quiet, and the nights before it do not count for it', async () => {
    const one = await told([
      ...hoursOf(MAIN, (ago) => (ago === 0 ? null : 0)),
      ...hoursOf(CANTEEN, (ago) => (ago === 0 ? null : 0.5)),
      ...hoursOf(FLOORS, () => null),
    ]);
    expect(one.get(MAIN)).toMatchObject({ state: 'not-measured', runningNights: 0 });
    expect(one.get(CANTEEN)).toMatchObject({ state: 'not-measured', runningNights: 0 });
    expect(one.get(FLOORS)?.state).toBe('no-hours');
  });

  test('of plant, or by a schedule without an amount, is not judged', async () => {
    const rows = [MAIN, CANTEEN, FLOORS].flatMap((id) => hoursOf(id, runningFor(9, 0.5)));
    const frost = { id: 'frost', reason: 'frost-trickle', meter: CANTEEN } as const;
    const all = { season: { from: '01-01', to: '12-31' }, from: '2020-01-01' };
    const one = await told(rows, {
      schedules: [{ ...frost, ...all }],
      changed: { [FLOORS]: { waterUse: 'irrigation' } },
    });
    expect(one.get(CANTEEN)?.state).toBe('schedule');
    // A meter above sees what the schedule foresees, too.
    expect(one.get(MAIN)?.state).toBe('schedule');
    expect(one.get(FLOORS)?.state).toBe('plant');
    const open = await told(rows);
    expect(open.get(CANTEEN)).toMatchObject({ state: 'running', runningNights: 3 });
  });

  test('over the api: without data none of the meters is called quiet', async () => {
    const response = await fetch(`${api.url}/api/leaks/last-night?agency=luming`);
    const body = (await response.json()) as { date: string; meters: { state: string }[] };
    expect(body.date).toBe('2026-10-20');
    expect(body.meters.length).toBeGreaterThan(2);
    const said = new Set(body.meters.map(({ state }) => state));
    expect(said.has('no-hours')).toBe(true);
    expect([...said].filter((state) => state !== 'no-hours' && state !== 'plant')).toEqual([]);
  });

  test('and all nights of a meter, with the leak among them', async () => {
    const below = [CANTEEN, FLOORS].flatMap((id) => hoursOf(id, quiet));
    const rows = [...hoursOf(MAIN, runningFor(4, 0.5)), ...below];
    await api.context.store.writeMeterConsumption(rows);
    const range = 'from=2026-08-20T00:00:00Z&to=2026-09-01T12:00:00Z';
    const response = await fetch(`${api.url}/api/meters/${MAIN}/nights?${range}`);
    const body = (await response.json()) as {
      watched: boolean;
      nights: { date: string; state: string }[];
      leaks: { id: string; open: boolean }[];
    };
    expect(body.watched).toBe(true);
    expect(body.nights.at(-1)).toMatchObject({ date: DATE, state: 'running', leastM3PerHour: 0.5 });
    expect(body.nights.at(-5)).toMatchObject({ state: 'quiet', leastM3PerHour: 0 });
    expect(body.leaks).toMatchObject([{ id: `${MAIN}/2026-08-29`, open: true }]);
    const electric = await fetch(`${api.url}/api/meters/cangsong-east-e/nights`);
    expect(await electric.json()).toMatchObject({ watched: false, nights: [] });
  });
});
