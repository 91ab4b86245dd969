/** `jieyue weather import` of a year long ago into either store, and the degree days that come out of it. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { degreeDays } from '../../api/baseline/weather.ts';
import { stationNamed } from '../../cli/commands/weather.ts';
import { DAY_MS, HOUR_MS, periodAt } from '../../domain/period.ts';
import { openStore, type StoreOptions } from '../../store/index.ts';
import { type Influxd, influxdAvailable, startInfluxd } from '../support/influxd.ts';
import { demoRegistry } from '../support/registry.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const TIMEOUT_MS = 60_000;
const DAYS = 365;
const hasInflux = influxdAvailable();
const registry = await demoRegistry();
const { zone } = registry.region;
const station = stationNamed(registry, undefined);
/** Readings of that time are forgotten, and refused by InfluxDB. */
const toMs = periodAt(Date.now() - 1000 * DAY_MS, 'day', zone).fromMs;
const range = { fromMs: toMs - DAYS * DAY_MS, toMs };

let folder: string;
let csv: string;
let influxd: Influxd | undefined;

/** Half of the hours 8 °C, the others 10 °C, two days at −1 and 30 °C, one day empty. */
function lines(): string[] {
  const special = new Map<number, string>([
    [3, '-1'],
    [4, '30'],
    [5, ''],
  ]);
  return Array.from({ length: DAYS * 24 }, (_, hour) => {
    const celsius = special.get(Math.floor(hour / 24)) ?? (hour % 2 === 0 ? '8' : '10');
    return `${new Date(range.fromMs + hour * HOUR_MS).toISOString()},${celsius}`;
  });
}

function runImport(file: string, env: Readonly<Record<string, string>>) {
  const args = [join(ROOT, 'cli/main.ts'), 'weather', 'import', file];
  return promisify(execFile)(process.execPath, args, {
    cwd: ROOT,
    timeout: TIMEOUT_MS,
    env: { ...process.env, JIEYUE_DATA: folder, ...env },
  });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jieyue-weather-'));
  csv = join(folder, 'station.csv');
  await writeFile(csv, ['time,temperatureC', ...lines()].join('\n'));
  if (hasInflux) influxd = await startInfluxd();
});

afterAll(async () => {
  await influxd?.stop();
  await rm(folder, { recursive: true });
});

async function check(options: StoreOptions, env: Readonly<Record<string, string>>): Promise<void> {
  const store = openStore(options, registry);
  try {
    await store.init();
    const before = await degreeDays({ store, registry }, station, range);
    expect(before).toMatchObject({ hdd18: null, coverage: 0 }); // the control: it had no weather
    const { stdout } = await runImport(csv, env);
    expect(stdout).toContain(
      `${(DAYS - 1) * 24} hours stored for ${station.id}, 0 left to its sensor`,
    );
    expect(stdout).toContain('24 lines without a value');
    const found = await degreeDays({ store, registry }, station, range);
    expect(found.hdd18).toBeCloseTo((DAYS - 3) * 9 + 19, 6);
    expect(found.cdd26).toBeCloseTo(4, 6);
    expect(found.coverage).toBeCloseTo((DAYS - 1) / DAYS, 9);
    expect(found.missing).toHaveLength(1);
  } finally {
    await store.close();
  }
}

describe('weather import', () => {
  it('reaches SQLite', async () => {
    await check({ kind: 'sqlite', path: join(folder, 'store.db') }, { JIEYUE_STORE: 'sqlite' });
  });

  it.runIf(hasInflux)('reaches InfluxDB', async () => {
    const url = influxd?.url ?? '';
    await check({ kind: 'influx', url }, { JIEYUE_STORE: 'influx', JIEYUE_INFLUX_URL: url });
  });

  it('control: a faulty file is refused by file and line, and nothing of it is stored', async () => {
    const faulty = join(folder, 'faulty.csv');
    await writeFile(faulty, 'time,temperatureC\n2020-01-01T00:00Z,5\n2020-01-01T01:00Z,999\n');
    const failed = await runImport(faulty, { JIEYUE_STORE: 'sqlite' }).catch((error) => error);
    expect(failed.code).toBe(1);
    expect(failed.stderr).toMatch(/faulty\.csv:3:B expected -90 to 60 °C/);
    const store = openStore({ kind: 'sqlite', path: join(folder, 'store.db') }, registry);
    const fromMs = Date.parse('2020-01-01T00:00Z');
    const found = await store.outdoorHours(station.id, { fromMs, toMs: fromMs + DAY_MS });
    await store.close();
    expect(found).toEqual([]);
  });
});
