/** The field tools as a technician runs them: the real command in a process of its own, against simulated meters. */
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Registry } from '../../registry/registry.ts';
import { type Simulators, startSimulators } from '../../simulators/index.ts';
import { demoRegistry } from '../support/registry.ts';

const run = promisify(execFile);
const MAIN = fileURLToPath(new URL('../../cli/main.ts', import.meta.url));
const DEMO = fileURLToPath(new URL('../../registry/demo', import.meta.url));

let folder: string;
let simulators: Simulators;

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function jieyue(...args: readonly string[]): Promise<Outcome> {
  const env = {
    ...process.env,
    JIEYUE_DATA: join(folder, 'data'),
    JIEYUE_REGISTRY: join(folder, 'registry'),
  };
  return run(process.execPath, [MAIN, ...args], { env, timeout: 60_000 }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
  );
}

/** The demo registry on disk, with the ports the simulators really have. */
async function writeRegistry({ connections }: Registry): Promise<void> {
  await cp(DEMO, join(folder, 'registry'), { recursive: true });
  const file = join(folder, 'registry', 'connections.yaml');
  let text = await readFile(file, 'utf8');
  for (const connection of connections) {
    const line = new RegExp(`(id: ${connection.id}, .*?)(port: |:)\\d{5}`);
    const { port } =
      connection.kind === 'opcua'
        ? new URL(connection.endpoint.replace('opc.tcp', 'http'))
        : 'port' in connection
          ? connection
          : { port: 0 };
    text = text.replace(line, `$1$2${port}`);
  }
  await writeFile(file, text);
}

function targetOf(connectionId: string): string {
  const connection = simulators.registry.connection(connectionId);
  if (!('port' in connection)) throw new Error(`${connectionId} has no port`);
  return `${connection.host}:${connection.port}`;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jieyue-field-'));
  simulators = await startSimulators({
    registry: await demoRegistry(),
    ports: 'ephemeral',
    pkiFolder: join(folder, 'pki'),
  });
  await writeRegistry(simulators.registry);
});

afterAll(async () => {
  await simulators?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

describe('read', () => {
  it.each(['baiyan-center-e', 'baiyan-center-e-d', 'baiyan-center-h'])('%s', async (meter) => {
    const { code, stdout } = await jieyue('read', meter, '--json');
    const readout = JSON.parse(stdout);
    expect(readout).toMatchObject({ meter, quality: ['good'] });
    expect(readout.values[0].value).toBeGreaterThan(0);
    expect(readout.values[0].raw).toBeTruthy();
    expect(code).toBe(0);
  });

  it('says which unit is silent, and exits with 1', async () => {
    simulators.faults.set('baiyan-center-e-a', { kind: 'offline' });
    const { code, stdout, stderr } = await jieyue('read', 'baiyan-center-e-a');
    simulators.faults.clear('baiyan-center-e-a');
    expect(code).toBe(1);
    expect(stdout).toContain('not read');
    expect(stderr).toContain('baiyan-center-e-a: unit 1 at 127.0.0.1');
  });

  it('names the nearest meter for one that is not there', async () => {
    const { code, stderr } = await jieyue('read', 'baiyan-center-ee');
    expect(code).toBe(1);
    expect(stderr).toContain("no meter 'baiyan-center-ee'; did you mean");
  });
});

describe('probe', () => {
  it('says that the port speaks RTU, and which profile fits', async () => {
    const target = targetOf('gw-baiyan-center');
    const args = ['--unit', '2', '--profile', 'all', '--timeout', '300', '--json'];
    const { code, stdout } = await jieyue('probe', target, ...args);
    const { lines, profiles } = JSON.parse(stdout);
    expect(lines).toMatchObject([
      { line: 'Modbus TCP', speaks: false },
      { line: 'RTU over TCP', speaks: true },
    ]);
    expect(profiles[0].profile).toBe('eastron-sdm630');
    expect(profiles[0].score).toBeGreaterThan(0.9);
    expect(code).toBe(0);
  });

  it('finds the voltage one register aside', async () => {
    const target = targetOf('tcp-baiyan-center');
    const args = ['--unit', '1', '--address', '3028', '--quantity', 'voltageL1'];
    const { stdout } = await jieyue('probe', target, ...args);
    expect(stdout).toContain('✓ Modbus TCP: ok');
    expect(stdout).toMatch(/✓ {2}3027 \(0xBD3\) +FC3 +float32 +ABCD/);
  });

  it('exits with 1 where nobody answers', async () => {
    const { code, stdout } = await jieyue('probe', '127.0.0.1:1', '--unit', '1');
    expect(code).toBe(1);
    expect(stdout).toContain('ECONNREFUSED');
  });
});

describe('scan', () => {
  it('finds the units behind a gateway and no others', async () => {
    const target = targetOf('gw-baiyan-center');
    const args = ['--units', '1-3,200-201', '--framing', 'rtu', '--timeout', '200', '--json'];
    const { code, stdout, stderr } = await jieyue('scan', target, ...args);
    const [scan] = JSON.parse(stdout).scans;
    expect(scan.found.map(({ unit }: { unit: number }) => unit)).toEqual([1, 2, 3]);
    expect(scan.silent).toBe(2);
    expect(stderr).toContain('扫描 scanning 100 %');
    expect(code).toBe(0);
  });
});
