/** The time by the store's own clock, where it is a server and says so. */
import type { StoreOptions } from '../store/index.ts';

const DEADLINE_MS = 5_000;

/** From the `Date` header, which has whole seconds. Nothing when the store is a file or does not say. */
export async function storeClockMs(store: StoreOptions): Promise<number | undefined> {
  if (store.kind !== 'influx') return undefined;
  const url = `${store.url.replace(/\/+$/, '')}/ping`;
  const response = await fetch(url, { signal: AbortSignal.timeout(DEADLINE_MS) });
  await response.body?.cancel();
  const atMs = Date.parse(response.headers.get('date') ?? '');
  return Number.isNaN(atMs) ? undefined : atMs;
}
