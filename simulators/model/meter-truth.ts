/** The truth about one meter: what really flowed, and what its display says of it. */
import {
  COUNTER_IDS,
  type CounterId,
  QUANTITIES,
  type QuantityId,
} from '../../domain/quantities.ts';
import { counterOf, isCounting, type Registry } from '../../registry/registry.ts';
import type { Meter } from '../../registry/schema.ts';
import type { BuildingFlows } from './building.ts';
import { electricGauges, heatGauges, waterGauges } from './gauges.ts';
import { flowsOf } from './meter-flows.ts';
import { between, seedOf } from './noise.ts';
import { createRegister, ratiosOf } from './register.ts';
import { createRoom } from './room.ts';
import type { BuildingStory, Swap } from './stories.ts';
import type { Values } from './values.ts';
import type { Weather } from './weather.ts';

export interface MeterTruth {
  /** What flowed since the model epoch, after the multiplier; 0 for a register the meter lacks. */
  cumulative(counter: CounterId, atMs: number): number;
  /** Registers and gauges as the meter shows them, before the multiplier. */
  valuesAt(atMs: number): Values;
}

export interface MeterTruthOptions {
  readonly registry: Registry;
  readonly meter: Meter;
  readonly flows: BuildingFlows;
  readonly weather: Weather;
  readonly seed: number;
  /** An exchange that the registry does not know of. */
  readonly swap?: Swap | undefined;
  readonly story?: BuildingStory | undefined;
}

/** Index a meter had when the model began, as if it had been in service for some years. */
const INITIAL: Readonly<Record<CounterId, readonly [low: number, high: number]>> = {
  activeEnergyImport: [2_000, 40_000],
  activeEnergyExport: [200, 4_000],
  volume: [300, 8_000],
  heatEnergy: [500, 6_000],
};

function createSensorTruth(options: MeterTruthOptions): MeterTruth {
  const { registry, meter, weather } = options;
  const isIndoors = registry.profiles.get(meter.profile)?.quantities.includes('roomTemperature');
  const room = isIndoors ? createRoom({ ...options, region: registry.region }) : undefined;
  return {
    cumulative: () => 0,
    valuesAt: (atMs) =>
      room ? { roomTemperature: room(atMs) } : { airTemperature: weather.temperatureC(atMs) },
  };
}

export function createMeterTruth(options: MeterTruthOptions): MeterTruth {
  const { registry, meter, weather } = options;
  if (!isCounting(meter)) return createSensorTruth(options);
  const seed = seedOf(options.seed, meter.id);
  const { zone } = registry.region;
  const flows = flowsOf(registry, meter, options.flows);
  const ratios = ratiosOf(meter, zone);
  const swaps = [...meter.replacements, ...(options.swap ? [options.swap] : [])].toSorted(
    (a, b) => a.at - b.at,
  );
  const counters = registry.profiles.get(meter.profile)?.counters ?? {};

  function cumulative(counter: CounterId, atMs: number): number {
    const flow = flows.find((entry) => entry.counter === counter);
    return flow ? flow.share * flow.series.totalAt(atMs) : 0;
  }

  const registers = COUNTER_IDS.flatMap((counter) => {
    const facts = counters[counter];
    // A heat meter on a shared point list has no electricity registers.
    if (!facts || (meter.carrier !== 'electricity' && counter !== counterOf(meter))) return [];
    const connected = flows.some((flow) => flow.counter === counter);
    const register = createRegister({
      meter,
      zone,
      facts,
      initial: connected ? between(seedOf(seed, counter), INITIAL[counter]) : 0,
      swaps: counter === counterOf(meter) ? swaps : [],
      totalAt: (atMs) => cumulative(counter, atMs),
    });
    return [[counter, register] as const];
  });

  /** Into the building is positive; what goes back to the grid lowers it. */
  function rateAt(atMs: number): number {
    return flows.reduce((sum, { counter, series, share }) => {
      const sign = flows.length > 1 && counter === 'activeEnergyExport' ? -1 : 1;
      return sum + sign * share * series.rateAt(atMs);
    }, 0);
  }

  function gaugesAt(atMs: number): Values {
    const moment = { atMs, seed, rate: rateAt(atMs) };
    switch (meter.carrier) {
      case 'electricity':
      case 'solar':
        return electricGauges(moment, ratios.findLast(([fromMs]) => fromMs <= atMs)?.[1] ?? 1);
      case 'water':
      case 'gas':
        return waterGauges(moment, weather);
      case 'heat':
        return heatGauges(moment, weather);
      case 'weather':
        return {};
    }
  }

  const gaugeIds = (registry.profiles.get(meter.profile)?.quantities ?? []).filter(
    (id) => QUANTITIES[id].kind === 'gauge',
  );

  return {
    cumulative,
    valuesAt(atMs) {
      const values: Partial<Record<QuantityId, number>> = {};
      for (const [counter, register] of registers) values[counter] = register(atMs);
      const gauges = gaugesAt(atMs);
      for (const id of gaugeIds) {
        const value = gauges[id];
        if (value !== undefined) values[id] = value;
      }
      return values;
    },
  };
}
