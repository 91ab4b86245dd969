/** A real InfluxDB goes away under load and comes back: nothing is missing, and live data arrives first. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import type { CollectorRecord } from '../../collector/recorder.ts';
import { openSpool } from '../../collector/spool.ts';
import { createWriter } from '../../collector/writer.ts';
import { openStore } from '../../store/index.ts';
import type { ReadingSink } from '../../store/port.ts';
import { influxdAvailable, startInfluxd } from '../support/influxd.ts';
import { demoRegistry } from '../support/registry.ts';
import { LOAD_METERS, startLoad } from './fixtures/load.ts';

/** A minute by hand: OUTAGE_SECONDS=60. */
const OUTAGE_MS = Number(process.env.OUTAGE_SECONDS ?? 6) * 1_000;
const PER_SECOND = 2_000;

async function until(condition: () => boolean, what: string): Promise<void> {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; await delay(20)) {
    if (condition()) return;
  }
  throw new Error(`did not happen within 60 s: ${what}`);
}

function numberOf(record: CollectorRecord): number {
  return record.kind === 'reading' ? (record.reading.values.activeEnergyImport ?? -1) : -1;
}

it.skipIf(!influxdAvailable())('keeps everything while the store is away', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'jieyue-outage-'));
  const influxd = await startInfluxd();
  // Also when an expectation fails: no server outlives its test.
  onTestFinished(async () => {
    await influxd.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const store = openStore({ kind: 'influx', url: influxd.url }, await demoRegistry());
  await store.init();

  /** First and last number of each write that the store took, with the newest recorded by then. */
  const arrivals: { readonly first: number; readonly last: number; readonly newest: number }[] = [];
  let newest = -1;
  const watched: ReadingSink = {
    writeReadings: async (readings) => {
      await store.writeReadings(readings);
      const numbers = Array.from(readings, ({ values }) => values.activeEnergyImport ?? -1);
      arrivals.push({ first: Math.min(...numbers), last: Math.max(...numbers), newest });
    },
    writeStatuses: (statuses) => store.writeStatuses(statuses),
    writeArrivals: (arrivals) => store.writeArrivals(arrivals),
    writeCollector: (points) => store.writeCollector(points),
  };
  const spool = openSpool({ path: join(folder, 'spool.db') });
  // A live lane shorter than the outage, so that there is a backlog to tell it from.
  const writer = createWriter({ spool, sink: watched, maxLive: 2_000, retryMaxMs: 1_000 });
  spool.onDurable(({ records }) => {
    newest = Math.max(newest, ...records.map(numberOf));
  });
  const startMs = Date.now();
  writer.start();
  const stopLoad = startLoad({ recorder: spool, perSecond: PER_SECOND, from: 0, startMs });

  await until(() => arrivals.length > 5, 'first writes');
  await influxd.kill();
  await until(() => writer.figures().unavailable === 1, 'outage noticed');
  const before = arrivals.length;
  await delay(OUTAGE_MS);
  const backlog = spool.figures().records;
  expect(backlog).toBeGreaterThan((PER_SECOND * OUTAGE_MS) / 1000 / 2);
  await influxd.restart();
  const upMs = performance.now();
  await until(() => arrivals.length > before, 'first write after the outage');
  const backMs = performance.now() - upMs;

  // Live within 5 s of data, from the first write on and while the backlog drains.
  const lagsS: number[] = [];
  await until(() => {
    const latest = arrivals.reduce((most, { last }) => Math.max(most, last), -1);
    lagsS.push((newest - latest) / PER_SECOND);
    return spool.figures().records < PER_SECOND;
  }, 'backlog drained');
  const drainedMs = performance.now() - upMs;
  const first = arrivals[before];
  expect(first?.newest).toBeGreaterThan(0);
  expect((first?.newest ?? 0) - (first?.first ?? 0)).toBeLessThan(2 * PER_SECOND);
  expect(Math.max(...lagsS)).toBeLessThan(5);

  const count = stopLoad();
  await writer.stop(30_000);
  expect(spool.figures()).toMatchObject({ pending: 0, droppedReadings: 0, thinned: 0 });
  expect(spool.batches()).toEqual([]);
  await spool.close();

  const stored: number[] = [];
  for (const meterId of LOAD_METERS) {
    const range = { fromMs: startMs, toMs: startMs + 3_600_000 };
    const { value } = await store.counterColumns(meterId, 'activeEnergyImport', range);
    stored.push(...value);
  }
  console.log(
    `outage of ${OUTAGE_MS} ms at ${PER_SECOND}/s: ${backlog} in the spool, first write ${Math.round(backMs)} ms ` +
      `after the return, drained after ${Math.round(drainedMs)} ms, live at most ` +
      `${Math.max(...lagsS).toFixed(2)} s behind, ${stored.length} of ${count} stored`,
  );
  expect(stored.sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, n) => n));

  await store.close();
});
