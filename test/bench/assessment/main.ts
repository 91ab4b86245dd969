/** `node test/bench/assessment/main.ts`: what a year's assessments of a region cost; `--quick` for a small one. */
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { assess } from '../../../api/assessment/assess.ts';
import { createNightFiller } from '../../../api/consumption/night-fill.ts';
import type { ApiContext } from '../../../api/context.ts';
import { openLedger } from '../../../api/ledger/open.ts';
import { parsePeriod } from '../../../domain/period.ts';
import { openStore } from '../../../store/index.ts';
import { createBenchRegion } from '../consumption/region.ts';
import { formatTable, type Row } from '../table.ts';
import { fillStore } from './fill.ts';

const isQuick = process.argv.includes('--quick');
const METERS = isQuick ? 200 : 5000;
/** Units of the region that are assessed one by one for the percentile. */
const SINGLE = 40;
const zone = 'Asia/Shanghai';

const year = parsePeriod('2025', zone);
const before = parsePeriod('2024', zone);
if (!year || !before) throw new RangeError('2024 and 2025 are years');

function at(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.ceil(share * values.length) - 1] ?? Number.NaN;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

const folder = mkdtempSync(join(tmpdir(), 'jieyue-bench-'));
try {
  const load = loadavg()[0]?.toFixed(2);
  console.log(`node ${process.version}, ${availableParallelism()} cores, load ${load}`);
  const registry = createBenchRegion(METERS);
  const path = join(folder, 'store.db');
  const store = openStore({ kind: 'sqlite', path }, registry);
  await store.init();
  const started = performance.now();
  const filled = fillStore(path, registry, { fromMs: before.fromMs, toMs: year.toMs });
  console.log(`${filled} rows in ${((performance.now() - started) / 1000).toFixed(0)} s\n`);
  const now = () => year.toMs + 1e9;
  const ledger = openLedger(':memory:', { now });
  const context: ApiContext = { registry, store, ledger, now };
  // As the job does with a data folder that has none.
  const nightsMs = await timed(() => createNightFiller().fill(context, () => false));
  const units = registry.agencies.filter(({ tier }) => tier === 'unit').slice(0, SINGLE);
  const single: number[] = [];
  for (const { id } of units) single.push(await timed(() => assess(context, id, year)));
  const regionMs = await timed(() => assess(context, 'region', year));
  const cpu = process.cpuUsage();
  const byTier = new Map<string, number>();
  const allMs = await timed(async () => {
    const round = { ...context, round: new Map<string, unknown>() };
    for (const { id, tier } of registry.agencies) {
      const ms = await timed(() => assess(round, id, year));
      byTier.set(tier, (byTier.get(tier) ?? 0) + ms);
    }
  });
  const { user, system } = process.cpuUsage(cpu);
  const what = `${registry.agencies.length} agencies, ${METERS} meters, a year`;
  const goal = (value: number) => (isQuick ? {} : { goal: value });
  const rows: Row[] = [
    { what: 'nights of all water meters by their hours, once', value: nightsMs / 1000, unit: 's' },
    { what: 'one unit, first', value: single[0] ?? Number.NaN, unit: 'ms' },
    { what: 'one unit, p50', value: at(single, 0.5), unit: 'ms' },
    { what: 'one unit, p95', value: at(single, 0.95), unit: 'ms', goal: 300 },
    { what: `${what}: the region's draft`, value: regionMs / 1000, unit: 's', ...goal(2) },
    { what: `${what}: all`, value: allMs / 1000, unit: 's', ...goal(30) },
    { what: `${what}: CPU`, value: (user + system) / 1e6, unit: 's' },
    ...[...byTier].map(([tier, ms]) => {
      return { what: `${what}: of it ${tier}`, value: ms / 1000, unit: 's' };
    }),
    { what: 'memory', value: process.memoryUsage.rss() / 2 ** 20, unit: 'MB' },
  ];
  console.log(formatTable(rows));
  await store.close();
  ledger.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
