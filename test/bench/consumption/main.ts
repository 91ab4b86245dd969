/** `npm run bench:consumption`: what rows cost, from the readings to the answer; `--quick` for a small run. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { openStore } from '../../../store/index.ts';
import { influxdAvailable, startInfluxd } from '../../support/influxd.ts';
import { formatTable, type Row } from '../table.ts';
import { measureAnswers } from './answers.ts';
import { curveSpeed } from './curve.ts';
import { createBenchRegion } from './region.ts';

const isQuick = process.argv.includes('--quick');
const METERS = isQuick ? 50 : 1000;
const DAYS = isQuick ? 60 : 365;
/** A thirty-fifth of the readings, to see whether a reading costs the same among many. */
const FEW_METERS = Math.ceil(METERS / 35 / 10) * 10;
const ROUNDS = isQuick ? 5 : 40;
/** 5,000 meters make 556 agencies. */
const AGENCY_METERS = isQuick ? 500 : 4500;
const YEAR_READINGS = 35_040;
const DEADLINE_MS = 60 * 60_000;

type Figures = Record<
  'readings' | 'metersMs' | 'allMs' | 'rebuildCpuMs' | 'hourMs' | 'peakMb',
  number
>;

/** A process of its own, so that nothing else is in its memory. */
async function rebuild(folder: string, meters: number): Promise<Figures> {
  const file = fileURLToPath(new URL('rebuild.ts', import.meta.url));
  const args = [file, join(folder, `store-${meters}.db`), String(meters), String(DAYS)];
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: DEADLINE_MS,
  });
  const [output] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  return JSON.parse(output);
}

function rebuildRows(few: Figures, many: Figures): Row[] {
  const what = `${METERS} meters, ${DAYS} days of quarter-hours`;
  const goal = (value: number) => (isQuick ? {} : { goal: value });
  return [
    { what: `${what}: readings`, value: many.readings, unit: '' },
    {
      what: `${what}: meters’ hours and days`,
      value: many.metersMs / 1000,
      unit: 's',
      ...goal(180),
    },
    { what: `${what}: accounts, months, years, seasons too`, value: many.allMs / 1000, unit: 's' },
    { what: `${what}: CPU of it all`, value: many.rebuildCpuMs / 1000, unit: 's', ...goal(180) },
    { what: `${what}: memory at its peak`, value: many.peakMb, unit: 'MB', goal: 400 },
    {
      what: `a reading among ${many.readings}, beside ${few.readings}`,
      value: (1000 * many.metersMs) / many.readings,
      unit: 'µs',
      beside: (1000 * few.metersMs) / few.readings,
      goal: 1.3,
    },
    { what: `${METERS} meters: one hour more`, value: many.hourMs, unit: 'ms', goal: 1000 },
  ];
}

async function answerRows(
  engine: string,
  options: Parameters<typeof openStore>[0],
): Promise<Row[]> {
  const registry = createBenchRegion(AGENCY_METERS);
  const store = openStore(options, registry);
  await store.init();
  const { hoursMs, monthsMs, monthRows } = await measureAnswers(registry, store, ROUNDS);
  await store.close();
  return [
    {
      what: `${engine}: a year of hours of one agency over HTTP, p95`,
      value: hoursMs,
      unit: 'ms',
      goal: engine === 'sqlite' ? 50 : 150,
    },
    { what: `${engine}: ${monthRows} monthly totals, p95`, value: monthsMs, unit: 'ms', goal: 300 },
  ];
}

async function influxRows(): Promise<Row[]> {
  if (!influxdAvailable()) {
    console.log('influxd is not installed: answers are measured from SQLite only');
    return [];
  }
  const server = await startInfluxd();
  try {
    return await answerRows('influx', { kind: 'influx', url: server.url });
  } finally {
    await server.stop();
  }
}

function curveRows(): Row[] {
  const long = isQuick ? 10 * YEAR_READINGS : 100 * YEAR_READINGS;
  return [YEAR_READINGS, long].map((readings) => ({
    what: `the curve alone, ${readings} readings`,
    value: curveSpeed(readings) / 1e6,
    unit: 'M/s',
    least: 1,
  }));
}

const folder = mkdtempSync(join(tmpdir(), 'jieyue-bench-'));
try {
  const load = loadavg()[0]?.toFixed(2);
  console.log(`node ${process.version}, ${availableParallelism()} cores, load ${load}\n`);
  const few = await rebuild(folder, FEW_METERS);
  const rows = [
    ...curveRows(),
    ...rebuildRows(few, await rebuild(folder, METERS)),
    ...(await answerRows('sqlite', { kind: 'sqlite', path: join(folder, 'answers.db') })),
    ...(await influxRows()),
  ];
  console.log(formatTable(rows, 'few'));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
