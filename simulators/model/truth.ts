/** The whole region's truth, worked out lazily from the registry and a seed. */
import type { Registry } from '../../registry/registry.ts';
import type { Building } from '../../registry/schema.ts';
import { type BuildingFlows, createBuildingFlows } from './building.ts';
import { createDays } from './days.ts';
import { createMeterTruth, type MeterTruth } from './meter-truth.ts';
import { headsIn } from './people.ts';
import { STORIES, type Stories } from './stories.ts';
import { createWeather, type Weather } from './weather.ts';

const DEFAULT_SEED = 20_241_001;

export interface Truth {
  /** @throws RangeError for an id the registry lacks. */
  meter(id: string): MeterTruth;
  /** Flows of a building before any meter sees them. */
  building(id: string): BuildingFlows;
  weather(stationId: string): Weather;
}

export interface TruthOptions {
  readonly registry: Registry;
  readonly seed?: number;
  /** What happens on purpose; the demo region's when absent. */
  readonly stories?: Stories;
}

/** Remembers what it made for each key. */
function remember<T>(make: (key: string) => T): (key: string) => T {
  const made = new Map<string, T>();
  return (key) => {
    const known = made.get(key) ?? make(key);
    made.set(key, known);
    return known;
  };
}

/** A photovoltaic meter tells the size of its system where the building does not. */
function solarKwpOf(registry: Registry, building: Building): number {
  if (building.solarKwp !== undefined) return building.solarKwp;
  const meters = registry.metersIn(building.id).filter(({ carrier }) => carrier === 'solar');
  return meters.reduce((sum, meter) => sum + meter.maxPerHour / 1.2, 0);
}

export function createTruth(options: TruthOptions): Truth {
  const { registry, seed = DEFAULT_SEED, stories = STORIES } = options;
  const days = createDays(registry.region.zone, registry.region.heatingSeason);

  const weather = remember((id) => {
    const station = registry.stations.find((entry) => entry.id === id);
    if (!station) throw new RangeError(`no station '${id}' in the registry`);
    return createWeather(station, seed);
  });

  const building = remember((id) => {
    const entry = registry.building(id);
    return createBuildingFlows({
      building: entry,
      solarKwp: solarKwpOf(registry, entry),
      heads: (date) => headsIn(registry, entry, date),
      days,
      weather: weather(entry.station),
      seed,
      story: stories.buildings.get(id),
    });
  });

  const meter = remember((id) => {
    const entry = registry.meter(id);
    const station = registry.stations.find(({ sensor }) => sensor === id)?.id;
    return createMeterTruth({
      registry,
      meter: entry,
      flows: building(entry.building),
      weather: weather(station ?? registry.building(entry.building).station),
      seed,
      swap: stories.swaps.get(id),
      story: stories.buildings.get(entry.building),
    });
  });

  return { meter, building, weather };
}
