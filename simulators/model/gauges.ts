/** What a meter shows besides its registers: the momentary values that belong to a flow. */
import { MINUTE_MS } from './days.ts';
import { noise, smoothNoise } from './noise.ts';
import type { Values } from './values.ts';
import type { Weather } from './weather.ts';

const KW_PER_GJ_H = 1 / 0.0036;

interface Moment {
  readonly atMs: number;
  readonly seed: number;
  /** Amount per hour into the building, before the instrument transformers. */
  readonly rate: number;
}

/** A three-phase meter behind a current transformer: it sees power and current divided by the ratio. */
export function electricGauges({ atMs, seed, rate }: Moment, ratio: number): Values {
  const minute = Math.floor(atMs / MINUTE_MS);
  const volts = (phase: number) => 229 + 5 * smoothNoise(seed + phase, minute / 20);
  const powerKw = rate / ratio;
  const powerFactor = 0.9 + 0.08 * noise(seed + 7, minute);
  const skew = 0.08 * (noise(seed + 8, minute) - 0.5);
  const amperes = (phase: number, part: number) =>
    (Math.abs(powerKw) * 1000 * part) / (volts(phase) * powerFactor);
  return {
    activePower: powerKw,
    voltageL1: volts(1),
    voltageL2: volts(2),
    voltageL3: volts(3),
    currentL1: amperes(1, 1 / 3 + skew),
    currentL2: amperes(2, 1 / 3 - skew),
    currentL3: amperes(3, 1 / 3),
    powerFactor,
    frequency: 50 + 0.03 * smoothNoise(1, minute / 2),
  };
}

/** A clamp-on flow meter on a cold pipe shows the same water twice. */
export function waterGauges({ atMs, rate }: Moment, weather: Weather): Values {
  const pipeC = weather.groundC(atMs);
  return { volumeFlow: rate, supplyTemperature: pipeC, returnTemperature: pipeC };
}

/** The network runs hotter the colder it is; out of season the pipes take the cellar's temperature. */
export function heatGauges({ atMs, seed, rate }: Moment, weather: Weather): Values {
  const heatPower = rate * KW_PER_GJ_H;
  if (heatPower === 0) {
    const cellarC = 16 + weather.groundC(atMs) / 4;
    return { heatPower, supplyTemperature: cellarC, returnTemperature: cellarC };
  }
  const kelvin = 18 - weather.temperatureC(atMs);
  const supplyTemperature = 45 + 0.7 * kelvin + smoothNoise(seed, atMs / (30 * MINUTE_MS));
  return { heatPower, supplyTemperature, returnTemperature: supplyTemperature - 6 - 0.25 * kelvin };
}
