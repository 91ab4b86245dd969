/** Water meters that are watched at night, each with its nights, what they are judged by, and their episodes. */
import { type CountingMeter, counterOf, type Registry } from '../../registry/registry.ts';
import { type Episode, type EpisodeOptions, findEpisodes } from './episodes.ts';
import type { Night } from './nights.ts';
import { hoursByMeter, isWatched, type MeterHour, nightsBeside, plantBelow } from './plant.ts';
import { allowedFlow } from './schedules.ts';

export interface WatchedMeter {
  readonly meter: CountingMeter;
  readonly nights: readonly Night[];
  /** What its nights are judged by. */
  readonly options: EpisodeOptions;
  readonly episodes: readonly Episode[];
}

/** m³ that a meter's register counts in. */
function stepOf({ profiles }: Registry, meter: CountingMeter): number {
  const step = profiles.get(meter.profile)?.counters[counterOf(meter)]?.resolution ?? 0;
  return step * (meter.multiplier.at(-1)?.factor ?? 1);
}

/** Those of whole buildings: what is below a meter counts. */
export function watchAll(
  registry: Registry,
  meters: readonly CountingMeter[],
  nightsOf: (meter: CountingMeter) => readonly Night[],
): WatchedMeter[] {
  return meters.filter(isWatched).map((meter) => {
    const steps = [meter, ...plantBelow(meter.id, meters)].map((one) => stepOf(registry, one));
    const nights = nightsOf(meter);
    const options = {
      // A difference is no finer than the coarsest register in it.
      resolutionM3: Math.max(...steps),
      allowedM3PerHour: allowedFlow(registry, meter),
    };
    return { meter, nights, options, episodes: findEpisodes(nights, options) };
  });
}

/** By hours that were read already. */
export function watchedIn(
  registry: Registry,
  meters: readonly CountingMeter[],
  hours: readonly MeterHour[],
): WatchedMeter[] {
  const hoursOf = hoursByMeter(hours);
  return watchAll(registry, meters, (meter) => nightsBeside(registry, [meter, meters], hoursOf));
}
