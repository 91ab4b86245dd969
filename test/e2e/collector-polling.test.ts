/** The demo region's meters on real sockets: every one read right, with one unit dead and one bus gone. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { encodeImage } from '../../collector/codec/encode.ts';
import { type Collector, createCollector } from '../../collector/collector.ts';
import type { ModbusProfile } from '../../collector/profile.ts';
import { PROFILE_CATALOGUE } from '../../collector/profile-facts.ts';
import { PROFILES_BY_ID } from '../../collector/profiles/index.ts';
import type { CollectorRecord, Recorder } from '../../collector/recorder.ts';
import type { QuantityId } from '../../domain/quantities.ts';
import type { MeterStatus, Reading } from '../../domain/reading.ts';
import { loadRegistry } from '../../registry/loader.ts';
import { createRegistry, type Registry } from '../../registry/registry.ts';
import type { Connection, Meter } from '../../registry/schema.ts';
import { type DeviceUnit, startDevice } from '../unit/collector/device.ts';
import type { RawServer } from '../unit/collector/drivers/raw-server.ts';
import {
  type AutomationServer,
  startAutomationServer,
} from '../unit/collector/opcua/automation-server.ts';

const POLL_SECONDS = 1;
const DEAD_METER_BUS = 'gw-baiyan-center';
const GONE_BUS = 'tcp-luming';

/** A value of its own for each meter and quantity, within all ranges. */
function valueFor(meter: Meter, quantity: QuantityId): number {
  const seed = [...`${meter.id}${quantity}`].reduce((sum, letter) => sum + letter.charCodeAt(0), 0);
  return quantity === 'powerFactor' ? 0.5 : quantity === 'frequency' ? 50 : 1 + (seed % 97) / 2;
}

function profileOf(meter: Meter) {
  const profile = PROFILES_BY_ID.get(meter.profile);
  if (!profile) throw new Error(`no profile ${meter.profile}`);
  return profile;
}

function valuesOf(meter: Meter): Partial<Record<QuantityId, number>> {
  const quantities = Object.keys(profileOf(meter).points) as QuantityId[];
  return Object.fromEntries(quantities.map((quantity) => [quantity, valueFor(meter, quantity)]));
}

function createMemoryRecorder(): Recorder & { readonly records: CollectorRecord[] } {
  const records: CollectorRecord[] = [];
  return { records, record: (record) => records.push(record), flush: async () => {} };
}

const recorder = createMemoryRecorder();
const servers: { close(): Promise<void> }[] = [];
let registry: Registry;
let collector: Collector;
let deadMeter: string;

async function serveModbus(connection: Connection, meters: readonly Meter[]): Promise<RawServer> {
  const units = new Map<number, DeviceUnit>();
  for (const meter of meters) {
    const image = encodeImage(profileOf(meter) as ModbusProfile, valuesOf(meter));
    const behaviour = meter.id === deadMeter ? 'silent' : 'good';
    units.set(meter.unit ?? 0, { image, behaviour, requests: 0 });
  }
  return startDevice(units, connection.kind === 'modbus-tcp' ? 'mbap' : 'rtu');
}

async function serveOpcua(meters: readonly Meter[]): Promise<AutomationServer> {
  const points = meters.flatMap((meter) =>
    Object.entries(profileOf(meter).points).map(([quantity, point]) => ({
      name: `${meter.node}${'nodeId' in point ? point.nodeId.split('{node}')[1] : ''}`,
      value: valueFor(meter, quantity as QuantityId),
    })),
  );
  const server = await startAutomationServer({ nodes: points.map(({ name }) => name) });
  for (const { name, value } of points) server.set(name, value);
  return server;
}

/** The demo connection, moved to a server of this test. */
async function moved(demo: Registry, connection: Connection): Promise<Connection> {
  const meters = demo.metersOn(connection.id);
  if (connection.kind === 'opcua') {
    const server = await serveOpcua(meters);
    servers.push(server);
    return { ...connection, endpoint: server.endpoint };
  }
  if ('path' in connection) throw new Error(`${connection.id} is a serial line`);
  const server = await serveModbus(connection, meters);
  if (connection.id === GONE_BUS) await server.close();
  else servers.push(server);
  return { ...connection, host: '127.0.0.1', port: server.port, timeoutMs: 200 };
}

