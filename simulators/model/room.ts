/** The temperature of an office: held by radiators in the heating season, by the weather and air conditioning out of it. */
import { inHeatingSeason } from '../../domain/calendar.ts';
import { localDate, localHour } from '../../domain/period.ts';
import type { Meter, Region } from '../../registry/schema.ts';
import { MINUTE_MS } from './days.ts';
import { seedOf, smoothNoise } from './noise.ts';
import type { BuildingStory } from './stories.ts';
import type { Weather } from './weather.ts';

export interface RoomOptions {
  readonly meter: Pick<Meter, 'id'>;
  readonly region: Region;
  readonly weather: Weather;
  readonly seed: number;
  readonly story?: BuildingStory | undefined;
}

/** °C that radiators hold by day, and what they give too much while nothing balances them. */
const HEATED_C = 19.1;
const UNBALANCED_C = 1.2;
const NIGHT_C = -1.5;
/** °C out of season: walls keep a room between these, a closed window makes it follow the weather. */
const COOL_C = 21;
const COOLED_C = 26.5;

export function createRoom(options: RoomOptions): (atMs: number) => number {
  const { meter, region, weather, story } = options;
  const seed = seedOf(options.seed, meter.id);
  const balancedMs = story?.retrofit?.flow === 'heat' ? story.retrofit.fromMs : undefined;

  function heatedC(atMs: number): number {
    const hour = localHour(atMs, region.zone);
    const isNight = hour < 6 || hour >= 20;
    const isUnbalanced = balancedMs !== undefined && atMs < balancedMs;
    return HEATED_C + (isUnbalanced ? UNBALANCED_C : 0) + (isNight ? NIGHT_C : 0);
  }

  return (atMs) => {
    const heating = inHeatingSeason(localDate(atMs, region.zone), region.heatingSeason);
    const freeC = 10.9 + 0.6 * weather.temperatureC(atMs);
    const baseC = heating ? heatedC(atMs) : Math.min(COOLED_C, Math.max(COOL_C, freeC));
    return baseC + 0.4 * smoothNoise(seed, atMs / (90 * MINUTE_MS));
  };
}
