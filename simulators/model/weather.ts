/** Outdoor temperature and sun of a severe-cold city (GB 50176 class 1C), invented but repeatable. */
import { DAY_MS, HOUR_MS } from '../../domain/period.ts';
import type { Station } from '../../registry/schema.ts';
import { noise, seedOf, smoothNoise } from './noise.ts';

/** Annual course between a January mean of −12 °C and a July mean of +23 °C. */
const MEAN_C = 6.2;
const ANNUAL_SWING_C = 17.3;
const DAILY_SWING_C = 6;
/** Weather fronts of about five days, and the difference of one day from the next. */
const FRONT_SWING_C = 5;
const DAY_SWING_C = 2.5;

const YEAR_MS = 365.2425 * DAY_MS;
const COLDEST_MS = Date.UTC(2025, 0, 18);
const WINTER_SOLSTICE_MS = Date.UTC(2024, 11, 21, 9);
const DEGREE = Math.PI / 180;

export interface Weather {
  temperatureC(atMs: number): number;
  /** Temperature of mains water in the ground: the annual course, damped. */
  groundC(atMs: number): number;
  /** Sine of the sun's height over the horizon; negative at night. */
  sunSine(atMs: number): number;
  /** Share of clear-sky light that gets through the clouds, 0…1. */
  clearness(atMs: number): number;
}

/** Position in a cycle as an angle, 0 at its start. */
function angle(sinceMs: number, periodMs: number): number {
  return (2 * Math.PI * sinceMs) / periodMs;
}

export function createWeather(station: Station, seed: number): Weather {
  const [fronts, days, cloudDays, cloudHours] = ['front', 'day', 'cloud-day', 'cloud-hour'].map(
    (name) => seedOf(seed, `${station.id}/${name}`),
  ) as [number, number, number, number];
  const sinLatitude = Math.sin(station.latitudeDeg * DEGREE);
  const cosLatitude = Math.cos(station.latitudeDeg * DEGREE);
  /** Local solar time runs four minutes a degree ahead of UTC. */
  const solarOffsetMs = (station.longitudeDeg / 360) * DAY_MS;

  const annual = (atMs: number) => -Math.cos(angle(atMs - COLDEST_MS, YEAR_MS));

  return {
    temperatureC(atMs) {
      const solarMs = atMs + solarOffsetMs;
      // Warmest at 15:00, coldest at 03:00 solar time.
      const daily = -Math.cos(angle(solarMs - 3 * HOUR_MS, DAY_MS));
      return (
        MEAN_C +
        ANNUAL_SWING_C * annual(atMs) +
        DAILY_SWING_C * daily +
        FRONT_SWING_C * smoothNoise(fronts, atMs / (5 * DAY_MS)) +
        DAY_SWING_C * smoothNoise(days, atMs / DAY_MS)
      );
    },
    groundC: (atMs) => 9 + 4 * annual(atMs - 30 * DAY_MS),
    sunSine(atMs) {
      const declination = -23.44 * DEGREE * Math.cos(angle(atMs - WINTER_SOLSTICE_MS, YEAR_MS));
      const hourAngle = angle(atMs + solarOffsetMs - DAY_MS / 2, DAY_MS);
      return (
        sinLatitude * Math.sin(declination) +
        cosLatitude * Math.cos(declination) * Math.cos(hourAngle)
      );
    },
    clearness(atMs) {
      // Most days are bright, a few are dull; passing clouds differ by the quarter hour.
      const dull = noise(cloudDays, Math.floor((atMs + solarOffsetMs) / DAY_MS)) ** 3;
      const passing = noise(cloudHours, Math.floor(atMs / (HOUR_MS / 4)));
      return (1 - 0.75 * dull) * (1 - 0.25 * passing);
    },
  };
}
