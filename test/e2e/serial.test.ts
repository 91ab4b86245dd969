/** A collector on two serial lines: the values a device holds become readings, and check sees what the lines can carry. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeImage } from '../../collector/codec/encode.ts';
import { type Collector, createCollector } from '../../collector/collector.ts';
import { lrc } from '../../collector/drivers/modbus/ascii.ts';
import { crc16 } from '../../collector/drivers/modbus/crc.ts';
import { openSerial } from '../../collector/drivers/modbus/serial.ts';
import type { Wire } from '../../collector/drivers/modbus/wire.ts';
import { eastronSdm630 } from '../../collector/profiles/eastron-sdm630.ts';
import type { CollectorRecord } from '../../collector/recorder.ts';
import { createRegistry, type Registry } from '../../registry/registry.ts';
import type { Connection, Meter } from '../../registry/schema.ts';
import { openSerialPair, type SerialPair, socatAvailable } from '../support/pty.ts';
import { demoRegistry } from '../support/registry.ts';

const run = promisify(execFile);
const MAIN = new URL('../../cli/main.ts', import.meta.url).pathname;
const LINE = { baud: 19_200, parity: 'even', stopBits: 1 } as const;
const VALUES = { activeEnergyImport: 4321.5, voltageL1: 229.5, frequency: 50 };
const KINDS = ['serial-rtu', 'serial-ascii'] as const;

function reply(kind: (typeof KINDS)[number], body: Buffer): Buffer {
  if (kind === 'serial-ascii') {
    const digits = Buffer.concat([body, Buffer.from([lrc(body)])]).toString('hex');
    return Buffer.from(`:${digits.toUpperCase()}\r\n`);
  }
  const crc = Buffer.alloc(2);
  crc.writeUInt16LE(crc16(body, 0, body.length));
  return Buffer.concat([body, crc]);
}

/** An SDM630 as unit 1; nobody answers for any other. */
async function startDevice(kind: (typeof KINDS)[number], path: string): Promise<Wire> {
  const image = encodeImage(eastronSdm630, VALUES);
  const whole = kind === 'serial-ascii' ? 17 : 8;
  let held = Buffer.alloc(0);
  function answer(frame: Buffer): void {
    const request =
      kind === 'serial-ascii' ? Buffer.from(frame.toString('latin1', 1), 'hex') : frame;
    if (request[0] !== 1) return;
    const count = request.readUInt16BE(4);
    const body = Buffer.alloc(3 + count * 2);
    body.set([1, request[1] ?? 0, count * 2]);
    for (let index = 0; index < count; index += 1) {
      const word = image.get(request.readUInt16BE(2) + index) ?? 0;
      body.writeUInt16BE(word, 3 + index * 2);
    }
    wire.write(reply(kind, body));
  }
  const { wire, connected } = openSerial(
    {
      path,
      ...LINE,
    },
    {
      connectTimeoutMs: 5000,
      onBytes(bytes, length) {
        held = Buffer.concat([held, bytes.subarray(0, length)]);
        for (; held.length >= whole; held = held.subarray(whole)) answer(held.subarray(0, whole));
      },
      onClosed: () => {},
    },
  );
  await connected;
  return wire;
}

