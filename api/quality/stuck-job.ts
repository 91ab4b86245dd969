/** Looks for meters that stand still, a few times a day; what it finds is stored beside the rules' findings. */
import { setImmediate } from 'node:timers/promises';
import { DAY_MS, HOUR_MS } from '../../domain/period.ts';
import { counterOf, isCounting } from '../../registry/registry.ts';
import { settleFindings } from '../consumption/transitions.ts';
import type { ApiContext } from '../context.ts';
import { createJob, type Job, type JobLogger } from '../job.ts';
import { stuckOf } from './stuck.ts';

/** A run that began earlier stays as it was found. */
const JUDGED_MS = 14 * DAY_MS;
/** Meters whose hours are in memory together. */
const METERS_AT_ONCE = 50;

/** One round over all meters. */
export async function findStuck(context: ApiContext): Promise<void> {
  const { registry, store, now } = context;
  const nowMs = now();
  const toMs = Math.floor(nowMs / HOUR_MS) * HOUR_MS;
  const range = { fromMs: toMs - JUDGED_MS, toMs };
  const meters = registry.meters.filter(isCounting);
  for (let at = 0; at < meters.length; at += METERS_AT_ONCE) {
    const some = meters.slice(at, at + METERS_AT_ONCE);
    const ids = some.map(({ id }) => id);
    const found = Map.groupBy(await stuckOf(context, ids, range), ({ meterId }) => meterId);
    const stored = await store.findings({ meterIds: ids, range });
    for (const meter of some) {
      const part = { meterId: meter.id, counter: counterOf(meter), nowMs, range };
      const findings = (found.get(meter.id) ?? []).filter(({ fromMs }) => fromMs >= range.fromMs);
      await settleFindings(store, { ...part, findings, codes: 'stuck' }, stored);
    }
    await setImmediate();
  }
}

export function createStuckJob(context: () => ApiContext, logger: JobLogger): Job {
  return createJob('stuck', () => findStuck(context()), logger);
}
