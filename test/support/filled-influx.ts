/** A real InfluxDB as the product fills it: provisioned users, a simulated month, rows, assessments, live statuses. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { movingPeriods, storeAssessments } from '../../api/assessment/job.ts';
import { recompute } from '../../api/consumption/recompute.ts';
import { DAY_MS, HOUR_MS, periodAt } from '../../domain/period.ts';
import type { Registry } from '../../registry/registry.ts';
import { backfill } from '../../simulators/backfill.ts';
import { openStore } from '../../store/index.ts';
import type { Store } from '../../store/port.ts';

const run = promisify(execFile);
const PROVISIONING = fileURLToPath(new URL('../../provisioning/', import.meta.url));
const SCRIPT_TIMEOUT_MS = 60_000;
const PAST_DAYS = 31;
/** Answers nothing while the collector polls. */
export const FAULTY_METER = 'baiyan-center-w';

export type Process = 'collector' | 'api' | 'grafana';

/** Mid-afternoon of yesterday: today's figures exist, and no test depends on the hour it runs at. */
export function demoNowMs(zone: string): number {
  return periodAt(Date.now() - DAY_MS, 'day', zone).fromMs + 15.5 * HOUR_MS;
}

/** Runs the scripts of `provisioning` as an operator and Compose would; gives the password of each user. */
export async function provision(url: string): Promise<(user: Process) => string> {
  const secrets = await mkdtemp(join(tmpdir(), 'jieyue-secrets-'));
  const options = {
    timeout: SCRIPT_TIMEOUT_MS,
    env: { ...process.env, INFLUX_URL: url, SECRETS: secrets },
  };
  try {
    await run('sh', [join(PROVISIONING, 'create-secrets.sh'), secrets], options);
    await run('sh', [join(PROVISIONING, 'influxdb', 'init.sh')], options);
    const passwords = new Map<Process, string>();
    for (const user of ['collector', 'api', 'grafana'] as const) {
      passwords.set(user, await readFile(join(secrets, `influx_${user}_password`), 'utf8'));
    }
    return (user) => passwords.get(user) ?? '';
  } finally {
    await rm(secrets, { recursive: true, force: true });
  }
}

export interface Filled {
  readonly api: Store;
  readonly collector: Store;
  close(): Promise<void>;
}

/** Each process writes with its own user, so what it may not do fails here. */
export async function fillStore(options: {
  readonly url: string;
  readonly registry: Registry;
  readonly nowMs: number;
  readonly password: (user: Process) => string;
}): Promise<Filled> {
  const { url, registry, nowMs, password } = options;
  const [collector, api] = (['collector', 'api'] as const).map((user) =>
    openStore(
      { kind: 'influx', url, username: `jieyue_${user}`, password: password(user) },
      registry,
    ),
  );
  if (!collector || !api) throw new Error('two stores were opened');
  await Promise.all([collector.init(), api.init()]);

  await backfill({ registry, store: collector, fromMs: nowMs - PAST_DAYS * DAY_MS, toMs: nowMs });
  const context = { registry, store: api, now: () => nowMs };
  await recompute(context, { fromMs: nowMs - PAST_DAYS * DAY_MS, toMs: nowMs });
  await storeAssessments(context, movingPeriods(context));
  await collector.writeStatuses(
    registry.meters.map(({ id: meterId }) =>
      meterId === FAULTY_METER
        ? { meterId, atMs: nowMs - 1000, state: 'offline', reason: 'modbus.timeout' }
        : { meterId, atMs: nowMs - 1000, state: 'ok', ageMs: 0 },
    ),
  );
  return {
    api,
    collector,
    close: async () => {
      await Promise.all([collector.close(), api.close()]);
    },
  };
}
