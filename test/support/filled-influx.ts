/** A real InfluxDB as the product fills it: provisioned users, a simulated month, rows, assessments, live statuses. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { movingPeriods, storeAssessments } from '../../api/assessment/job.ts';
import { recompute } from '../../api/consumption/recompute.ts';
import { openLedger } from '../../api/ledger/open.ts';
import { createCollector } from '../../collector/collector.ts';
import { openSpool } from '../../collector/spool.ts';
import { createWriter } from '../../collector/writer.ts';
import { DAY_MS, HOUR_MS, periodAt } from '../../domain/period.ts';
import { createRegistry, type Registry } from '../../registry/registry.ts';
import { backfill } from '../../simulators/backfill.ts';
import { startSimulators } from '../../simulators/index.ts';
import { openStore } from '../../store/index.ts';
import type { Store } from '../../store/port.ts';
import type { Secrets } from './provisioning.ts';

const PAST_DAYS = 31;
const LIVE_TIMEOUT_MS = 60_000;
const DRAIN_MS = 5_000;
/** Answers nothing while the collector polls. */
export const FAULTY_METER = 'baiyan-center-w';

/** Mid-afternoon of yesterday: today's figures exist, and no test depends on the hour it runs at. */
export function demoNowMs(zone: string): number {
  return periodAt(Date.now() - DAY_MS, 'day', zone).fromMs + 15.5 * HOUR_MS;
}

export interface Filled {
  readonly api: Store;
  readonly collector: Store;
  /** When filling ended, by the clock everything in the store goes by. */
  readonly endMs: number;
  close(): Promise<void>;
}

/** Polls the simulated meters every second until each has reported, the faulty one as offline. */
async function pollLive(registry: Registry, store: Store, now: () => number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'jieyue-live-'));
  const pkiFolder = join(folder, 'pki');
  const simulators = await startSimulators({ registry, now, ports: 'ephemeral', pkiFolder });
  simulators.faults.set(FAULTY_METER, { kind: 'offline' });
  const meters = simulators.registry.meters.map((meter) => ({ ...meter, pollSeconds: 1 }));
  const hasty = createRegistry({ ...simulators.registry, meters }, registry.profiles);
  const spool = openSpool({ path: join(folder, 'spool.db') });
  const writer = createWriter({ spool, sink: store });
  const collector = createCollector({ registry: hasty, recorder: spool, now, pkiFolder });
  const range = { fromMs: now(), toMs: now() + HOUR_MS };
  const ids = meters.map(({ id }) => id);
  const expected = (id: string) => (id === FAULTY_METER ? 'offline' : 'ok');
  try {
    writer.start();
    await collector.start();
    let waitingFor = ids;
    for (const deadline = Date.now() + LIVE_TIMEOUT_MS; waitingFor.length > 0; await delay(250)) {
      if (Date.now() > deadline) throw new Error(`never seen as expected: ${waitingFor}`);
      const states = new Map(
        (await store.latestStatuses(ids, range)).map(({ meterId, state }) => [meterId, state]),
      );
      waitingFor = ids.filter((id) => states.get(id) !== expected(id));
    }
  } finally {
    await collector.stop();
    await writer.stop(DRAIN_MS);
    await spool.close();
    await simulators.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Each process writes with its own user, so what it may not do fails here. */
export async function fillStore(options: {
  readonly url: string;
  readonly registry: Registry;
  readonly nowMs: number;
  readonly secrets: Secrets;
}): Promise<Filled> {
  const { url, registry, nowMs, secrets } = options;
  const open = async (user: 'collector' | 'api') => {
    const password = await secrets.password(user);
    return openStore({ kind: 'influx', url, username: `jieyue_${user}`, password }, registry);
  };
  const [collector, api] = await Promise.all([open('collector'), open('api')]);
  await Promise.all([collector.init(), api.init()]);

  const fromMs = nowMs - PAST_DAYS * DAY_MS;
  await backfill({ registry, store: collector, fromMs, toMs: nowMs });
  const startedMs = performance.now();
  const now = () => Math.floor(nowMs + performance.now() - startedMs);
  await pollLive(registry, collector, now);
  const context = { registry, store: api, ledger: openLedger(':memory:'), now };
  await recompute(context, { fromMs, toMs: now() });
  await storeAssessments(context, movingPeriods(context));
  return {
    api,
    collector,
    endMs: now(),
    close: async () => {
      await Promise.all([collector.close(), api.close()]);
    },
  };
}
