/** Temperatures of days from a table of their own: a row a day, or hours that are put together by local days. */
import { daysIn, HOUR_MS } from '../../../domain/period.ts';
import type { DayTemperature } from '../rows.ts';
import { inCelsius } from '../terms.ts';
import { dailyMeans } from '../weather.ts';
import { hourlyMeans, parseWeatherCsv, type TemperaturePoint } from '../weather-csv.ts';
import { readTable } from './table.ts';

/** Rows at least so far apart are days; daylight saving makes one of 23 hours. */
const DAY_APART_MS = 20 * HOUR_MS;

function ofDays(text: string, file: string): DayTemperature[] {
  const { rows, temperatureUnit } = readTable(text, { file, needed: ['date', 'temperature'] });
  return rows.map(({ date, temperature }) => {
    const isCelsius = temperature === null || temperatureUnit === '°C';
    return { date, meanC: isCelsius ? temperature : inCelsius(temperature) };
  });
}

function ofHours(points: readonly TemperaturePoint[], zone: string): DayTemperature[] {
  const fromMs = points[0]?.atMs ?? 0;
  const toMs = (points.at(-1)?.atMs ?? 0) + HOUR_MS;
  return dailyMeans(hourlyMeans(points), daysIn({ fromMs, toMs }, zone));
}

/** @throws AppError `request.invalid` with every fault. */
export function readTemperatures(
  text: string,
  { file, zone }: { readonly file: string; readonly zone: string },
): DayTemperature[] {
  const { points } = parseWeatherCsv(text, { file, zone });
  const shortestMs = points.reduce((shortest, { atMs }, i) => {
    const before = points[i - 1];
    return before ? Math.min(shortest, atMs - before.atMs) : shortest;
  }, Number.POSITIVE_INFINITY);
  return shortestMs >= DAY_APART_MS ? ofDays(text, file) : ofHours(points, zone);
}
