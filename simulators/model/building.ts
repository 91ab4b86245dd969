/** One building's flows: what its people, its machines, the weather and the sun make of every quarter hour. */
import type { Building } from '../../registry/schema.ts';
import { airConditioningLoad } from './air-conditioning.ts';
import { type Days, type ModelDay, slotMiddleMs } from './days.ts';
import { between, noise, seedOf } from './noise.ts';
import { canteenIn, hourIn, presenceIn } from './presence.ts';
import { createSeries, type RateOf, type Series } from './series.ts';
import { type BuildingStory, isIn } from './stories.ts';
import type { Weather } from './weather.ts';

/** Electricity and solar in kW, water and gas in m³/h, heat in GJ/h. */
export interface BuildingFlows {
  /** Lighting and sockets (01A). */
  readonly lighting: Series;
  /** Air conditioning (01B): pumps and fans in winter, chillers in summer. */
  readonly airConditioning: Series;
  /** Its parts (01B10, 01B1C, 01B1E). */
  readonly station: Series;
  readonly chillers: Series;
  readonly hotWaterPumps: Series;
  /** Lifts and pumps (01C). */
  readonly motive: Series;
  /** Data room, canteen and chargers (01D). */
  readonly special: Series;
  readonly dataRoom: Series;
  /** The data room's computers; the rest of it cools them. */
  readonly dataRoomIt: Series;
  readonly canteenPower: Series;
  /** Vehicles charged in the yard. */
  readonly charging: Series;
  /** The four sub-items together, as sub-meters see them. */
  readonly metered: Series;
  /** What the photovoltaic system makes. */
  readonly solar: Series;
  /** Bought from the grid, and fed back to it when the sun gives more than the house takes. */
  readonly gridImport: Series;
  readonly gridExport: Series;
  readonly water: Series;
  readonly peopleWater: Series;
  readonly canteenWater: Series;
  readonly irrigation: Series;
  readonly gas: Series;
  readonly heat: Series;
}

export interface BuildingOptions {
  readonly building: Building;
  readonly solarKwp: number;
  /** People on a date. */
  heads(date: string): number;
  readonly days: Days;
  readonly weather: Weather;
  readonly seed: number;
  readonly story?: BuildingStory | undefined;
}

/** Consumers behind the main that no sub-meter sees. */
const UNMETERED_SHARE = 0.03;
/** Of a data room's power, what its computers take. */
const IT_SHARE = 0.64;
/** Inverter, wiring and dirt; and what a tilted panel gains over a flat one. */
const SOLAR_YIELD = 0.83 * 1.12;
const GJ_PER_KWH = 0.0036;

/** Clear-sky light on the ground as a share of 1 kW/m² (Haurwitz 1945). */
function clearSky(sunSine: number): number {
  return sunSine <= 0 ? 0 : 1.098 * sunSine * Math.exp(-0.057 / sunSine);
}

