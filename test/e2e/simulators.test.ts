/** The simulated meters over the wire: hand-made frames on raw sockets, and an OPC UA client. */
import { on, once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, connect as dial } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ModbusRTU from 'modbus-serial';
import { OPCUACertificateManager } from 'node-opcua-certificate-manager';
import {
  AttributeIds,
  type ClientSession,
  MessageSecurityMode,
  OPCUAClient,
  SecurityPolicy,
  StatusCodes,
  TimestampsToReturn,
} from 'node-opcua-client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createRegistry, type Registry } from '../../registry/registry.ts';
import { type Simulators, startSimulators } from '../../simulators/index.ts';
import { demoRegistry } from '../support/registry.ts';

const nowMs = Date.parse('2026-10-20T10:07:00+08:00');
/** Longer than any healthy answer takes here, shorter than a test. */
const SILENCE_MS = 400;
const DEADLINE_MS = 5000;

let clockMs = nowMs;
let folder: string;
let simulators: Simulators;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'simulators-'));
  simulators = await startSimulators({
    registry: await demoRegistry(),
    now: () => clockMs,
    ports: 'ephemeral',
    pkiFolder: folder,
  });
});
afterEach(() => {
  clockMs = nowMs;
  for (const meterId of simulators.faults.list().keys()) simulators.faults.clear(meterId);
});
afterAll(async () => {
  await simulators?.stop();
  await rm(folder, { recursive: true, force: true });
});

function portOf(connectionId: string): number {
  const connection = simulators.registry.connection(connectionId);
  if (!('port' in connection)) throw new Error(`${connectionId} has no port`);
  return connection.port;
}

/** Sends the pieces one by one and returns what came back once `bytes` are there, or in time. */
async function exchange(
  port: number,
  pieces: readonly Buffer[],
  { bytes, waitMs = DEADLINE_MS }: { readonly bytes: number; readonly waitMs?: number },
): Promise<Buffer> {
  const socket = dial({ host: '127.0.0.1', port, noDelay: true });
  const deadline = AbortSignal.timeout(waitMs);
  let received = Buffer.alloc(0);
  try {
    await once(socket, 'connect', { signal: deadline });
    for (const piece of pieces) {
      socket.write(piece);
      await new Promise((resolve) => setImmediate(resolve));
    }
    while (received.length < bytes) {
      const [chunk] = await once(socket, 'data', { signal: deadline });
      received = Buffer.concat([received, chunk]);
    }
  } catch (error) {
    if (!deadline.aborted) throw error;
  } finally {
    socket.destroy();
  }
  return received;
}

/** CRC-16/MODBUS bit by bit, apart from the table the product uses. */
function withCrc(body: readonly number[]): Buffer {
  let crc = 0xffff;
  for (const byte of body) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc % 2 ? ((crc - 1) / 2) ^ 0xa001 : crc / 2;
  }
  return Buffer.from([...body, crc % 256, Math.floor(crc / 256)]);
}

const tcpRead = (unit: number, [fc, address, count]: readonly [number, number, number], id = 1) =>
  Buffer.from([0, id, 0, 0, 0, 6, unit, fc, address >> 8, address & 255, 0, count]);
const rtuRead = (unit: number, [fc, address, count]: readonly [number, number, number]) =>
  withCrc([unit, fc, address >> 8, address & 255, 0, count]);

/** int64 Wh of the Schneider main, wire address 0x0C83; float32 kWh of the Chint, 0x101E. */
const MAIN_ENERGY = [3, 0x0c83, 4] as const;
const CHINT_ENERGY = [3, 0x101e, 2] as const;
const truthOf = (meterId: string, atMs = nowMs) => simulators.truth.meter(meterId).valuesAt(atMs);

