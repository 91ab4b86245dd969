/** Keeps the rows up to date: the running hour every minute, the last two days every hour. */
import { DAY_MS, HOUR_MS } from '../../domain/period.ts';
import { isCounting } from '../../registry/registry.ts';
import type { ApiContext } from '../context.ts';
import { createJob, type Job, type JobLogger } from '../job.ts';
import { recompute } from './recompute.ts';

/** The hour before the running one is still open: its closing boundary needs the next reading. */
const TAIL_MS = HOUR_MS;
/** Readings delivered late by up to this much are taken in without being asked for. */
const LATE_MS = 2 * DAY_MS;
/** After a standstill of the job, rows are caught up this far back at most. */
const CATCH_UP_MS = 35 * DAY_MS;

export function createConsumptionJob(context: () => ApiContext, logger: JobLogger): Job {
  let sweptMs: number | undefined;

  /** Where rows end: the earliest of the meters' last hours, if any has rows at all. */
  async function rowsEndMs(
    { registry, store }: ApiContext,
    nowMs: number,
  ): Promise<number | undefined> {
    const meterIds = registry.meters.filter(isCounting).map(({ id }) => id);
    const range = { fromMs: nowMs - CATCH_UP_MS, toMs: nowMs };
    const last = await store.lastMeterConsumption({ meterIds, resolution: 'hour', range });
    return last.size === 0 ? undefined : Math.min(...last.values());
  }

  async function round(): Promise<void> {
    const current = context();
    const nowMs = current.now();
    let fromMs = Math.floor(nowMs / HOUR_MS) * HOUR_MS - TAIL_MS;
    if (sweptMs === undefined) {
      const endMs = (await rowsEndMs(current, nowMs)) ?? nowMs - LATE_MS;
      fromMs = Math.min(nowMs - LATE_MS, endMs);
    } else if (nowMs - sweptMs >= HOUR_MS) fromMs = nowMs - LATE_MS;
    const sweeps = fromMs <= nowMs - LATE_MS;
    await recompute(current, { fromMs, toMs: nowMs });
    if (sweeps) sweptMs = nowMs;
  }

  return createJob('consumption', round, logger);
}
