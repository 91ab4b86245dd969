/** `jieyue weather import`: temperatures of a CSV become the hours of a weather station. */

import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { sensorHours } from '../../api/baseline/station-hours.ts';
import { hourlyMeans, parseWeatherCsv } from '../../api/baseline/weather-csv.ts';
import { AppError } from '../../domain/errors.ts';
import { HOUR_MS } from '../../domain/period.ts';
import type { Registry } from '../../registry/registry.ts';
import type { Station } from '../../registry/schema.ts';
import { openStore } from '../../store/index.ts';
import type { Store } from '../../store/port.ts';
import type { OutdoorHour } from '../../store/schema.ts';
import { openRuntime } from '../runtime.ts';

/** Which station: with several and none named, one of them would be a guess. */
export function stationNamed(registry: Registry, stationId: string | undefined): Station {
  const ids = registry.stations.map(({ id }) => id);
  const wanted = stationId ?? (ids.length === 1 ? ids[0] : undefined);
  const station = registry.stations.find(({ id }) => id === wanted);
  if (station) return station;
  const expected = `--station with one of ${ids.join(', ')}`;
  throw new AppError('config.invalid', `expected ${expected}, found '${stationId ?? 'none'}'`);
}

/** Stores the hours of which the sensor has no readings, and says which those are. */
export async function storeHours(
  store: Store,
  station: Station,
  means: ReadonlyMap<number, number>,
): Promise<OutdoorHour[]> {
  const starts = [...means.keys()];
  const [first, last] = [starts.at(0), starts.at(-1)];
  if (first === undefined || last === undefined) return [];
  const range = { fromMs: first, toMs: last + HOUR_MS };
  const measured = await sensorHours({ store }, station, range);
  const hours = [...means]
    .filter(([startMs]) => !measured.has(startMs))
    .map(([startMs, celsius]) => ({ stationId: station.id, startMs, celsius }));
  await store.writeOutdoorHours(hours);
  return hours;
}

async function importWeather(file: string, options: { station?: string }): Promise<void> {
  const { config, registry } = await openRuntime('weather');
  const station = stationNamed(registry, options.station);
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new AppError('config.invalid', `expected a readable file at ${file}`, {}, { cause });
  });
  const { points, empty } = parseWeatherCsv(text, { file, zone: registry.region.zone });
  const means = hourlyMeans(points);
  const store = openStore(config.store, registry);
  let stored: readonly OutdoorHour[];
  try {
    await store.init();
    stored = await storeHours(store, station, means);
  } finally {
    await store.close();
  }
  const left = means.size - stored.length;
  console.log(
    `导入 ${stored.length} 个小时的气温到 ${station.id}，${left} 个小时以传感器读数为准，${empty} 行无值`,
  );
  console.log(
    `${stored.length} hours stored for ${station.id}, ${left} left to its sensor, ${empty} lines without a value`,
  );
}

export function define(command: Command): void {
  command
    .command('import')
    .argument('<csv>', 'columns time,temperatureC (时间,气温), hourly or finer, of any year')
    .description("store them as hours of a station; hours that its sensor has stay the sensor's")
    .option('--station <id>', 'which station; not needed when there is one')
    .action(importWeather);
}
