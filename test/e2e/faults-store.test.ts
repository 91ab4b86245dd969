/** F17 and F27: a store that falls silent, and two collectors that think they are the only one. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { hourRows } from '../../api/consumption/meter-rows.ts';
import { openSpool } from '../../collector/spool.ts';
import { createWriter } from '../../collector/writer.ts';
import { HOUR_MS } from '../../domain/period.ts';
import { isCounting } from '../../registry/registry.ts';
import { openStore } from '../../store/index.ts';
import type { ReadingSink } from '../../store/port.ts';
import { influxdAvailable, startInfluxd } from '../support/influxd.ts';
import { demoRegistry } from '../support/registry.ts';
import { LOAD_METERS, loadReading } from './fixtures/load.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jieyue-store-faults-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function until(condition: () => boolean, what: string): Promise<void> {
  for (const deadline = Date.now() + 30_000; Date.now() < deadline; await delay(20)) {
    if (condition()) return;
  }
  throw new Error(`did not happen within 30 s: ${what}`);
}

it.skipIf(!influxdAvailable())(
  'F17 a store that takes connections and says nothing: given up in time, nothing lost',
  async () => {
    const influxd = await startInfluxd();
    const store = openStore({ kind: 'influx', url: influxd.url }, await demoRegistry());
    await store.init();
    const spool = openSpool({ path: join(folder, 'spool.db') });
    const writer = createWriter({
      spool,
      sink: store,
      writeTimeoutMs: 500,
      retryFirstMs: 50,
      retryMaxMs: 300,
    });
    const startMs = Date.now();
    const count = 2_000;
    let next = 0;
    const record = (to: number) => {
      for (; next < to; next += 1) {
        spool.record({ kind: 'reading', reading: loadReading(next, startMs) });
      }
    };
    writer.start();
    try {
      record(count / 2);
      await until(() => writer.figures().written === count / 2, 'first half written');
      influxd.freeze();
      record(count);
      await until(() => writer.figures().unavailable === 1, 'silence noticed');
      expect(spool.figures().records).toBe(count / 2);
    } finally {
      influxd.thaw();
    }
    await until(() => spool.figures().records === 0, 'second half written');
    await writer.stop(10_000);
    await spool.close();
    const stored: number[] = [];
    for (const meterId of LOAD_METERS) {
      const range = { fromMs: startMs, toMs: startMs + HOUR_MS };
      const { value } = await store.counterColumns(meterId, 'activeEnergyImport', range);
      stored.push(...value);
    }
    expect(stored.toSorted((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, n) => n));
    await store.close();
    await influxd.stop();
  },
);

/** One collector's share: what it polled, by its own clock, through a spool of its own. */
async function collect(sink: ReadingSink, name: string, readings: readonly [number, number][]) {
  const spool = openSpool({ path: join(folder, `${name}.db`) });
  const writer = createWriter({ spool, sink });
  writer.start();
  for (const [atMs, value] of readings) {
    const reading = {
      meterId: LOAD_METERS[0],
      atMs,
      quality: 0,
      values: { activeEnergyImport: value },
    };
    spool.record({ kind: 'reading', reading });
  }
  await writer.stop(10_000);
  await spool.close();
}

it('F27 two collectors poll the same meter: hours add up to what one alone would find', async () => {
  const registry = await demoRegistry();
  const meter = registry.meter(LOAD_METERS[0]);
  if (!isCounting(meter)) throw new RangeError('the meter counts nothing');
  const fromMs = Date.UTC(2026, 0, 5);
  const range = { fromMs, toMs: fromMs + 3 * HOUR_MS };
  /** Every minute, shifted against the other one; the register rises by a kilowatt-hour a minute. */
  const polls = (shiftMs: number) =>
    Array.from({ length: 181 }, (_, minute): [number, number] => {
      const atMs = fromMs + minute * 60_000 + shiftMs;
      return [atMs, 1000 + Math.floor((100 * (atMs - fromMs)) / 60_000) / 100];
    });

  async function totalOf(shares: readonly number[]): Promise<number> {
    const path = join(folder, `store-${shares.length}.db`);
    const store = openStore({ kind: 'sqlite', path }, registry);
    await store.init();
    await Promise.all(
      shares.map((shiftMs) => collect(store, `spool-${shares.length}-${shiftMs}`, polls(shiftMs))),
    );
    const counter = 'activeEnergyImport';
    const around = { fromMs: fromMs - HOUR_MS, toMs: range.toMs + HOUR_MS };
    const registers = await store.counterColumns(meter.id, counter, around);
    await store.close();
    expect(registers.atMs.length).toBe(181 * shares.length);
    if (!isCounting(meter)) throw new RangeError(`${meter.id} counts nothing`);
    const { rows } = hourRows(registry, meter, { counter, input: { registers }, range });
    return rows.reduce((sum, { value }) => sum + (value ?? 0), 0);
  }

  const alone = await totalOf([0]);
  expect(alone).toBeCloseTo(180, 6);
  expect(await totalOf([0, 17_000])).toBeCloseTo(alone, 1);
});