export function createBuildingFlows(options: BuildingOptions): BuildingFlows {
  const { building, days, weather, heads, story } = options;
  const seed = seedOf(options.seed, building.id);
  const heatedM2 = building.heatedM2 ?? building.floorM2;
  /** How wastefully the house is run, and how well it is insulated. */
  const thrift = between(seedOf(seed, 'thrift'), [0.76, 1.05]);
  const lossWPerM2K = between(seedOf(seed, 'insulation'), [0.85, 1.15]);

  /** A load in W/m² that flickers by a few percent from slot to slot. */
  function load(name: string, wattsPerM2: RateOf): Series {
    const flicker = seedOf(seed, name);
    return createSeries(
      days,
      (day, slot) =>
        (wattsPerM2(day, slot) * thrift * building.floorM2 * (0.94 + 0.12 * noise(flicker, slot))) /
        1000,
    );
  }

  function sum(parts: readonly Series[], factor = 1): Series {
    return createSeries(
      days,
      (_, slot) => factor * parts.reduce((total, part) => total + part.rateIn(slot), 0),
    );
  }

  /** What a retrofit leaves of a flow. */
  function shareOf(flow: 'lighting' | 'heat', slot: number): number {
    const retrofit = story?.retrofit;
    return retrofit?.flow === flow && slotMiddleMs(slot) >= retrofit.fromMs ? retrofit.share : 1;
  }

  const temperature = (slot: number) => weather.temperatureC(slotMiddleMs(slot));

  const lighting = load('lighting', (day, slot) => {
    const present = presenceIn(day, slot);
    // Lamps burn longer when it is dark outside.
    const dark = weather.sunSine(slotMiddleMs(slot)) < 0.25 ? 1 : 0.6;
    const nightLoad = story?.nightLoadWPerM2 && present < 0.1 ? story.nightLoadWPerM2 : 0;
    return (1.1 + 6 * present + 4 * present * dark + nightLoad) * shareOf('lighting', slot);
  });
  const cooling = (day: ModelDay, slot: number) =>
    airConditioningLoad(day, presenceIn(day, slot), temperature(slot));
  const airConditioning = load('air-conditioning', (day, slot) => cooling(day, slot).total);
  /** A part flickers with the whole. */
  const partOfCooling = (part: 'station' | 'chillers' | 'hotWaterPumps') =>
    createSeries(days, (day, slot) => {
      const { [part]: own, total } = cooling(day, slot);
      return (airConditioning.rateIn(slot) * own) / total;
    });
  const motive = load('motive', (day, slot) => 0.25 + 2.4 * presenceIn(day, slot));
  const dataRoom = load('data-room', () => 0.95);
  const canteenPower = load('canteen', (day, slot) => 0.05 + 5.5 * canteenIn(day, slot));
  const plug = seedOf(seed, 'charging');
  const charging = createSeries(days, (day, slot) => {
    const hour = hourIn(day, slot);
    const plugged = day.workday && hour >= 9 && hour < 16;
    return plugged ? (story?.chargingKw ?? 0) * (0.5 + noise(plug, slot)) : 0;
  });
  const special = sum([dataRoom, canteenPower, charging]);
  const metered = sum([lighting, airConditioning, motive, special]);

  const solar = createSeries(days, (_, slot) => {
    const atMs = slotMiddleMs(slot);
    const light = clearSky(weather.sunSine(atMs));
    return light === 0 ? 0 : options.solarKwp * SOLAR_YIELD * light * weather.clearness(atMs);
  });
  const surplus = (slot: number) =>
    solar.rateIn(slot) - metered.rateIn(slot) * (1 + UNMETERED_SHARE);

  const headsOn = new Map<string, number>();
  function headsOf(day: ModelDay): number {
    const known = headsOn.get(day.date) ?? heads(day.date);
    headsOn.set(day.date, known);
    return known;
  }

  function fixtureShare(slot: number): number {
    const fixtures = story?.fixtures;
    return fixtures && slotMiddleMs(slot) >= fixtures.fromMs ? fixtures.share : 1;
  }

  const draught = seedOf(seed, 'draught');
  const drip = seedOf(seed, 'water');
  const peopleWater = createSeries(days, (day, slot) => {
    // 45 L a head and office day over about nine hours; a night guard and cisterns keep it above 0.
    const litresPerHead = 4.8 * presenceIn(day, slot) * (0.7 + 0.6 * noise(drip, slot));
    return (headsOf(day) * (litresPerHead + 0.06) * fixtureShare(slot)) / 1000;
  });
  const canteenWater = createSeries(
    days,
    (day, slot) => headsOf(day) * 0.006 * canteenIn(day, slot),
  );
  const irrigation = createSeries(days, (day, slot) => {
    const month = Number(day.date.slice(5, 7));
    const hour = hourIn(day, slot);
    const watering =
      month >= 5 && month <= 9 && Number(day.date.slice(8)) % 2 === 0 && hour >= 6 && hour < 7.5;
    return watering ? building.floorM2 * 0.0002 : 0;
  });
  const leak = createSeries(days, (_, slot) => {
    const atMs = slotMiddleMs(slot);
    return story?.leak && isIn(atMs, story.leak) ? story.leak.m3PerHour : 0;
  });

  return {
    lighting,
    airConditioning,
    station: partOfCooling('station'),
    chillers: partOfCooling('chillers'),
    hotWaterPumps: partOfCooling('hotWaterPumps'),
    motive,
    special,
    dataRoom,
    dataRoomIt: sum([dataRoom], IT_SHARE),
    canteenPower,
    charging,
    metered,
    solar,
    gridImport: createSeries(days, (_, slot) => Math.max(0, -surplus(slot))),
    gridExport: createSeries(days, (_, slot) => Math.max(0, surplus(slot))),
    water: sum([peopleWater, canteenWater, irrigation, leak]),
    peopleWater,
    canteenWater,
    irrigation,
    gas: createSeries(days, (day, slot) => headsOf(day) * 0.03 * canteenIn(day, slot)),
    heat: createSeries(days, (day, slot) => {
      if (!day.heating) return 0;
      const hour = hourIn(day, slot);
      const setBack = day.workday && hour >= 5 && hour < 20 ? 1 : 0.82;
      const kelvin = Math.max(0, 18 - temperature(slot));
      // Wind and open windows make one day's loss differ from the next.
      const airing = 0.92 + 0.16 * noise(draught, day.fromSlot);
      const lossW = lossWPerM2K * heatedM2 * kelvin * setBack * airing;
      return (lossW * shareOf('heat', slot) * GJ_PER_KWH) / 1000;
    }),
  };
}
