/** Runs the scripts of `provisioning` as an operator and Compose would. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const FOLDER = fileURLToPath(new URL('../../provisioning/', import.meta.url));
const TIMEOUT_MS = 60_000;

export type InfluxUser = 'admin' | 'collector' | 'api' | 'grafana';

export interface Secrets {
  readonly folder: string;
  password(user: InfluxUser): Promise<string>;
  remove(): Promise<void>;
}

/** A folder as `create-secrets.sh` makes it. */
export async function createSecrets(): Promise<Secrets> {
  const folder = await mkdtemp(join(tmpdir(), 'jieyue-secrets-'));
  await run('sh', [join(FOLDER, 'create-secrets.sh'), folder], { timeout: TIMEOUT_MS });
  return {
    folder,
    password: (user) => readFile(join(folder, `influx_${user}_password`), 'utf8'),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** @throws with the script's words in `stderr` when it ends with a fault. */
export async function initInflux(
  url: string,
  { folder }: Secrets,
  settings: NodeJS.ProcessEnv = {},
): Promise<void> {
  const env = { ...process.env, ...settings, INFLUX_URL: url, SECRETS: folder };
  await run('sh', [join(FOLDER, 'influxdb', 'init.sh')], { timeout: TIMEOUT_MS, env });
}

export async function authorizationOf(secrets: Secrets, user: InfluxUser): Promise<string> {
  const login = `jieyue_${user}:${await secrets.password(user)}`;
  return `Basic ${Buffer.from(login).toString('base64')}`;
}
