/** What answers are computed from, for commands that give one: opened, used, and closed whatever happens. */
import { progressOf } from '../api/consumption/queue.ts';
import type { ApiContext } from '../api/context.ts';
import { openStore } from '../store/index.ts';
import { ledgerOf, openRuntime, queueOf } from './runtime.ts';

export async function withContext<T>(
  name: string,
  use: (context: ApiContext) => Promise<T>,
): Promise<T> {
  const runtime = await openRuntime(name);
  const { config, registry } = runtime;
  const store = openStore(config.store, registry);
  const ledger = ledgerOf(runtime);
  const queue = queueOf(runtime);
  try {
    await store.init();
    return await use({ registry, store, ledger, rows: () => progressOf(queue), now: Date.now });
  } finally {
    await store.close();
    ledger.close();
    queue.close();
  }
}
