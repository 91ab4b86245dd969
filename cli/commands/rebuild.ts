/** `jieyue rebuild`: compute the rows of a range again, e.g. after a late delivery or a registered swap. */
import type { Command } from 'commander';
import { drain } from '../../api/consumption/job.ts';
import { AppError } from '../../domain/errors.ts';
import { localDate, parsePeriod } from '../../domain/period.ts';
import { isCounting } from '../../registry/registry.ts';
import { openStore } from '../../store/index.ts';
import { createProgress } from '../progress.ts';
import { ledgerOf, openRuntime, queueOf } from '../runtime.ts';
import { keepHeapSmall } from '../small-heap.ts';
import { whenWorker } from '../worker.ts';

async function rebuild(options: { from: string; to?: string }): Promise<void> {
  keepHeapSmall();
  const runtime = await openRuntime('rebuild');
  const { config, registry } = runtime;
  const { zone } = registry.region;
  const first = parsePeriod(options.from, zone);
  const last = parsePeriod(options.to ?? localDate(Date.now(), zone), zone);
  if (first?.kind !== 'day' || last?.kind !== 'day' || last.toMs <= first.fromMs) {
    throw new AppError(
      'config.invalid',
      `expected two days YYYY-MM-DD in order, found ${options.from} and ${options.to}`,
    );
  }
  const store = openStore(config.store, registry);
  await store.init();
  const ledger = ledgerOf(runtime);
  const queue = queueOf(runtime);
  const range = { fromMs: first.fromMs, toMs: Math.min(last.toMs, Date.now()) };
  const dirty = registry.meters.filter(isCounting).map(({ id }) => {
    return { kind: 'meter' as const, subject: id, ...range };
  });
  queue.add({ cause: 'rebuild', dirty });
  const context = { registry, store, ledger, now: Date.now };
  const onProgress = createProgress('计算 rows');
  await whenWorker(queue, () => drain(() => context, queue, { onProgress }));
  await store.close();
  ledger.close();
  queue.close();
}

export function define(command: Command): void {
  command
    .requiredOption('--from <date>', 'first local day, YYYY-MM-DD')
    .option('--to <date>', 'last local day, YYYY-MM-DD; today when absent')
    .action(rebuild);
}
