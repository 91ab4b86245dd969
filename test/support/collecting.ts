/** `jieyue collect` as a process of its own, on a small registry folder whose meters answer in this process. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeImage } from '../../collector/codec/encode.ts';
import { PROFILES_BY_ID } from '../../collector/profiles/index.ts';
import type { Registry } from '../../registry/registry.ts';
import type { Connection, Meter } from '../../registry/schema.ts';
import { type DeviceUnit, startDevice } from '../unit/collector/device.ts';
import type { RawServer } from '../unit/collector/drivers/raw-server.ts';
import { type JieyueProcess, startJieyue } from './jieyue-process.ts';
import { demoRegistry } from './registry.ts';

export interface Park {
  readonly folder: string;
  readonly connections: readonly Connection[];
  readonly meters: readonly Meter[];
  readonly servers: ReadonlyMap<string, RawServer>;
  readonly units: ReadonlyMap<string, DeviceUnit>;
  /** Writes the registry folder; what is not given is as at the start. */
  write(over?: { connections?: readonly Connection[]; meters?: readonly Meter[] }): Promise<void>;
  /** Any text in place of the registry. */
  writeText(text: string): Promise<void>;
  stop(): Promise<void>;
}

function unitOf(meter: Meter): DeviceUnit {
  const profile = PROFILES_BY_ID.get(meter.profile);
  if (profile?.protocol !== 'modbus') throw new Error(`${meter.id} is no Modbus meter`);
  const values = Object.fromEntries(Object.keys(profile.points).map((id) => [id, 1]));
  return { image: encodeImage(profile, values), behaviour: 'good', requests: 0 };
}

/** The Modbus buses named, moved to servers of this process, every meter polled each second. */
export async function startPark(busIds: readonly string[]): Promise<Park> {
  const demo: Registry = await demoRegistry();
  const folder = await mkdtemp(join(tmpdir(), 'jieyue-collect-'));
  const servers = new Map<string, RawServer>();
  const units = new Map<string, DeviceUnit>();
  const connections: Connection[] = [];
  const meters: Meter[] = [];
  for (const id of busIds) {
    const connection = demo.connection(id);
    if (connection.kind !== 'modbus-tcp' && connection.kind !== 'rtu-over-tcp') {
      throw new Error(`${id} is no Modbus bus on a socket`);
    }
    const onBus = demo.metersOn(id);
    const byUnit = new Map(onBus.map((meter) => [meter.unit ?? 0, unitOf(meter)]));
    for (const { id: meterId, unit = 0 } of onBus) {
      const device = byUnit.get(unit);
      if (device) units.set(meterId, device);
    }
    const server = await startDevice(byUnit, connection.kind === 'modbus-tcp' ? 'mbap' : 'rtu');
    servers.set(id, server);
    connections.push({ ...connection, host: '127.0.0.1', port: server.port, timeoutMs: 300 });
    for (const { parent: _, replacements: __, ...meter } of onBus)
      meters.push({ ...meter, replacements: [], pollSeconds: 1 });
  }
  const { region, stations, agencies, buildings } = demo;
  const rest = {
    region,
    agencies,
    buildings,
    stations: stations.map(({ sensor: _, ...station }) => station),
  };
  const registryFolder = join(folder, 'registry');
  await mkdir(registryFolder);
  const file = join(registryFolder, 'registry.yaml');
  const park: Park = {
    folder,
    connections,
    meters,
    servers,
    units,
    // JSON is YAML.
    write: (over = {}) =>
      writeFile(file, JSON.stringify({ ...rest, connections, meters, ...over }, null, 1)),
    writeText: (text) => writeFile(file, text),
    async stop() {
      await Promise.all(Array.from(servers.values(), (server) => server.close()));
      await rm(folder, { recursive: true, force: true });
    },
  };
  await park.write();
  return park;
}

export interface Collecting extends JieyueProcess {
  readonly metricsUrl: string;
  /** Value of a metric line that has all these labels. */
  metric(name: string, labels?: Readonly<Record<string, string>>): Promise<number | undefined>;
}

export async function startCollecting(park: Park): Promise<Collecting> {
  const collecting = startJieyue('collect', {
    JIEYUE_DATA: join(park.folder, 'data'),
    JIEYUE_REGISTRY: join(park.folder, 'registry'),
    JIEYUE_METRICS_PORT: '0',
  });
  const metricsUrl = String((await collecting.event('collector.ready')).metrics);
  return {
    ...collecting,
    metricsUrl,
    async metric(name, labels = {}) {
      const text = await (await fetch(`${metricsUrl}/metrics`)).text();
      const wanted = Object.entries(labels).map(([key, value]) => `${key}="${value}"`);
      const found = text
        .split('\n')
        .find(
          (line) =>
            (line.startsWith(`${name}{`) || line.startsWith(`${name} `)) &&
            wanted.every((label) => line.includes(label)),
        );
      return found === undefined ? undefined : Number(found.split(' ').at(-1));
    },
  };
}
