/** Stores the hours of weather stations while their readings are there: those are forgotten, hours are not. */
import { setImmediate } from 'node:timers/promises';
import { type AppError, isAppError } from '../../domain/errors.ts';
import { DAY_MS, HOUR_MS, type TimeRange } from '../../domain/period.ts';
import type { Station } from '../../registry/schema.ts';
import type { ApiContext } from '../context.ts';
import { createJob, type Job, type JobLogger } from '../job.ts';
import { sensorHours, storedHours } from './station-hours.ts';

/** What is looked at each round; readings that come later than that are found when everything is. */
const RECENT_MS = 2 * DAY_MS;
/** Everything: longer than readings are kept unless somebody asks for more. */
const ALL_DAYS = 3660;
/** Everything is looked at once a start, and again after so long. */
const ALL_EVERY_MS = 30 * DAY_MS;
/** Looked at together: a year of minutes at once would hold others up. */
const SLICE_MS = 30 * DAY_MS;

/**
 * Stores what the readings of a range say and the store does not; the range is of whole hours.
 * @throws AppError `store.rejected` after all of it, when hours are older than the store keeps them
 */
export async function keepHours(
  context: Pick<ApiContext, 'store'>,
  station: Pick<Station, 'id' | 'sensor'>,
  { fromMs, toMs }: TimeRange,
): Promise<void> {
  let isOldest = true;
  let refused: AppError | undefined;
  for (let atMs = fromMs; atMs < toMs; atMs += SLICE_MS) {
    const slice = { fromMs: atMs, toMs: Math.min(atMs + SLICE_MS, toMs) };
    const measured = await sensorHours(context, station, slice);
    if (measured.size === 0) continue;
    const stored = await storedHours(context, station, slice);
    const changed = [...measured].filter(([startMs, celsius], index) => {
      // Of the oldest hour some readings may be forgotten already: what is stored was made of all.
      if (isOldest && index === 0 && stored.has(startMs)) return false;
      return stored.get(startMs) !== celsius;
    });
    isOldest = false;
    const hours = changed.map(([startMs, celsius]) => ({
      stationId: station.id,
      startMs,
      celsius,
    }));
    await context.store.writeOutdoorHours(hours).catch((error: unknown) => {
      if (!isAppError(error, 'store.rejected')) throw error;
      refused = error;
    });
    await setImmediate();
  }
  if (refused) throw refused;
}

export interface OutdoorJobOptions {
  readonly logger: JobLogger;
  /** How long hours are kept, when not for ever: older ones would be refused. */
  readonly rollupDays?: number | undefined;
}

export function createOutdoorJob(context: () => ApiContext, options: OutdoorJobOptions): Job {
  const { logger, rollupDays = ALL_DAYS } = options;
  // The first hour may lie in part before what is kept.
  const allMs = Math.min(rollupDays, ALL_DAYS) * DAY_MS - HOUR_MS;
  /** When everything of a station and sensor was last looked at. */
  const wholeAtMs = new Map<string, number>();

  return createJob(
    'outdoor',
    async () => {
      const { registry, store, now } = context();
      const nowMs = now();
      // The hour that runs has no mean yet.
      const toMs = Math.floor(nowMs / HOUR_MS) * HOUR_MS;
      for (const station of registry.stations) {
        if (station.sensor === undefined) continue;
        const key = `${station.id} ${station.sensor}`;
        const isDue = nowMs - (wholeAtMs.get(key) ?? 0) >= ALL_EVERY_MS;
        const fromMs = toMs - (isDue ? allMs : Math.min(RECENT_MS, allMs));
        await keepHours({ store }, station, { fromMs, toMs }).catch((error: unknown) => {
          // Told once: what is refused now for its age will be the next time too.
          if (isAppError(error, 'store.rejected')) wholeAtMs.set(key, nowMs);
          throw error;
        });
        if (isDue) wholeAtMs.set(key, nowMs);
      }
    },
    logger,
  );
}
