/** `jieyue rebuild`: compute the rows of a range again, e.g. after a late delivery or a registered swap. */
import { recompute } from '../../api/consumption/recompute.ts';
import { AppError } from '../../domain/errors.ts';
import { localDate, parsePeriod } from '../../domain/period.ts';
import { openStore } from '../../store/index.ts';
import { createProgress } from '../progress.ts';
import { ledgerOf, openRuntime } from '../runtime.ts';

export async function rebuild(options: { from: string; to?: string }): Promise<void> {
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
  const range = { fromMs: first.fromMs, toMs: Math.min(last.toMs, Date.now()) };
  await recompute({ registry, store, ledger, now: Date.now }, range, createProgress('计算 rows'));
  await store.close();
  ledger.close();
}
