/** Fills in nights that hours have and the store lacks: of an older data folder, after a restore, of a zone that changed. */
import { isAppError } from '../../domain/errors.ts';
import { DAY_MS } from '../../domain/period.ts';
import { isCounting } from '../../registry/registry.ts';
import type { Store } from '../../store/port.ts';
import type { MeterNight } from '../../store/schema.ts';
import type { ApiContext } from '../context.ts';
import { findNights } from '../water/stored-nights.ts';

/** Two years of assessments and what a leak is followed back; older nights are asked of their hours each time. */
const FILLED_DAYS = 1200;
/** Meters whose nights are looked at together. */
const TOGETHER = 20;

export interface NightFiller {
  /** Goes on where it was left until all meters were looked at; only by the process that computes rows. */
  fill(context: ApiContext, isEnough: () => boolean): Promise<void>;
}

/** A server refuses nights older than rows are kept, whose hours may be there for some days more: those stay hours. */
async function add(store: Store, nights: readonly MeterNight[]): Promise<void> {
  if (nights.length === 0) return;
  await store.writeNights(nights).catch((error: unknown) => {
    if (!isAppError(error, 'store.rejected')) throw error;
  });
}

/** Looks through everything once a start: from then on nights are written with their hours. */
export function createNightFiller(): NightFiller {
  let zone: string | undefined;
  let next = 0;
  return {
    async fill(context, isEnough) {
      const { registry, store, now } = context;
      if (zone !== registry.region.zone) next = 0;
      zone = registry.region.zone;
      const water = registry.meters.filter(isCounting).filter(({ carrier }) => carrier === 'water');
      const range = { fromMs: now() - FILLED_DAYS * DAY_MS, toMs: now() };
      while (next < water.length && !isEnough()) {
        const found = await findNights(context, water.slice(next, next + TOGETHER), range);
        // One meter a time: a refusal stores the rest of its request, and sends none after it.
        for (const { added } of found.values()) await add(store, added);
        next += TOGETHER;
      }
    },
  };
}
