/** An independent client, mbpoll (libmodbus), reads a simulated meter and gets the model's value. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRegistry } from '../../registry/registry.ts';
import { type Simulators, startSimulators } from '../../simulators/index.ts';
import { demoRegistry } from '../support/registry.ts';

const run = promisify(execFile);
const nowMs = Date.parse('2026-10-20T10:07:00+08:00');

const installed = await run('mbpoll', ['-V']).then(
  () => true,
  () => false,
);
if (!installed && !process.env.CI)
  console.warn('skipped: mbpoll is not installed (apt install mbpoll)');

interface Request {
  readonly port: number;
  readonly unit: number;
  readonly table: '3:float' | '4:float' | '4';
  /** 0-based; mbpoll counts from 1. */
  readonly address: number;
  readonly count?: number;
}

/** The values mbpoll prints, by line such as `[53]: 	12.34`. */
async function mbpoll({ port, unit, table, address, count = 1 }: Request): Promise<number[]> {
  const options = ['-m', 'tcp', '-a', unit, '-r', address + 1, '-t', table, '-c', count];
  const how = ['-B', '-1', '-p', port, '127.0.0.1'];
  const { stdout } = await run('mbpoll', [...options, ...how].map(String), { timeout: 10_000 });
  return [...stdout.matchAll(/^\[\d+\]:\s+(\S+)/gm)].map(([, value]) => Number(value));
}

describe.skipIf(!installed && !process.env.CI)('mbpoll', () => {
  let simulators: Simulators;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mbpoll-'));
    const demo = await demoRegistry();
    const connections = demo.connections.filter(({ kind }) => kind === 'modbus-tcp');
    const meters = connections.flatMap(({ id }) => demo.metersOn(id));
    simulators = await startSimulators({
      registry: createRegistry({ ...demo, connections, meters }, demo.profiles),
      now: () => nowMs,
      ports: 'ephemeral',
      pkiFolder: folder,
    });
  });
  afterAll(async () => {
    await simulators?.stop();
    if (folder) await rm(folder, { recursive: true, force: true });
  });

  const portOf = (meterId: string) => {
    const connection = simulators.registry.connection(
      simulators.registry.meter(meterId).connection,
    );
    if (connection.kind !== 'modbus-tcp') throw new Error(`${meterId} is not on Modbus TCP`);
    return connection.port;
  };
  const truthOf = (meterId: string) => simulators.truth.meter(meterId).valuesAt(nowMs);
  /** mbpoll prints six significant digits. */
  const printed = (value = Number.NaN) => Number(Math.fround(value).toPrecision(6));

  it('reads a float of an input register (Eastron SDM630: energy at 0x0048)', async () => {
    const port = portOf('luming-hall-e');
    const [energy] = await mbpoll({ port, unit: 1, table: '3:float', address: 0x48 });
    expect(energy).toBe(printed(truthOf('luming-hall-e').activeEnergyImport));
  });

  it('reads floats of holding registers (Schneider iEM3155: currents from 0x0BB7)', async () => {
    const port = portOf('baiyan-center-e');
    const currents = await mbpoll({
      port,
      unit: 1,
      table: '4:float',
      address: 0x0bb7,
      count: 3,
    });
    const { currentL1, currentL2, currentL3 } = truthOf('baiyan-center-e');
    expect(currents).toEqual([currentL1, currentL2, currentL3].map((value) => printed(value)));
  });

  it('reads an integer (ABB B23: frequency at 0x5B2C in hundredths)', async () => {
    const port = portOf('luming-police-e');
    const [frequency] = await mbpoll({ port, unit: 2, table: '4', address: 0x5b2c });
    expect(frequency).toBe(Math.round((truthOf('luming-police-e').frequency ?? 0) * 100));
  });

  it('is refused in the wrong table (control)', async () => {
    const port = portOf('luming-hall-e');
    const wrong = mbpoll({ port, unit: 1, table: '4:float', address: 0x48 });
    await expect(wrong).rejects.toThrow(/Illegal function/);
  });
});
