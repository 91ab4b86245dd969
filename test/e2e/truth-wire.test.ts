/** Truth over the wire: what is stored is what the meters showed, and amounts keep the bound of interpolation. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assess } from '../../api/assessment/assess.ts';
import { recompute } from '../../api/consumption/recompute.ts';
import { openLedger } from '../../api/ledger/open.ts';
import { type Collector, createCollector } from '../../collector/collector.ts';
import { openSpool, type Spool } from '../../collector/spool.ts';
import { createWriter, type Writer } from '../../collector/writer.ts';
import { HOUR_MS, periodAt, type TimeRange } from '../../domain/period.ts';
import { QUANTITIES, type QuantityId } from '../../domain/quantities.ts';
import { counterOf, inForce, isCounting, type Registry } from '../../registry/registry.ts';
import { polled } from '../../simulators/backfill.ts';
import { type Simulators, startSimulators } from '../../simulators/index.ts';
import { openStore } from '../../store/index.ts';
import type { ReadingSink, Store } from '../../store/port.ts';
import { type Influxd, influxdAvailable, startInfluxd } from '../support/influxd.ts';
import { demoRegistry } from '../support/registry.ts';

/** How long the meters are polled; `TRUTH_MINUTES` makes it longer by hand. */
const RUN_MS = Number(process.env.TRUTH_MINUTES ?? 2) * 60_000;
/** Between a server's answer and the reading's timestamp. */
const ANSWER_MS = 1500;

let folder: string;
let simulators: Simulators;
let influxd: Influxd | undefined;
let stores: Store[];
let collector: Collector;
let spool: Spool;
let writer: Writer;
let registry: Registry;
let range: TimeRange;

/** One collector, both stores: a write counts when both have it. */
function both(sinks: readonly ReadingSink[]): ReadingSink {
  const each = async (write: (sink: ReadingSink) => Promise<void>) => {
    await Promise.all(sinks.map(write));
  };
  return {
    writeReadings: (readings) => each((sink) => sink.writeReadings(readings)),
    writeStatuses: (statuses) => each((sink) => sink.writeStatuses(statuses)),
    writeArrivals: (arrivals) => each((sink) => sink.writeArrivals(arrivals)),
    writeCollector: (points) => each((sink) => sink.writeCollector(points)),
  };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jieyue-wire-'));
  simulators = await startSimulators({
    registry: await demoRegistry(),
    ports: 'ephemeral',
    pkiFolder: join(folder, 'pki'),
  });
  registry = simulators.registry;
  influxd = influxdAvailable() ? await startInfluxd() : undefined;
  stores = [openStore({ kind: 'sqlite', path: join(folder, 'store.db') }, registry)];
  if (influxd) stores.push(openStore({ kind: 'influx', url: influxd.url }, registry));
  for (const store of stores) await store.init();
  spool = openSpool({ path: join(folder, 'spool.db') });
  writer = createWriter({ spool, sink: both(stores) });
  collector = createCollector({
    registry,
    recorder: spool,
    pkiFolder: join(folder, 'pki-collector'),
  });
  const fromMs = Date.now();
  writer.start();
  await collector.start();
  await delay(RUN_MS);
  await collector.stop();
  await writer.stop(10_000);
  range = { fromMs, toMs: Date.now() + 1 };
}, RUN_MS + 120_000);

