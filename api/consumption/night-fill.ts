/** Fills in nights that hours have and the store lacks: of an older data folder, after a restore, of a zone that changed. */
import { DAY_MS } from '../../domain/period.ts';
import { isCounting } from '../../registry/registry.ts';
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
        const added = [...found.values()].flatMap((one) => one.added);
        if (added.length > 0) await store.writeNights(added);
        next += TOGETHER;
      }
    },
  };
}
