/** A real `influxd` of its own for tests: free ports, a temporary folder, gone afterwards. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

export interface Influxd {
  readonly url: string;
  readonly dataDir: string;
  /** Ends it and removes its data. */
  stop(): Promise<void>;
  /** SIGKILL, as a crash would; the data stay. */
  kill(): Promise<void>;
  /** SIGSTOP: it takes connections and says nothing. */
  freeze(): void;
  /** SIGCONT */
  thaw(): void;
  /** Ends it if it runs, and starts it again on the same port and data. */
  restart(): Promise<void>;
}

export interface InfluxdOptions {
  /** Makes the first user an administrator that must be created before anything else. */
  readonly auth?: boolean;
}

const START_DEADLINE_MS = 30_000;

/**
 * Whether the server is installed; says on stderr what is skipped when it is not.
 * @throws Error in CI, where nothing may be skipped.
 */
export function influxdAvailable(): boolean {
  if (spawnSync('influxd', ['version']).status === 0) return true;
  if (process.env.CI) throw new Error('influxd is not installed, and CI skips nothing');
  process.stderr.write('skipped: influxd is not installed (Debian package influxdb)\n');
  return false;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port was assigned');
  return address.port;
}

function configuration(dataDir: string, ports: { http: number; rpc: number }, auth: boolean) {
  return `reporting-disabled = true
bind-address = "127.0.0.1:${ports.rpc}"
[meta]
  dir = "${dataDir}/meta"
  logging-enabled = false
[data]
  dir = "${dataDir}/data"
  wal-dir = "${dataDir}/wal"
  index-version = "tsi1"
  max-values-per-tag = 0
  cache-snapshot-write-cold-duration = "10s"
  query-log-enabled = false
[monitor]
  store-enabled = false
[http]
  bind-address = "127.0.0.1:${ports.http}"
  auth-enabled = ${auth}
  log-enabled = false
[continuous_queries]
  enabled = false
[logging]
  level = "error"
`;
}

function running(child: ChildProcess | undefined): child is ChildProcess {
  return child !== undefined && child.exitCode === null && child.signalCode === null;
}

async function end(child: ChildProcess | undefined, signal: NodeJS.Signals): Promise<void> {
  if (!running(child)) return;
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/ping`, { signal: AbortSignal.timeout(1000) });
    return response.status === 204;
  } catch {
    return false;
  }
}

/** Waits for the first answer; `false` when it ended, e.g. since somebody else took the port. */
async function launch(child: ChildProcess, url: string): Promise<boolean> {
  for (const deadline = Date.now() + START_DEADLINE_MS; Date.now() < deadline; await delay(50)) {
    if (!running(child)) return false;
    if (await answers(url)) return true;
  }
  await end(child, 'SIGKILL');
  throw new Error(`influxd did not answer at ${url} within ${START_DEADLINE_MS} ms`);
}

export async function startInfluxd(options: InfluxdOptions = {}): Promise<Influxd> {
  const dataDir = await mkdtemp(join(tmpdir(), 'jieyue-influxd-'));
  const config = join(dataDir, 'influxdb.conf');
  const env = { ...process.env, INFLUXDB_CONFIG_PATH: config };
  let child: ChildProcess | undefined;
  let url = '';

  async function start(): Promise<boolean> {
    child = spawn('influxd', ['run', '-config', config], { env, stdio: 'ignore' });
    return launch(child, url);
  }

  for (let attempt = 1; !running(child); attempt += 1) {
    if (attempt > 3) throw new Error('influxd did not start in three attempts');
    const ports = { http: await freePort(), rpc: await freePort() };
    url = `http://127.0.0.1:${ports.http}`;
    await writeFile(config, configuration(dataDir, ports, options.auth ?? false));
    await start();
  }
  // Whatever ends the test run also ends the server it started.
  const orphan = () => child?.kill('SIGKILL');
  process.once('exit', orphan);

  return {
    url,
    dataDir,
    stop: async () => {
      await end(child, 'SIGTERM');
      process.off('exit', orphan);
      await rm(dataDir, { recursive: true, force: true });
    },
    kill: () => end(child, 'SIGKILL'),
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
    restart: async () => {
      await end(child, 'SIGTERM');
      if (!(await start())) throw new Error(`influxd did not come back at ${url}`);
    },
  };
}
