/** Where the rows of a meter begin: with its first reading, or where readings were kept when they were made. */
import { DAY_MS, HOUR_MS } from '../../domain/period.ts';
import type { Store } from '../../store/port.ts';
import { METER_ROWS } from './families.ts';
import type { Run } from './run.ts';

/** Readings of this long ago may have been forgotten since the first one was last looked for. */
const FIRST_HOLDS_MS = 30 * DAY_MS;
const firsts = new WeakMap<Store, Map<string, number>>();

/** When the store's first reading of a meter was read; rows begin with its hour. */
export async function firstReadingMs(
  run: Run,
  meterId: string,
  fromMs: number,
): Promise<number | undefined> {
  const { store } = run.context;
  const known = firsts.get(store) ?? new Map<string, number>();
  firsts.set(store, known);
  const cached = known.get(meterId);
  if (cached !== undefined && cached <= fromMs && fromMs > run.nowMs - FIRST_HOLDS_MS)
    return cached;
  const [first] = await store.readings(meterId, { fromMs: 0, toMs: run.nowMs + HOUR_MS }, 1);
  if (first) known.set(meterId, first.atMs);
  return first?.atMs;
}

/** Whether rows from before the first reading say that there were readings once. */
export async function isForgotten(
  { context }: Run,
  meterId: string,
  firstMs: number,
): Promise<boolean> {
  const toMs = Math.floor(firstMs / HOUR_MS) * HOUR_MS;
  const rows = await METER_ROWS.read(context.store, {
    subjects: [meterId],
    resolution: 'hour',
    range: { fromMs: toMs - 2 * DAY_MS, toMs },
  });
  return rows.some(({ value }) => value !== null);
}