describe('Modbus TCP', () => {
  const read = (id?: number) =>
    exchange(portOf('tcp-baiyan-center'), [tcpRead(1, MAIN_ENERGY, id)], { bytes: 17 });

  it('answers with the register the truth has', async () => {
    const reply = await read(77);
    expect([...reply.subarray(0, 9)]).toEqual([0, 77, 0, 0, 0, 11, 1, 3, 8]);
    const kwh = Number(reply.readBigInt64BE(9)) / 1000;
    expect(kwh).toBe(truthOf('baiyan-center-e').activeEnergyImport);
  });

  it('serves several units on a port, and says which it does not have', async () => {
    const port = portOf('tcp-luming');
    const second = await exchange(port, [tcpRead(2, [3, 0x5b14, 2])], { bytes: 13 });
    const powerKw = second.readInt32BE(9) / 100_000;
    expect(powerKw).toBeCloseTo(truthOf('luming-police-e').activePower ?? Number.NaN, 4);
    const absent = await exchange(port, [tcpRead(9, MAIN_ENERGY)], { bytes: 9 });
    expect([...absent.subarray(6)]).toEqual([9, 0x83, 11]);
  });

  it('answers a single register, as some clients ask for them', async () => {
    const reply = await exchange(portOf('tcp-luming'), [tcpRead(2, [3, 0x5b2c, 1])], { bytes: 11 });
    expect(reply.readUInt16BE(9) / 100).toBeCloseTo(50, 0);
  });

  it('offline: nothing comes, until the fault is cleared', async () => {
    simulators.faults.set('baiyan-center-e', { kind: 'offline' });
    const port = portOf('tcp-baiyan-center');
    const silence = await exchange(port, [tcpRead(1, MAIN_ENERGY)], {
      bytes: 1,
      waitMs: SILENCE_MS,
    });
    expect(silence.length).toBe(0);
    simulators.faults.clear('baiyan-center-e');
    expect((await read()).length).toBe(17);
  });

  it('late: the right answer, not before its time', async () => {
    simulators.faults.set('baiyan-center-e', { kind: 'late', delayMs: 300 });
    const startedMs = performance.now();
    expect((await read()).length).toBe(17);
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(290);
  });

  it('exception: the code asked for', async () => {
    simulators.faults.set('baiyan-center-e', { kind: 'exception', code: 6 });
    const reply = await exchange(portOf('tcp-baiyan-center'), [tcpRead(1, MAIN_ENERGY)], {
      bytes: 9,
    });
    expect([...reply.subarray(6)]).toEqual([1, 0x83, 6]);
  });

  it('stuck: the same register an hour later, when the truth has moved on', async () => {
    const before = await read();
    simulators.faults.set('baiyan-center-e', { kind: 'stuck' });
    clockMs += 3_600_000;
    expect((await read()).subarray(9)).toEqual(before.subarray(9));
    simulators.faults.clear('baiyan-center-e');
    expect((await read()).readBigInt64BE(9)).toBeGreaterThan(before.readBigInt64BE(9));
  });

  it('reset: the register starts again from 0', async () => {
    simulators.faults.set('baiyan-center-e', { kind: 'reset' });
    expect((await read()).readBigInt64BE(9)).toBe(0n);
    clockMs += 3_600_000;
    const wh = Number((await read()).readBigInt64BE(9));
    expect(wh).toBeGreaterThan(1000);
    expect(wh).toBeLessThan(600_000);
  });

  it('rollover: the register wraps', async () => {
    const modulus = 1_000_000;
    simulators.faults.set('baiyan-center-e', { kind: 'rollover', ahead: 0.5, modulus });
    expect(Number((await read()).readBigInt64BE(9))).toBe(modulus * 1000 - 500);
    clockMs += 3_600_000;
    expect(Number((await read()).readBigInt64BE(9))).toBeLessThan(600_000);
  });
});