const of = <K extends CollectorRecord['kind']>(kind: K) =>
  recorder.records.filter(
    (record): record is Extract<CollectorRecord, { kind: K }> => record.kind === kind,
  );
const readingsOf = (id: string): Reading[] =>
  of('reading').flatMap(({ reading }) => (reading.meterId === id ? [reading] : []));
const statusesOf = (id: string): MeterStatus[] =>
  of('status').flatMap(({ status }) => (status.meterId === id ? [status] : []));

beforeAll(async () => {
  const demo = await loadRegistry('registry/demo', PROFILE_CATALOGUE);
  deadMeter = demo.metersOn(DEAD_METER_BUS)[0]?.id ?? '';
  const connections = await Promise.all(
    demo.connections.map((connection) => moved(demo, connection)),
  );
  const meters = demo.meters.map((meter) => ({ ...meter, pollSeconds: POLL_SECONDS }));
  registry = createRegistry({ ...demo, connections, meters }, PROFILE_CATALOGUE);
  collector = createCollector({ registry, recorder });
  await collector.start();
  await vi.waitFor(() => expect(statusesOf(deadMeter).length).toBeGreaterThan(8), 60_000);
});

afterAll(async () => {
  await collector.stop();
  await Promise.all(servers.map((server) => server.close()));
});

describe('the collector on the demo region', () => {
  const healthy = () =>
    registry.meters.filter((meter) => meter.id !== deadMeter && meter.connection !== GONE_BUS);

  it('reads every healthy meter, each with its own values', () => {
    expect(healthy().length).toBeGreaterThan(40);
    for (const meter of healthy()) {
      const values = readingsOf(meter.id).at(-1)?.values ?? {};
      for (const [quantity, expected] of Object.entries(valuesOf(meter))) {
        expect(values[quantity as QuantityId], `${meter.id} ${quantity}`).toBeCloseTo(expected, 1);
      }
    }
  });

  it('keeps the cadence of all of them while a unit is dead and a bus is gone', () => {
    const rounds = statusesOf(deadMeter).length;
    for (const meter of healthy()) {
      expect(readingsOf(meter.id).length, meter.id).toBeGreaterThanOrEqual(rounds - 3);
    }
  });

  it('writes a status of every meter at every poll', () => {
    for (const meter of registry.meters) {
      expect(statusesOf(meter.id).length, meter.id).toBeGreaterThanOrEqual(7);
    }
    expect(
      statusesOf(deadMeter)
        .map(({ state }) => state)
        .slice(0, 3),
    ).toEqual(['late', 'offline', 'offline']);
    expect(statusesOf(deadMeter).map(({ reason }) => reason)).toContain('unit.backoff');
    for (const meter of registry.metersOn(GONE_BUS)) {
      expect(statusesOf(meter.id).at(-1)).toMatchObject({
        state: 'offline',
        reason: 'link.refused',
      });
      expect(readingsOf(meter.id)).toEqual([]);
    }
  });

  it('stamps readings strictly in order', () => {
    for (const meter of registry.meters) {
      const times = readingsOf(meter.id).map(({ atMs }) => atMs);
      expect(times).toEqual([...new Set(times)].toSorted((a, b) => a - b));
    }
  });

  it('records figures of each bus and of the whole, and nothing after it stopped', async () => {
    await collector.stop();
    const points = of('collector').map(({ point }) => point);
    expect(points.map(({ bus }) => bus).toSorted()).toEqual(
      [...registry.connections.map(({ id }) => id), '_all'].toSorted(),
    );
    const total = points.find(({ bus }) => bus === '_all')?.fields;
    expect(total).toMatchObject({
      schedule_missed: expect.any(Number),
      loop_lag_p99_ms: expect.any(Number),
    });
    expect(total?.ok).toBeGreaterThan(300);
    for (const { fields } of points) {
      for (const value of Object.values(fields)) expect(Number.isFinite(value)).toBe(true);
    }
    const count = recorder.records.length;
    await new Promise((resolve) => setTimeout(resolve, POLL_SECONDS * 1500));
    expect(recorder.records.length).toBe(count);
  });
});
