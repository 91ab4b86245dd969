/** `npm run bench`: what the collector costs, beside a bare socket loop in the same run. */
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { measure, withServer } from './child.ts';
import { firstPageRows } from './first-page.ts';
import { installRows } from './install.ts';
import { formatTable, type Row } from './table.ts';

const METERS = 500;
/** As many as the demo region has. */
const FEW_METERS = 70;
const CONNECTIONS = 100;
const PACED_S = 20;
const SATURATED_S = 5;
const ROUNDS = 3;

type Figures = Record<string, number>;

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function medians(rounds: readonly Figures[], name: string): number {
  return median(rounds.map((round) => round[name] ?? Number.NaN));
}

/** 500 meters once a second each. CPU a read is several times that of a busy loop, for anybody: wake-ups. */
async function pacedRows(): Promise<Row[]> {
  const args = ['paced', METERS] as const;
  return withServer(async (port) => {
    const link = await measure('client', 'link', ...args, port, PACED_S);
    const bare = await measure('client', 'bare', ...args, port, PACED_S);
    const row = (what: string, name: string, unit: string): Row => ({
      what: `${METERS} meters at 1 s: ${what}`,
      value: link[name] ?? Number.NaN,
      unit,
      beside: bare[name] ?? Number.NaN,
    });
    return [
      row('reads', 'readsPerSecond', '1/s'),
      row('CPU a read', 'cpuUsPerRead', 'µs'),
      row('memory', 'rssMb', 'MB'),
    ];
  });
}

/** In turns, and the medians, since the machine is rarely ours alone. */
async function saturatedRows(): Promise<Row[]> {
  const link: Figures[] = [];
  const bare: Figures[] = [];
  await withServer(async (port) => {
    for (let round = 0; round < ROUNDS; round += 1) {
      link.push(await measure('client', 'link', 'busy', CONNECTIONS, port, SATURATED_S));
      bare.push(await measure('client', 'bare', 'busy', CONNECTIONS, port, SATURATED_S));
    }
  });
  const row = (what: string, name: string, unit: string): Row => ({
    what: `${CONNECTIONS} connections, saturated: ${what}`,
    value: medians(link, name),
    unit,
    beside: medians(bare, name),
  });
  return [
    row('reads', 'readsPerSecond', '1/s'),
    { ...row('CPU a read', 'cpuUsPerRead', 'µs'), goal: 4 },
  ];
}

async function collectorRows(folder: string, meters: number): Promise<Row[]> {
  const own = join(folder, `collector-${meters}`);
  const figures = await withServer((port) => measure('collector', own, meters, port, PACED_S));
  const what = `whole collector, ${meters} meters at 1 s`;
  return [
    { what: `${what}: readings`, value: figures.readsPerSecond ?? Number.NaN, unit: '1/s' },
    { what: `${what}: CPU a reading`, value: figures.cpuUsPerRead ?? Number.NaN, unit: 'µs' },
    { what: `${what}: memory`, value: figures.rssMb ?? Number.NaN, unit: 'MB', goal: 150 },
  ];
}

async function spoolRows(folder: string): Promise<Row[]> {
  const rows: Row[] = [];
  for (const groupSize of [50, 500]) {
    const path = join(folder, `spool-${groupSize}.db`);
    const figures = await measure('spool', path, SATURATED_S, groupSize);
    const row = (what: string, name: string, unit: string): Row => ({
      what: `spool, groups of ${groupSize}: ${what}`,
      value: figures[name] ?? Number.NaN,
      unit,
    });
    rows.push(
      row('durable records', 'recordsPerSecond', '1/s'),
      row('commit p50', 'p50Ms', 'ms'),
      row('commit p99', 'p99Ms', 'ms'),
    );
  }
  return rows;
}

const folder = mkdtempSync(join(tmpdir(), 'jieyue-bench-'));
try {
  const load = loadavg()[0]?.toFixed(2);
  console.log(
    `node ${process.version}, ${availableParallelism()} cores, load ${load}; three minutes\n`,
  );
  const rows = [
    ...(await pacedRows()),
    ...(await saturatedRows()),
    ...(await collectorRows(folder, FEW_METERS)),
    ...(await collectorRows(folder, METERS)),
    ...(await spoolRows(folder)),
    ...installRows(),
    ...(await firstPageRows(folder)),
  ];
  console.log(formatTable(rows));
  console.log(
    '\nbare: the same bytes over net.Socket with data events; nothing is checked, timed or copied' +
      '\nwhole collector: registry, polls, quality, spool, writer and the embedded store, Modbus only',
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
