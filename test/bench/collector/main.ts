/** `npm run bench:collector`: the whole path of a reading, from the socket over the disk to an HTTP store, and what it costs. */
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatTable, type Row } from '../table.ts';
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

function median(rounds: readonly Figures[], name: string): number {
  const sorted = rounds.map((round) => round[name] ?? Number.NaN).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

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

const folder = mkdtempSync(join(tmpdir(), 'jieyue-bench-'));
try {
  const load = loadavg()[0]?.toFixed(2);
  console.log(
    `node ${process.version}, ${availableParallelism()} cores, load ${load}; seven minutes\n`,
  );
  const rows: Row[] = [];
  for (const one of LOADS) rows.push(...(await loadRows(one, folder)));
  console.log(formatTable(rows));
  console.log(
    '\nmedians; CPU and memory as the kernel counts them, all threads; intervals as the meters see them',
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