afterAll(async () => {
  spool.close();
  for (const store of stores) await store.close();
  await simulators.stop();
  await influxd?.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('over the wire', () => {
  it('stores what each meter showed when it was asked', async () => {
    let compared = 0;
    for (const store of stores) {
      for (const meter of registry.meters) {
        const readings = await store.readings(meter.id, range, 10_000);
        const expected = Math.floor(RUN_MS / (meter.pollSeconds * 1000)) - 1;
        expect(readings.length, `${store.kind} ${meter.id}`).toBeGreaterThanOrEqual(
          Math.max(1, expected),
        );
        const { valuesAt } = simulators.truth.meter(meter.id);
        const shown = polled(meter);
        for (const reading of readings) {
          expect(reading.quality, `${meter.id} at ${reading.atMs}`).toBe(0);
          const before = shown(valuesAt(reading.atMs - ANSWER_MS));
          const after = shown(valuesAt(reading.atMs));
          for (const [quantity, value] of Object.entries(reading.values) as [
            QuantityId,
            number,
          ][]) {
            if (QUANTITIES[quantity].kind !== 'counter') continue;
            // The register stood somewhere between what it showed then and what it showed at the timestamp.
            const [low, high] = [before[quantity] ?? Number.NaN, after[quantity] ?? Number.NaN];
            const rounding = 1e-9 * Math.abs(high);
            expect(value, `${meter.id} ${quantity} at ${reading.atMs}`).toBeGreaterThanOrEqual(
              low - rounding,
            );
            expect(value, `${meter.id} ${quantity} at ${reading.atMs}`).toBeLessThanOrEqual(
              high + rounding,
            );
            compared += 1;
          }
        }
      }
    }
    expect(compared).toBeGreaterThan(500);
    // Control: the same registers a quarter of an hour earlier are not these.
    const main = registry.meters.find(
      ({ level, carrier }) => level === 1 && carrier === 'electricity',
    );
    const [reading] = main ? await (stores[0] as Store).readings(main.id, range, 1) : [];
    if (!main || !reading) throw new Error('a main was read');
    const earlier = polled(main)(
      simulators.truth.meter(main.id).valuesAt(reading.atMs - HOUR_MS / 4),
    );
    expect(reading.values.activeEnergyImport).not.toBe(earlier.activeEnergyImport);
  });

  it('spreads the polls instead of asking all at once', async () => {
    const seconds = new Set<number>();
    for (const meter of registry.meters) {
      const [first] = await (stores[0] as Store).readings(meter.id, range, 1);
      if (first) seconds.add(Math.floor(first.atMs / 1000));
    }
    expect(seconds.size).toBeGreaterThan(5);
  });

  it('counts what flowed between the first and the last reading, within one step at each boundary', async () => {
    for (const store of stores) {
      await recompute(
        { registry, store, ledger: openLedger(':memory:'), now: () => range.toMs },
        range,
      );
      const hours = { fromMs: range.fromMs - HOUR_MS, toMs: range.toMs + HOUR_MS };
      // A registered exchange is a reading too: rows go back to it, before the first one here.
      const unchanged = registry.meters.filter(({ replacements }) => replacements.length === 0);
      for (const meter of unchanged.filter(isCounting)) {
        const counter = counterOf(meter);
        const { atMs, value } = await store.counterColumns(meter.id, counter, range);
        const rows = await store.meterConsumption({
          meterIds: [meter.id],
          resolution: 'hour',
          range: hours,
        });
        const amount = rows
          .filter((row) => row.counter === counter)
          .reduce((sum, { value }) => sum + (value ?? 0), 0);
        const [firstMs, lastMs] = [atMs.at(0), atMs.at(-1)];
        if (firstMs === undefined || lastMs === undefined || firstMs === lastMs) continue;
        const { cumulative } = simulators.truth.meter(meter.id);
        const flowed = cumulative(counter, lastMs) - cumulative(counter, firstMs);
        const factor = inForce(meter.multiplier, '2026-01-01')?.factor ?? 1;
        const step =
          (registry.profiles.get(meter.profile)?.counters[counter]?.resolution ?? 0) +
          2.4e-7 * Number(value.at(-1));
        const perMs = flowed / (lastMs - firstMs);
        const bound = step * factor + perMs * ANSWER_MS * 2;
        expect(Math.abs(amount - flowed), `${store.kind} ${meter.id}`).toBeLessThanOrEqual(
          bound * 1.000001,
        );
      }
    }
  });

  it.skipIf(!influxdAvailable())('gives the same assessment from both stores', async () => {
    const period = periodAt(range.fromMs, 'month', registry.region.zone);
    // A day later, the day of the run counts as elapsed.
    const now = () => range.toMs + 24 * HOUR_MS;
    const [first, second] = await Promise.all(
      stores.map((store) =>
        assess({ registry, store, ledger: openLedger(':memory:'), now }, 'bureau', period),
      ),
    );
    expect(second).toEqual(first);
    expect(first?.metrics.find(({ id }) => id === 'comprehensive-energy')).toMatchObject({
      value: null,
      status: 'insufficient',
    });
  });
});
