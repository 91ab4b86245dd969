/** Where things are, from the environment: one place reads it, with a default that needs no server. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { AppError } from '../domain/errors.ts';
import type { StoreOptions } from '../store/index.ts';

const DEMO_REGISTRY = fileURLToPath(new URL('../registry/demo', import.meta.url));

/** A century: InfluxDB counts nanoseconds. */
const MOST_DAYS = 36_500;

const environment = z.object({
  JIEYUE_DATA: z.string().min(1).default('data'),
  JIEYUE_REGISTRY: z.string().min(1).default(DEMO_REGISTRY),
  JIEYUE_PROFILES: z.string().min(1).optional(),
  JIEYUE_STORE: z.enum(['sqlite', 'influx']).default('sqlite'),
  JIEYUE_INFLUX_URL: z.url().default('http://127.0.0.1:8086'),
  JIEYUE_INFLUX_USER: z.string().optional(),
  JIEYUE_INFLUX_PASSWORD_FILE: z.string().optional(),
  JIEYUE_KEEP_READINGS_DAYS: z.coerce.number().int().min(1).max(MOST_DAYS).optional(),
  JIEYUE_KEEP_ROLLUP_DAYS: z.coerce.number().int().min(1).max(MOST_DAYS).optional(),
  JIEYUE_CLOSE_AFTER_DAYS: z.coerce.number().int().min(0).max(366).default(10),
  JIEYUE_HOST: z.string().min(1).default('127.0.0.1'),
  JIEYUE_PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  JIEYUE_TOKEN_FILE: z.string().optional(),
  JIEYUE_METRICS_HOST: z.string().min(1).default('127.0.0.1'),
  JIEYUE_METRICS_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  JIEYUE_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
});

export interface Config {
  readonly dataFolder: string;
  readonly registryFolder: string;
  /** Meter profiles of the site's own. */
  readonly profilesFolder: string | undefined;
  readonly store: StoreOptions;
  /** Days after its end that a period closes; what changes later is a restatement. */
  readonly closeAfterDays: number;
  readonly host: string;
  readonly port: number;
  readonly tokenFile: string | undefined;
  /** Where the collector tells its figures; nowhere when absent. */
  readonly metrics: { readonly host: string; readonly port: number } | undefined;
  readonly logLevel: string;
}

function secret(file: string, name: string): string {
  if (!existsSync(file)) {
    throw new AppError(
      'config.invalid',
      `${name}: expected a readable file, found nothing at ${file}`,
      { name },
    );
  }
  return readFileSync(file, 'utf8').trim();
}

/**
 * The configuration of this process.
 * @throws AppError `config.invalid` that lists every variable at fault.
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const parsed = environment.safeParse(env);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(
      (issue) =>
        `  ${issue.path.join('.')}: ${issue.message}, found '${env[String(issue.path[0])] ?? ''}'`,
    );
    throw new AppError(
      'config.invalid',
      `the environment has ${faults.length} fault(s):\n${faults.join('\n')}`,
    );
  }
  const vars = parsed.data;
  mkdirSync(vars.JIEYUE_DATA, { recursive: true });
  const { JIEYUE_INFLUX_USER: username, JIEYUE_INFLUX_PASSWORD_FILE: passwordFile } = vars;
  const retention = {
    readingDays: vars.JIEYUE_KEEP_READINGS_DAYS,
    rollupDays: vars.JIEYUE_KEEP_ROLLUP_DAYS,
  };
  const store: StoreOptions =
    vars.JIEYUE_STORE === 'sqlite'
      ? { kind: 'sqlite', path: join(vars.JIEYUE_DATA, 'store.db'), retention }
      : {
          kind: 'influx',
          url: vars.JIEYUE_INFLUX_URL,
          retention,
          ...(username === undefined ? {} : { username }),
          ...(passwordFile === undefined
            ? {}
            : { password: secret(passwordFile, 'JIEYUE_INFLUX_PASSWORD_FILE') }),
        };
  return {
    dataFolder: vars.JIEYUE_DATA,
    registryFolder: vars.JIEYUE_REGISTRY,
    profilesFolder: vars.JIEYUE_PROFILES,
    store,
    closeAfterDays: vars.JIEYUE_CLOSE_AFTER_DAYS,
    host: vars.JIEYUE_HOST,
    port: vars.JIEYUE_PORT,
    tokenFile: vars.JIEYUE_TOKEN_FILE,
    metrics:
      vars.JIEYUE_METRICS_PORT === undefined
        ? undefined
        : { host: vars.JIEYUE_METRICS_HOST, port: vars.JIEYUE_METRICS_PORT },
    logLevel: vars.JIEYUE_LOG_LEVEL,
  };
}