describe.runIf(socatAvailable())('serial lines, from the registry to the record', () => {
  const pairs: SerialPair[] = [];
  const devices: Wire[] = [];
  const records: CollectorRecord[] = [];
  let registry: Registry;
  let collector: Collector;

  beforeAll(async () => {
    const demo = await demoRegistry();
    const model = demo.meters.find(({ profile }) => profile === 'eastron-sdm630');
    if (!model) throw new Error('the demo has no SDM630');
    const connections: Connection[] = [];
    const meters: Meter[] = [];
    for (const kind of KINDS) {
      const pair = await openSerialPair();
      pairs.push(pair);
      devices.push(await startDevice(kind, pair.far));
      connections.push({ id: kind, kind, path: pair.near, ...LINE, timeoutMs: 300 });
      for (const unit of [1, 2]) {
        meters.push({ ...model, id: `${kind}-${unit}`, connection: kind, unit, pollSeconds: 1 });
      }
    }
    registry = createRegistry({ ...demo, connections, meters }, demo.profiles);
    collector = createCollector({
      registry,
      recorder: { record: (one) => void records.push(one), flush: async () => {} },
    });
    await collector.start();
  });
  afterAll(async () => {
    await collector?.stop();
    for (const device of devices) device.destroy();
    for (const pair of pairs) await pair.close();
  });

  it.each(KINDS)('reads the living unit on %s, time and again, beside a dead one', async (kind) => {
    const readings = (unit: number) =>
      records.flatMap((record) =>
        record.kind === 'reading' && record.reading.meterId === `${kind}-${unit}`
          ? [record.reading.values]
          : [],
      );
    await expect.poll(() => readings(1).length, { timeout: 60_000 }).toBeGreaterThanOrEqual(3);
    for (const values of readings(1)) expect(values).toMatchObject(VALUES);
    expect(readings(2)).toEqual([]);
    const reasons = () =>
      records.flatMap((record) =>
        record.kind === 'status' && record.status.meterId === `${kind}-2`
          ? [record.status.reason]
          : [],
      );
    await expect.poll(reasons, { timeout: 60_000 }).toContain('unit.backoff');
    expect(reasons()).toContain('modbus.timeout');
  });
});

describe('jieyue check and plan', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'check-'));
    for (const file of ['region', 'agencies', 'buildings']) {
      const source = new URL(`../../registry/demo/${file}.yaml`, import.meta.url);
      await run('cp', [source.pathname, folder]);
    }
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** A registry with so many meters on one slow line. */
  async function registryOf(count: number): Promise<void> {
    const line = 'id: line, kind: serial-rtu, path: /dev/ttyUSB0, baud: 2400, parity: even';
    const meter = (unit: number) =>
      `  - { id: m${unit}, name: { zh: 表, en: M }, building: BUILDING, connection: line, unit: ${unit}, profile: chint-dtsu666, carrier: electricity, level: 3, pollSeconds: 5, maxPerHour: 100 }`;
    const demo = await demoRegistry();
    const building = demo.buildings[0]?.id ?? '';
    const rows = Array.from({ length: count }, (_, index) => meter(index + 1));
    const yaml = [`connections: [{ ${line}, stopBits: 1 }]`, 'meters:', ...rows].join('\n');
    const stations = demo.stations.map(({ sensor: _, ...station }) => station);
    await writeFile(join(folder, 'meters.yaml'), yaml.replaceAll('BUILDING', building));
    const { region } = demo;
    await writeFile(join(folder, 'region.yaml'), JSON.stringify({ region, stations }));
  }

  async function jieyue(...args: string[]) {
    const env = { ...process.env, JIEYUE_REGISTRY: folder, JIEYUE_DATA: join(folder, 'data') };
    const options = { env, timeout: 60_000 };
    return run(process.execPath, [MAIN, ...args], options).then(
      ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
      ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({
        code,
        stdout,
        stderr,
      }),
    );
  }

  it('passes a bus with room, and prints its load', async () => {
    await registryOf(1);
    const { code, stdout } = await jieyue('check');
    expect(stdout).toMatch(/line +serial-rtu +1 +\d+\.\d %/);
    expect(code).toBe(0);
  });

  it('warns of a tight bus and refuses one that cannot keep up', async () => {
    await registryOf(5);
    const tight = await jieyue('check');
    expect(tight.stderr).toMatch(/warning: line is at \d\d\.\d %.*dead unit costs 2\.0 s/);
    expect(tight.code).toBe(0);
    await registryOf(8);
    const full = await jieyue('check', '--json');
    expect(full.code).toBe(1);
    expect(JSON.parse(full.stdout)).toMatchObject({
      ok: false,
      faults: [],
      buses: [{ connection: 'line', verdict: 'overloaded' }],
    });
  });

  it('prints the reads of a meter, and names one that is not there', async () => {
    await registryOf(2);
    const { stdout } = await jieyue('plan', 'm2', '--json');
    const [bus] = JSON.parse(stdout);
    expect(bus.meters.map(({ meter }: { meter: string }) => meter)).toEqual(['m2']);
    expect(bus.meters[0].blocks[0]).toMatchObject({ functionCode: 3, bytes: expect.any(Number) });
    const wrong = await jieyue('plan', 'm22');
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toContain("found 'm22'; did you mean 'm2'");
  });
});
