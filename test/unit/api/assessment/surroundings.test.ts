/** What an account sees around it: ledger entries of its buildings, and the temperatures of its rooms. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordsOf } from '../../../../api/assessment/records.ts';
import { loadRooms } from '../../../../api/assessment/rooms.ts';
import type { ApiContext } from '../../../../api/context.ts';
import { openLedger } from '../../../../api/ledger/open.ts';
import { staysOf } from '../../../../api/occupancy.ts';
import { HOUR_MS, parsePeriod, type TimeRange } from '../../../../domain/period.ts';
import { createRegistry, type Registry } from '../../../../registry/registry.ts';
import { createSqliteStore } from '../../../../store/sqlite.ts';
import { demoRegistry } from '../../../support/registry.ts';

const WEEK = parsePeriod('2026-10-12', 'Asia/Shanghai') as TimeRange;
const NOON_MS = WEEK.fromMs + 12 * HOUR_MS;
const demo = await demoRegistry();
const air = demo.meter('yunwu-air');
/** The demo's weather sensor, and one like it in the court. */
const registry: Registry = createRegistry(
  {
    ...demo.written,
    meters: [
      ...demo.written.meters,
      { ...air, id: 'court-room', building: 'baiyan-court', profile: 'room', node: 'Room' },
    ],
  },
  new Map([
    ...demo.profiles,
    ['room', { id: 'room', protocol: 'opcua', quantities: ['roomTemperature'], counters: {} }],
  ]),
);
let folder: string;
let context: ApiContext;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jieyue-around-'));
  const ledger = openLedger(':memory:');
  const store = createSqliteStore({ path: join(folder, 's.db'), now: () => WEEK.toMs }, registry);
  await store.init();
  await store.writeReadings([
    ...[20, 22].map((roomTemperature, i) => ({
      meterId: 'court-room',
      atMs: NOON_MS + i * 60_000,
      quality: 0,
      values: { roomTemperature },
    })),
    { meterId: air.id, atMs: NOON_MS, quality: 0, values: { airTemperature: 3 } },
    { meterId: 'court-room', atMs: NOON_MS + HOUR_MS, quality: 0, values: { roomTemperature: 19 } },
  ]);
  context = { registry, store, ledger, now: () => WEEK.toMs };
});

afterAll(async () => {
  context.ledger.close();
  await context.store.close();
  await rm(folder, { recursive: true });
});

describe('an account', () => {
  it('sees entries that name one of its buildings and no agency', () => {
    const roof = { building: 'baiyan-court', date: '2026-01-01', installableM2: 100, pvM2: 0 };
    const by = { who: 't', why: 't' };
    const { id } = context.ledger.add('roof', roof, by);
    context.ledger.add('roof', { ...roof, building: 'luming-hall' }, by);
    context.ledger.add('roof', { ...roof, agency: 'luming-zf' }, by);
    const recordsFor = (id: string) => {
      const agency = registry.agency(id);
      const buildings = staysOf(registry, agency, WEEK).map(({ building }) => building);
      return recordsOf(context, agency, { elapsed: WEEK, buildings });
    };
    const { records } = recordsFor('baiyan-fy');
    expect(records('roof').map((entry) => entry.id)).toEqual([id]);
    // A parent sees those of all below.
    expect(recordsFor('bureau').records('roof')).toHaveLength(3);
  });

  it('sees its rooms by the hour beside the air outdoors', async () => {
    const staying = (id: string) => [
      { building: registry.building(id), range: WEEK, meanShare: 1 },
    ];
    const [room, ...none] = await loadRooms(context, staying('baiyan-court'));
    expect(none).toEqual([]);
    expect(room?.hours).toEqual([
      { startMs: NOON_MS, celsius: 21, outdoorC: 3 },
      { startMs: NOON_MS + HOUR_MS, celsius: 19, outdoorC: undefined },
    ]);
    expect(await loadRooms(context, staying('luming-police'))).toEqual([]);
  });
});
