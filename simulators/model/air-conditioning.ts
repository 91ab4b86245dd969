/** What a building's air conditioning takes, by its parts: station (01B10) with pumps and chillers, and terminals. */
import type { ModelDay } from './days.ts';

/** Watts per square metre of floor. */
export interface AirConditioningLoad {
  readonly total: number;
  /** Pumps that carry the heat of the district through the house (01B1E). */
  readonly hotWaterPumps: number;
  readonly chillers: number;
  /** Both, and what else runs for the cold: its pumps and towers. */
  readonly station: number;
}

/** The rest of the cold drives chilled-water and cooling-water pumps and the fans of towers. */
const CHILLER_SHARE = 0.7;

/** Pumps and fans in winter, chillers in summer. */
export function airConditioningLoad(
  day: Pick<ModelDay, 'heating'>,
  present: number,
  temperatureC: number,
): AirConditioningLoad {
  const hotWaterPumps = day.heating ? 0.9 : 0;
  const cold = day.heating ? 0 : 13 * present * Math.min(1, Math.max(0, (temperatureC - 24) / 10));
  return {
    total: (day.heating ? hotWaterPumps : 0.1) + 1.4 * present + cold,
    hotWaterPumps,
    chillers: CHILLER_SHARE * cold,
    station: hotWaterPumps + cold,
  };
}
