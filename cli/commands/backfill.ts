/** `jieyue backfill`: the simulated past, so that a demo has something to compare with. */
import { movingPeriods, storeAssessments } from '../../api/assessment/job.ts';
import { recompute } from '../../api/consumption/recompute.ts';
import { DAY_MS, periodAt } from '../../domain/period.ts';
import { backfill } from '../../simulators/backfill.ts';
import { openStore } from '../../store/index.ts';
import { createProgress } from '../progress.ts';
import { ledgerOf, openRuntime, queueOf, type Runtime } from '../runtime.ts';
import { keepHeapSmall } from '../small-heap.ts';
import { whenWorker } from '../worker.ts';

/** A stretch shorter than this is left to the collector. */
const SHORTEST_MS = 3_600_000;

/** Writes what is missing between `days` ago and now; nothing when the past is already there. */
export async function backfillPast(runtime: Runtime, days: number): Promise<void> {
  const { config, registry, profiles } = runtime;
  const store = openStore(config.store, registry);
  await store.init();
  const nowMs = Date.now();
  const startMs = periodAt(nowMs - days * DAY_MS, 'day', registry.region.zone).fromMs;
  const meterIds = registry.meters.map(({ id }) => id);
  const latest = await store.latestReadings(meterIds, {
    fromMs: startMs,
    toMs: nowMs - SHORTEST_MS,
  });
  const fromMs = latest.length === 0 ? startMs : Math.min(...latest.map(({ atMs }) => atMs));
  if (nowMs - fromMs > SHORTEST_MS) {
    const [ledger, queue] = [ledgerOf(runtime), queueOf(runtime)];
    const context = { registry, store, ledger, now: Date.now };
    await whenWorker(queue, async () => {
      const onProgress = createProgress('回填历史读数 back-filling');
      await backfill({ registry, profiles, store, fromMs, toMs: nowMs, onProgress });
      await recompute(
        context,
        { fromMs, toMs: nowMs },
        createProgress('计算用量 computing rows   '),
      );
    });
    await storeAssessments(context, movingPeriods(context));
    ledger.close();
    queue.close();
  }
  await store.close();
}

export async function backfillCommand(days: number): Promise<void> {
  keepHeapSmall();
  await backfillPast(await openRuntime('backfill'), days);
}
