/** A small region with a store, a ledger and a queue of its own, and all of its rows at a glance. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openQueue, type RecomputeQueue } from '../../api/consumption/queue.ts';
import type { ApiContext } from '../../api/context.ts';
import { openLedger } from '../../api/ledger/open.ts';
import { RESOLUTIONS } from '../../domain/period.ts';
import type { Reading } from '../../domain/reading.ts';
import { isCounting, type Registry } from '../../registry/registry.ts';
import { createSqliteStore } from '../../store/sqlite.ts';
import { registryOf } from './registry.ts';

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

export const REGION = `
region: { id: test, name: { zh: 测试, en: Test }, climateZone: 1C, heatingSeason: { from: 10-15, to: 04-15 } }
stations:
  - { id: station, name: { zh: 站, en: Station }, latitudeDeg: 40, longitudeDeg: 111 }
agencies:
  - { id: bureau, name: { zh: 局, en: Bureau }, tier: region }
  - { id: left, name: { zh: 左, en: Left }, tier: unit, parent: bureau }
  - { id: right, name: { zh: 右, en: Right }, tier: unit, parent: bureau }
buildings:
  - id: shared
    name: { zh: 合用楼, en: Shared }
    code: 150102A001
    station: station
    floorM2: 1000
    occupancy:
      - { from: 2024-01-01, basis: area, shares: { left: 0.6, right: 0.4 } }
      - { from: 2026-10-17, basis: area, shares: { left: 0.5, right: 0.5 } }
  - id: own
    name: { zh: 独用楼, en: Own }
    code: 150102A002
    station: station
    floorM2: 500
    occupancy: [{ from: 2024-01-01, basis: sole, shares: { right: 1 } }]
connections:
  - { id: line, kind: modbus-tcp, host: 127.0.0.1, port: 502 }
tariffs:
  - id: day-and-night
    carrier: electricity
    region: x
    from: 2024-01-01
    source: none
    verified: false
    slots: [{ slot: peak, hours: [${HOURS.slice(8, 20)}] }, { slot: valley, hours: [${[...HOURS.slice(0, 8), ...HOURS.slice(20)]}] }]
meters:
  - { id: shared-e, name: { zh: 总表, en: Main }, building: shared, connection: line, unit: 1, profile: eastron-sdm630, carrier: electricity, item: "01000", level: 1, pollSeconds: 900, maxPerHour: 100 }
  - { id: shared-e-a, name: { zh: 照明, en: Light }, building: shared, connection: line, unit: 2, profile: eastron-sdm630, carrier: electricity, item: "01A00", level: 2, parent: shared-e, agency: left, pollSeconds: 900, maxPerHour: 100, multiplier: [{ from: 2026-10-01, factor: 0.5 }] }
  - { id: own-e, name: { zh: 总表, en: Main }, building: own, connection: line, unit: 3, profile: eastron-sdm630, carrier: electricity, item: "01000", level: 1, pollSeconds: 900, maxPerHour: 100 }
`;

export function testRegistry(change: (text: string) => string = (text) => text): Registry {
  const { registry, faults } = registryOf({ 'a.yaml': change(REGION) });
  if (!registry) throw new Error(JSON.stringify(faults));
  return registry;
}

export interface Pipeline {
  context: ApiContext;
  readonly clock: { nowMs: number };
  readonly queue: RecomputeQueue;
  write(readings: readonly Reading[]): Promise<void>;
  close(): Promise<void>;
}

export async function openPipeline(nowMs: number, registry = testRegistry()): Promise<Pipeline> {
  const folder = await mkdtemp(join(tmpdir(), 'jieyue-rows-'));
  const clock = { nowMs };
  const now = () => clock.nowMs;
  const store = createSqliteStore({ path: join(folder, 'store.db'), now }, registry);
  await store.init();
  const ledger = openLedger(':memory:', { now });
  const queue = openQueue(join(folder, 'recompute.db'), now);
  return {
    context: { registry, store, ledger, now },
    clock,
    queue,
    write: (readings) => store.writeReadings(readings),
    async close() {
      await store.close();
      ledger.close();
      queue.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** A register read every quarter of an hour that counts `perHour`, with what the hour makes of it. */
export function readingsOf(
  meterId: string,
  range: { readonly fromMs: number; readonly toMs: number },
  perQuarter: (index: number) => number = () => 1.25,
): Reading[] {
  const readings: Reading[] = [];
  let register = 1000;
  for (let atMs = range.fromMs, index = 0; atMs < range.toMs; atMs += 900_000, index += 1) {
    register += perQuarter(index);
    const values = { activeEnergyImport: Number(register.toFixed(2)) };
    readings.push({ meterId, atMs, quality: 0, values });
  }
  return readings;
}

/** Every row of every family, resolution and subject, as text. */
export async function allRows({ context }: Pipeline, published = false): Promise<string[]> {
  const { registry, store } = context;
  const range = { fromMs: 0, toMs: context.now() + 400 * 86_400_000 };
  const rows: object[] = [];
  for (const resolution of RESOLUTIONS) {
    const selection = { resolution, range, published };
    const meterIds = registry.meters.filter(isCounting).map(({ id }) => id);
    rows.push(...(await store.meterConsumption({ meterIds, ...selection })));
    const buildingIds = registry.buildings.map(({ id }) => id);
    rows.push(...(await store.buildingConsumption({ buildingIds, ...selection })));
    const agencyIds = registry.agencies.map(({ id }) => id);
    rows.push(...(await store.agencyConsumption({ agencyIds, ...selection })));
  }
  return rows.map((row) => JSON.stringify(row, Object.keys(row).sort()));
}

/** Rows that stand in one list only, a few of them. */
export function differences(a: readonly string[], b: readonly string[]): string[] {
  const [left, right] = [new Set(a), new Set(b)];
  return [...a.filter((row) => !right.has(row)), ...b.filter((row) => !left.has(row))].slice(0, 6);
}
