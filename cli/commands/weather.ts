/** `jieyue weather import`: hourly temperatures of a CSV become readings of a station's sensor. */

import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { parseWeatherCsv } from '../../api/baseline/weather-csv.ts';
import { AppError } from '../../domain/errors.ts';
import type { Registry } from '../../registry/registry.ts';
import { openStore } from '../../store/index.ts';
import { openRuntime } from '../runtime.ts';

const BATCH = 5000;

/** The sensor the readings go to: without one in the registry their place would be a guess. */
export function sensorOf(registry: Registry, stationId: string | undefined): string {
  const ids = registry.stations.map(({ id }) => id);
  const wanted = stationId ?? (ids.length === 1 ? ids[0] : undefined);
  const station = registry.stations.find(({ id }) => id === wanted);
  if (!station) {
    const expected = `--station with one of ${ids.join(', ')}`;
    throw new AppError('config.invalid', `expected ${expected}, found '${stationId ?? 'none'}'`);
  }
  if (station.sensor === undefined) {
    throw new AppError(
      'config.invalid',
      `station '${station.id}' has no sensor: expected 'sensor' to name a meter of carrier 'weather' in the registry`,
    );
  }
  return station.sensor;
}

async function importWeather(file: string, options: { station?: string }): Promise<void> {
  const { config, registry } = await openRuntime('weather');
  const meterId = sensorOf(registry, options.station);
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new AppError('config.invalid', `expected a readable file at ${file}`, {}, { cause });
  });
  const { points, empty } = parseWeatherCsv(text, { file, zone: registry.region.zone });
  const store = openStore(config.store, registry);
  try {
    await store.init();
    for (let at = 0; at < points.length; at += BATCH) {
      await store.writeReadings(
        points.slice(at, at + BATCH).map(({ atMs, celsius }) => ({
          meterId,
          atMs,
          quality: 0,
          values: { airTemperature: celsius },
        })),
      );
    }
  } finally {
    await store.close();
  }
  console.log(`导入 ${points.length} 条气温到 ${meterId}，${empty} 行无值`);
  console.log(
    `${points.length} temperatures stored for ${meterId}, ${empty} lines without a value`,
  );
}

export function define(command: Command): void {
  command
    .command('import')
    .argument('<csv>', 'columns time,temperatureC (时间,气温), hourly')
    .description("store them as readings of a station's sensor")
    .option('--station <id>', 'which station; not needed when there is one')
    .action(importWeather);
}
