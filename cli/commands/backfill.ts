/** `jieyue backfill`: the simulated past and an invented ledger, so that a demo has a story to tell. */
import type { Command } from 'commander';
import { movingPeriods, storeAssessments } from '../../api/assessment/job.ts';
import { DAY_MS, periodAt } from '../../domain/period.ts';
import { MODEL_EPOCH_MS } from '../../simulators/model/days.ts';
import { openStore } from '../../store/index.ts';
import { seedLedger } from '../demo-ledger.ts';
import { wholeNumber } from '../field-options.ts';
import { writePast } from '../past.ts';
import { createProgress } from '../progress.ts';
import { ledgerOf, openRuntime, queueOf, type Runtime } from '../runtime.ts';
import { whenWorker } from '../worker.ts';

/** The last hour is the collector's, and so is a shorter stretch without readings before it. */
const SHORTEST_MS = 3_600_000;
/** A century. */
const MOST_DAYS = 36_500;
/** From when on the past was once written to its end; what was cut short is written again. */
const FILLED_FROM = 'backfill';

/** Writes what is missing between `days` ago, or the model's first day, and now. */
export async function backfillPast(runtime: Runtime, days?: number): Promise<void> {
  const { config, registry, profiles } = runtime;
  const store = openStore(config.store, registry);
  await store.init();
  const [ledger, queue] = [ledgerOf(runtime), queueOf(runtime)];
  await seedLedger(ledger, { registry, registryFolder: config.registryFolder, now: Date.now });
  const nowMs = Date.now();
  const endMs = nowMs - SHORTEST_MS;
  const startMs =
    days === undefined
      ? MODEL_EPOCH_MS
      : periodAt(nowMs - days * DAY_MS, 'day', registry.region.zone).fromMs;

  async function missingSince(): Promise<number> {
    const filledMs = queue.mark(FILLED_FROM);
    if (filledMs === undefined || startMs < filledMs) return startMs;
    const latest = await store.latestReadings(
      registry.meters.map(({ id }) => id),
      { fromMs: startMs, toMs: endMs },
    );
    return latest.length === 0 ? startMs : Math.min(...latest.map(({ atMs }) => atMs));
  }

  const fromMs = await missingSince();
  if (endMs - fromMs > SHORTEST_MS) {
    const context = { registry, store, ledger, now: Date.now };
    await whenWorker(queue, () =>
      writePast(context, {
        range: { fromMs, toMs: nowMs },
        closeAfterDays: config.closeAfterDays,
        profiles,
        onFill: createProgress('回填历史读数 back-filling'),
        onRows: createProgress('计算用量 computing rows   '),
      }),
    );
    queue.setMark(FILLED_FROM, Math.min(startMs, queue.mark(FILLED_FROM) ?? startMs));
    await storeAssessments(context, movingPeriods(context));
  }
  ledger.close();
  queue.close();
  await store.close();
}

/** How far back an option asks for; none: all the simulation has. */
export function daysBack(option: string, text: string | true | undefined): number | undefined {
  return typeof text === 'string' ? wholeNumber(option, text, [1, MOST_DAYS]) : undefined;
}

async function backfill(options: { readonly days?: string }): Promise<void> {
  const days = daysBack('--days', options.days);
  await backfillPast(await openRuntime('backfill'), days);
}

export function define(command: Command): void {
  command
    .option('--days <days>', 'how far back; all the simulation has when absent')
    .action(backfill);
}
