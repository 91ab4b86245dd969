/** `npm run bench:collector`: the whole path of a reading, from the socket over the disk to an HTTP store, and what it costs; `--only name` for a comparison. */
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { formatTable, type Row } from '../table.ts';
import { median } from './bench.ts';
import { BENCHES, report } from './benches.ts';
import { runPaced, startOurs } from './paced.ts';
import type { Figures } from './watch.ts';

const ROUNDS = 3;
const SECONDS = 20;
/** Connecting, compiling, and the first collections of the heap. */
const WARM_UP_MS = 10_000;

interface Load {
  readonly meters: number;
  /** Most that each figure should be. */
  readonly goals: Readonly<Record<string, number>>;
}

const LOADS: readonly Load[] = [
  { meters: 500, goals: {} },
  {
    meters: 5_000,
    goals: { cpuUsPerRead: 25, rssMb: 140, intervalErrorP99Ms: 20, skipped: 0 },
  },
  { meters: 10_000, goals: { corePercent: 30, rssMb: 220, skipped: 0 } },
];

const FIGURES = [
  ['readsPerSecond', 'reads', '1/s'],
  ['cpuUsPerRead', 'CPU a read', 'µs'],
  ['corePercent', 'of a core', '%'],
  ['rssMb', 'memory', 'MB'],
  ['intervalErrorP99Ms', 'interval error p99', 'ms'],
  ['pointsPerRead', 'points a read', ''],
  ['skipped', 'skipped', ''],
] as const;

async function loadRows({ meters, goals }: Load, folder: string): Promise<Row[]> {
  const rounds: Figures[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const options = { meters, seconds: SECONDS, warmUpMs: WARM_UP_MS, folder };
    rounds.push(await runPaced(options, startOurs));
  }
  return FIGURES.map(([name, what, unit]) => ({
    what: `${meters} meters at 1 s: ${what}`,
    value: median(rounds, name),
    unit,
    ...(goals[name] === undefined ? {} : { goal: goals[name] }),
  }));
}

async function reportLoads(): Promise<void> {
  const rows: Row[] = [];
  for (const one of LOADS) rows.push(...(await loadRows(one, folder)));
  console.log(formatTable(rows));
  console.log(
    '\nmedians; CPU and memory as the kernel counts them, all threads; intervals as the meters see them',
  );
}

const { only } = parseArgs({ options: { only: { type: 'string' } } }).values;
const bench = BENCHES.find(({ name }) => name === only);
if (only !== undefined && !bench) {
  console.error(`expected --only ${BENCHES.map(({ name }) => name).join(' | ')}, found ${only}`);
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), 'jieyue-bench-'));
try {
  const load = loadavg()[0]?.toFixed(2);
  console.log(
    `node ${process.version}, ${availableParallelism()} cores, load ${load}; ${bench?.takes ?? 'seven minutes'}\n`,
  );
  if (bench) await report(bench, folder);
  else await reportLoads();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