describe('RTU over TCP', () => {
  const port = () => portOf('gw-baiyan-center');
  const request = rtuRead(1, CHINT_ENERGY);
  const second = rtuRead(3, CHINT_ENERGY);

  function energyIn(reply: Buffer, unit: number): number {
    const [body, crc] = [[...reply.subarray(0, 7)], reply.subarray(7)];
    expect(body.slice(0, 3)).toEqual([unit, 3, 4]);
    expect(crc).toEqual(withCrc(body).subarray(7));
    return reply.readFloatBE(3);
  }
  const expected = (meterId: string) =>
    Math.fround(truthOf(meterId).activeEnergyImport ?? Number.NaN);

  it('answers with the register the truth has, CRC and all', async () => {
    const reply = await exchange(port(), [request], { bytes: 9 });
    expect(energyIn(reply, 1)).toBe(expected('baiyan-center-e-a'));
  });

  it('is understood by another implementation (modbus-serial over a transparent socket)', async () => {
    const client = new ModbusRTU.default();
    client.setTimeout(DEADLINE_MS);
    await client.connectTelnet('127.0.0.1', { port: port() });
    client.setID(3);
    const { buffer } = await client.readHoldingRegisters(CHINT_ENERGY[1], CHINT_ENERGY[2]);
    expect(buffer.readFloatBE(0)).toBe(expected('baiyan-center-e-c'));
    await new Promise<void>((done) => client.close(() => done()));
  });

  it.each([1, 3, 7])('understands a request that comes in pieces (cut at %i)', async (cut) => {
    const pieces = [request.subarray(0, cut), request.subarray(cut)];
    expect(energyIn(await exchange(port(), pieces, { bytes: 9 }), 1)).toBeGreaterThan(0);
  });

  it('answers two requests that come at once, each with its own unit', async () => {
    const reply = await exchange(port(), [Buffer.concat([request, second])], { bytes: 18 });
    expect(energyIn(reply.subarray(0, 9), 1)).toBe(expected('baiyan-center-e-a'));
    expect(energyIn(reply.subarray(9), 3)).toBe(expected('baiyan-center-e-c'));
  });

  it('does not answer a broken CRC or an absent unit, and finds its feet again', async () => {
    const broken = Buffer.from(request);
    broken.writeUInt8(broken.readUInt8(7) ^ 1, 7);
    const nobody = rtuRead(99, CHINT_ENERGY);
    const quiet = await exchange(port(), [broken, nobody], { bytes: 1, waitMs: SILENCE_MS });
    expect(quiet.length).toBe(0);
    const reply = await exchange(port(), [Buffer.from([1, 3]), broken, request], { bytes: 9 });
    expect(energyIn(reply, 1)).toBe(expected('baiyan-center-e-a'));
  });

  it('refuses to write: nothing here can be changed from outside', async () => {
    const write = withCrc([1, 6, 0x10, 0x1e, 0, 1]);
    const reply = await exchange(port(), [write], { bytes: 5 });
    expect(reply).toEqual(withCrc([1, 0x86, 1]));
  });

  it('an offline meter does not keep its neighbours on the bus from answering', async () => {
    simulators.faults.set('baiyan-center-e-a', { kind: 'offline' });
    const reply = await exchange(port(), [request, second], { bytes: 10, waitMs: SILENCE_MS });
    expect(reply.length).toBe(9);
    expect(energyIn(reply, 3)).toBe(expected('baiyan-center-e-c'));
  });

  it('leak: the flow a water meter shows goes up', async () => {
    const flow = async () => {
      const reply = await exchange(port(), [rtuRead(6, [3, 0, 2])], { bytes: 9 });
      return Buffer.from([5, 6, 3, 4].map((index) => reply.readUInt8(index))).readFloatBE(0);
    };
    const before = await flow();
    simulators.faults.set('baiyan-center-w', { kind: 'leak', m3PerHour: 3 });
    expect((await flow()) - before).toBeCloseTo(3, 3);
  });
});

