/** One process: a year of quarter-hours of a region into SQLite, all rows from them, then one hour more. */
import { rmSync } from 'node:fs';
import { recompute, recomputeDirty } from '../../../api/consumption/recompute.ts';
import { openLedger } from '../../../api/ledger/open.ts';
import { keepHeapSmall } from '../../../cli/small-heap.ts';
import { DAY_MS, HOUR_MS } from '../../../domain/period.ts';
import type { Reading } from '../../../domain/reading.ts';
import { counterOf, isCounting } from '../../../registry/registry.ts';
import { createSqliteStore } from '../../../store/sqlite.ts';
import { createBenchRegion } from './region.ts';

// As the command does.
keepHeapSmall();

const QUARTER_MS = HOUR_MS / 4;
const END_MS = Date.parse('2026-10-31T16:00:00Z');
const BATCH = 5000;

const [path = '', meters = '100', days = '365'] = process.argv.slice(2);
const registry = createBenchRegion(Number(meters));
const counting = registry.meters.filter(isCounting);
let nowMs = END_MS;
const now = () => nowMs;
const store = createSqliteStore({ path, now }, registry);
await store.init();
const context = { registry, store, ledger: openLedger(':memory:', { now }), now };

async function fill(range: { readonly fromMs: number; readonly toMs: number }): Promise<number> {
  let batch: Reading[] = [];
  let count = 0;
  for (const [index, meter] of counting.entries()) {
    const counter = counterOf(meter);
    for (let atMs = range.fromMs; atMs < range.toMs; atMs += QUARTER_MS) {
      const quarters = (atMs - END_MS + 4 * 365 * DAY_MS) / QUARTER_MS;
      const values = { [counter]: Math.floor(quarters * (10 + (index % 7))) / 10 };
      batch.push({ meterId: meter.id, atMs: atMs + 1000 * (index % 60), quality: 0, values });
      count += 1;
      if (batch.length === BATCH) {
        await store.writeReadings(batch);
        batch = [];
      }
    }
  }
  await store.writeReadings(batch);
  return count;
}

const cpuMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

const range = { fromMs: END_MS - Number(days) * DAY_MS, toMs: END_MS };
const readings = await fill(range);
const from = { ms: performance.now(), cpu: cpuMs() };
let metersMs = 0;
await recompute(context, range, (done, total) => {
  // Meters come first, then their accounts, which are two thirds of it.
  if (3 * done === total) metersMs = performance.now() - from.ms;
});
const allMs = performance.now() - from.ms;
const rebuildCpuMs = cpuMs() - from.cpu;

const hours: number[] = [];
for (let round = 0; round < Number(process.env.ROUNDS ?? 3); round += 1) {
  await fill({ fromMs: nowMs, toMs: nowMs + HOUR_MS });
  const dirty = counting.map(({ id }) => {
    return { meterId: id, fromMs: nowMs - HOUR_MS, toMs: nowMs + HOUR_MS };
  });
  nowMs += HOUR_MS;
  const started = performance.now();
  await recomputeDirty(context, dirty, { cause: 'late', daysOnly: true, changedOnly: true });
  hours.push(performance.now() - started);
}
const hourMs = hours.sort((a, b) => a - b)[1] ?? Number.NaN;
const peakMb = process.resourceUsage().maxRSS / 1024;
await store.close();
rmSync(path, { force: true });
console.log(JSON.stringify({ readings, metersMs, allMs, rebuildCpuMs, hourMs, peakMb }));
