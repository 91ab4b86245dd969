/** The simulated past in a store: readings, their rows, and what a gateway delivered after its month was closed. */
import { closeEnded } from '../api/consumption/closings.ts';
import { recomputeDirty } from '../api/consumption/recompute.ts';
import type { ApiContext } from '../api/context.ts';
import type { MeterProfile } from '../collector/profile.ts';
import type { TimeRange } from '../domain/period.ts';
import { isCounting } from '../registry/registry.ts';
import type { Meter } from '../registry/schema.ts';
import { backfill } from '../simulators/backfill.ts';
import { type Outage, STORIES } from '../simulators/model/stories.ts';

export interface PastOptions {
  readonly range: TimeRange;
  /** Days after its end that a period closes. */
  readonly closeAfterDays: number;
  /** The shipped ones when absent. */
  readonly profiles?: ReadonlyMap<string, MeterProfile>;
  /** All of the registry when absent. */
  readonly meters?: readonly Meter[];
  readonly onFill?: (done: number, total: number) => void;
  readonly onRows?: (done: number, total: number) => void;
}

/** Twice an hour: the widest step at which every hour still counts as measured. */
const EVERY_MS = 1_800_000;

/** Delivers what a gateway kept, on the day it did so: closed rows are restated. */
async function deliver(context: ApiContext, outage: Outage, options: PastOptions): Promise<void> {
  const { deliveredMs, connection, fromMs, toMs } = outage;
  if (deliveredMs === undefined || deliveredMs > context.now()) return;
  const { registry, store } = context;
  const { profiles, closeAfterDays } = options;
  const meters = (options.meters ?? registry.meters).filter(
    (meter) => meter.connection === connection,
  );
  const then = { ...context, now: () => deliveredMs };
  await closeEnded(then, closeAfterDays);
  await backfill({
    ...{ registry, store, meters, fromMs, toMs, everyMs: EVERY_MS },
    ...(profiles ? { profiles } : {}),
  });
  const dirty = meters.filter(isCounting).map(({ id }) => ({ meterId: id, fromMs, toMs }));
  await recomputeDirty(then, dirty, { cause: 'late' });
}

export async function writePast(context: ApiContext, options: PastOptions): Promise<void> {
  const { registry, store } = context;
  const { range, profiles, onFill, onRows, meters = registry.meters } = options;
  const { outages } = STORIES;
  await backfill({
    ...{ registry, store, meters, ...range, everyMs: EVERY_MS, outages },
    ...(profiles ? { profiles } : {}),
    ...(onFill ? { onProgress: onFill } : {}),
  });
  const dirty = meters.filter(isCounting).map(({ id }) => ({ meterId: id, ...range }));
  await recomputeDirty(context, dirty, {
    cause: 'rebuild',
    ...(onRows ? { onProgress: onRows } : {}),
  });
  for (const outage of outages) {
    const isInside = outage.fromMs >= range.fromMs && outage.toMs <= range.toMs;
    if (isInside) await deliver(context, outage, options);
  }
}