describe('OPC UA', () => {
  interface Mode {
    readonly securityMode: MessageSecurityMode;
    readonly securityPolicy: SecurityPolicy;
  }
  const open: Mode = {
    securityMode: MessageSecurityMode.None,
    securityPolicy: SecurityPolicy.None,
  };
  const encrypted: Mode = {
    securityMode: MessageSecurityMode.SignAndEncrypt,
    securityPolicy: SecurityPolicy.Basic256Sha256,
  };

  /** Runs some work in a session of its own. */
  async function withSession<T>(
    mode: Mode,
    work: (session: ClientSession, nodeId: (node: string) => string) => Promise<T>,
  ): Promise<T> {
    const connection = simulators.registry.connection('opcua-automation');
    if (connection.kind !== 'opcua') throw new Error('not an OPC UA connection');
    const client = OPCUAClient.create({
      ...mode,
      endpointMustExist: false,
      connectionStrategy: { maxRetry: 0, initialDelay: 100, maxDelay: 100 },
      clientCertificateManager: new OPCUACertificateManager({
        rootFolder: join(folder, 'client'),
        automaticallyAcceptUnknownCertificate: true,
      }),
    });
    try {
      await client.connect(connection.endpoint);
      const session = await client.createSession();
      const namespaces = await session.readNamespaceArray();
      const index = namespaces.indexOf('urn:jieyue:building-automation');
      return await work(session, (node) => `ns=${index};s=${node}`);
    } finally {
      await client.disconnect();
    }
  }

  const readNode = (node: string, mode = open) =>
    withSession(mode, (session, nodeId) =>
      session.read({ nodeId: nodeId(node), attributeId: AttributeIds.Value }),
    );

  it.each([
    ['None', open],
    ['SignAndEncrypt', encrypted],
  ])('%s: gives the truth with the time it was measured', async (_, mode) => {
    const value = await readNode('BaiyanCenterHeat.HeatEnergy', mode);
    expect(value.statusCode).toBe(StatusCodes.Good);
    expect(value.value.value).toBe(truthOf('baiyan-center-h').heatEnergy);
    expect(value.sourceTimestamp?.getTime()).toBe(nowMs);
  });

  it('has the weather', async () => {
    const value = await readNode('YunwuAir.AirTemperature');
    expect(value.value.value).toBe(truthOf('yunwu-air').airTemperature);
  });

  it('has no node for what a meter does not measure', async () => {
    const value = await readNode('BaiyanCenterHeat.ActiveEnergyExport');
    expect(value.statusCode).toBe(StatusCodes.BadNodeIdUnknown);
  });

  it('tells a subscriber of new values', async () => {
    await withSession(open, async (session, nodeId) => {
      const subscription = await session.createSubscription2({
        requestedPublishingInterval: 100,
        requestedLifetimeCount: 1000,
        requestedMaxKeepAliveCount: 10,
        publishingEnabled: true,
      });
      const item = await subscription.monitor(
        { nodeId: nodeId('BaiyanCenterHeat.HeatEnergy'), attributeId: AttributeIds.Value },
        { samplingInterval: 250, queueSize: 10, discardOldest: true },
        TimestampsToReturn.Both,
      );
      const changes = on(item, 'changed', { signal: AbortSignal.timeout(DEADLINE_MS) });
      const next = async () => {
        const { value: arguments_ } = await changes.next();
        return arguments_?.[0]?.value?.value;
      };
      expect(await next()).toBe(truthOf('baiyan-center-h').heatEnergy);
      clockMs += 3_600_000;
      expect(await next()).toBe(truthOf('baiyan-center-h', clockMs).heatEnergy);
    });
  });

  it('offline: a bad status and no value; late: old values', async () => {
    simulators.faults.set('baiyan-center-h', { kind: 'offline' });
    const offline = await readNode('BaiyanCenterHeat.HeatEnergy');
    expect(offline.statusCode).toBe(StatusCodes.BadNoCommunication);
    expect(offline.value?.value ?? undefined).toBeUndefined();
    simulators.faults.set('baiyan-center-h', { kind: 'late', delayMs: 3_600_000 });
    const late = await readNode('BaiyanCenterHeat.HeatEnergy');
    expect(late.sourceTimestamp?.getTime()).toBe(nowMs - 3_600_000);
    expect(late.value.value).toBe(truthOf('baiyan-center-h', nowMs - 3_600_000).heatEnergy);
  });
});

describe('starting', () => {
  /** One connection of the demo, moved to a port. */
  function moved(registry: Registry, connectionId: string, port: number): Registry {
    const connection = registry.connection(connectionId);
    const at =
      connection.kind === 'opcua'
        ? { ...connection, endpoint: `opc.tcp://127.0.0.1:${port}` }
        : { ...connection, port };
    const meters = registry.metersOn(connectionId);
    return createRegistry({ ...registry, connections: [at], meters }, registry.profiles);
  }

  it.each(['tcp-yueliang', 'gw-yueliang', 'opcua-automation'])(
    '%s on a port in use: says which connection and which port',
    async (connectionId) => {
      const blocker = createServer().listen(0, '127.0.0.1');
      await once(blocker, 'listening');
      const address = blocker.address();
      if (address === null || typeof address === 'string') throw new Error('no port');
      const registry = moved(await demoRegistry(), connectionId, address.port);
      const start = () => startSimulators({ registry, ports: 'registry', pkiFolder: folder });
      await expect(start()).rejects.toThrow(
        `simulator of connection ${connectionId} cannot start on 127.0.0.1:${address.port}: the port is in use`,
      );
      blocker.close();
      await once(blocker, 'close');
      const started = await start();
      expect(started.registry.connections).toEqual(registry.connections);
      await started.stop();
    },
  );
});
