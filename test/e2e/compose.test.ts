/** The processes of docker-compose.yml without their containers: same commands, environment, users and health checks. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Connection } from '../../registry/schema.ts';
import { type Simulators, startSimulators } from '../../simulators/index.ts';
import { readCompose, type Service } from '../support/compose.ts';
import { type Influxd, influxdAvailable, startInfluxd } from '../support/influxd.ts';
import { createSecrets, initInflux, type Secrets } from '../support/provisioning.ts';
import { demoRegistry } from '../support/registry.ts';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const HEALTH_TIMEOUT_MS = 90_000;
const COMMAND_TIMEOUT_MS = 30_000;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

/** The demo's connections file, each line with the port its simulator really has. */
function withRealPorts(yaml: string, connections: readonly Connection[]): string {
  return yaml
    .split('\n')
    .map((line) => {
      const connection = connections.find(({ id }) => line.includes(`id: ${id},`));
      if (!connection) return line;
      if ('port' in connection) return line.replace(/port: \d+/, `port: ${connection.port}`);
      if (connection.kind !== 'opcua') return line;
      return line.replace(/endpoint: "[^"]+"/, `endpoint: "${connection.endpoint}"`);
    })
    .join('\n');
}

describe.runIf(influxdAvailable())('docker-compose.yml, its processes', () => {
  const { collector, api } = readCompose().services;
  const children: ChildProcess[] = [];
  /** What the processes said, for the reader of a failure. */
  const logs: string[] = [];
  let influxd: Influxd;
  let simulators: Simulators;
  let secrets: Secrets;
  let folder: string;
  let port: number;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'jieyue-compose-'));
    [influxd, secrets, port] = await Promise.all([
      startInfluxd({ auth: true }),
      createSecrets(),
      freePort(),
    ]);
    await initInflux(influxd.url, secrets);
    simulators = await startSimulators({
      registry: await demoRegistry(),
      ports: 'ephemeral',
      pkiFolder: join(folder, 'pki'),
    });
    await cp(join(ROOT, 'registry/demo'), join(folder, 'registry'), { recursive: true });
    const file = join(folder, 'registry', 'connections.yaml');
    const yaml = await readFile(file, 'utf8');
    await writeFile(file, withRealPorts(yaml, simulators.registry.connections));
  });

  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL');
    await simulators?.stop();
    await influxd?.stop();
    await secrets?.remove();
    await rm(folder, { recursive: true, force: true });
  });

  /** What the container would see, with names and paths of this machine. */
  function environment(service: Service | undefined, name: string): NodeJS.ProcessEnv {
    const own = Object.entries(service?.environment ?? {}).map(([key, value]) => [
      key,
      value.replace('/run/secrets', secrets.folder),
    ]);
    return {
      PATH: process.env.PATH,
      ...Object.fromEntries(own),
      JIEYUE_INFLUX_URL: influxd.url,
      JIEYUE_REGISTRY: join(folder, 'registry'),
      JIEYUE_DATA: join(folder, name),
      JIEYUE_HOST: '127.0.0.1',
      JIEYUE_PORT: String(port),
    };
  }

  function start(service: Service | undefined, name: string): ChildProcess {
    const env = environment(service, name);
    const args = ['cli/main.ts', ...(service?.command ?? [])];
    const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: 'pipe' });
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => logs.push(chunk.toString()));
    }
    children.push(child);
    return child;
  }

  /** Runs the service's health check once, as Docker would. */
  async function isHealthy(service: Service | undefined, name: string): Promise<boolean> {
    const [, , ...args] = service?.healthcheck?.test ?? [];
    const options = { cwd: ROOT, env: environment(service, name), timeout: COMMAND_TIMEOUT_MS };
    return run(process.execPath, args, options).then(
      () => true,
      () => false,
    );
  }

  async function healthySoon(service: Service | undefined, name: string): Promise<boolean> {
    for (const deadline = Date.now() + HEALTH_TIMEOUT_MS; Date.now() < deadline; await delay(500)) {
      if (await isHealthy(service, name)) return true;
    }
    return false;
  }

  it('control: neither is healthy before it runs', async () => {
    expect(await isHealthy(collector, 'collector')).toBe(false);
    expect(await isHealthy(api, 'api')).toBe(false);
  });

  it('become healthy, refuse strangers and end when told', async () => {
    const started = [start(collector, 'collector'), start(api, 'api')];
    expect(await healthySoon(collector, 'collector'), logs.join('')).toBe(true);
    expect(await healthySoon(api, 'api'), logs.join('')).toBe(true);

    const stranger = await fetch(`http://127.0.0.1:${port}/api/agencies`, {
      signal: AbortSignal.timeout(10_000),
    });
    expect(stranger.status).toBe(401);

    for (const child of started) {
      const ended = once(child, 'exit', { signal: AbortSignal.timeout(COMMAND_TIMEOUT_MS) });
      child.kill('SIGTERM');
      expect(await ended).toEqual([0, null]);
    }
    expect(await isHealthy(api, 'api')).toBe(false);
  });
});
