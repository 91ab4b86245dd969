/** Rows that are older than an InfluxDB keeps them: what is refused for its age holds up nothing else. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createOutdoorJob } from '../../api/baseline/outdoor-job.ts';
import { createNightFiller } from '../../api/consumption/night-fill.ts';
import type { ApiContext } from '../../api/context.ts';
import { openLedger } from '../../api/ledger/open.ts';
import { DAY_MS, HOUR_MS } from '../../domain/period.ts';
import { openStore } from '../../store/index.ts';
import { ROLLUP_DATABASE } from '../../store/schema.ts';
import { type Influxd, influxdAvailable, startInfluxd } from '../support/influxd.ts';
import { influxAdmin } from '../support/influxd-admin.ts';
import { demoRegistry } from '../support/registry.ts';
import { hourRow, reading, T0 } from './store-fixtures.ts';

const METER = 'cangsong-service-w';
const KEPT_DAYS = 20;
const isThere = influxdAvailable();

let server: Influxd | undefined;
beforeAll(async () => {
  server = isThere ? await startInfluxd() : undefined;
});
afterAll(() => server?.stop());

it.skipIf(!isThere)('nights and hours outdoors are stored as far back as is kept', async () => {
  const registry = await demoRegistry();
  const [station] = registry.stations;
  const { id = '', sensor = '' } = station ?? {};
  const url = server?.url ?? '';
  // By hand, so that nothing of ours knows of it.
  const keep = (days: number) =>
    influxAdmin(
      url,
      `ALTER RETENTION POLICY "autogen" ON "${ROLLUP_DATABASE}" DURATION ${days}d SHARD DURATION 1d`,
    );
  const store = openStore({ kind: 'influx', url }, registry);
  const ledger = openLedger(':memory:', { now: Date.now });
  const context: ApiContext = { registry, store, ledger, now: Date.now };
  await store.init();
  await keep(60);
  const hours = Array.from({ length: 39 * 24 }, (_, n) => T0 + n * HOUR_MS);
  await store.writeMeterConsumption(
    hours.map((atMs) => hourRow(METER, atMs, { counter: 'volume', value: 0.5 })),
  );
  await store.writeReadings(hours.map((atMs) => reading(sensor, atMs, { airTemperature: 4 })));
  await keep(KEPT_DAYS);
  const keptMs = Date.now() - (KEPT_DAYS - 1) * DAY_MS;
  const ever = { fromMs: 0, toMs: Date.now() };

  await createNightFiller().fill(context, () => false);
  const nights = await store.nights({ meterIds: [METER], range: ever });
  expect(nights.filter(({ startMs }) => startMs >= keptMs).length).toBeGreaterThanOrEqual(17);
  // The control: those before were made too, and refused.
  expect(nights.length).toBeLessThan(KEPT_DAYS + 2);
  await expect(
    store.writeNights(nights.map((night) => ({ ...night, startMs: T0 }))),
  ).rejects.toMatchObject({ code: 'store.rejected' });

  const job = createOutdoorJob(() => context, { logger: { error: () => undefined } });
  await expect(job.run()).rejects.toMatchObject({ code: 'store.rejected' });
  const stored = await store.outdoorHours(id, ever);
  expect(stored.filter(({ startMs }) => startMs >= keptMs).length).toBeGreaterThanOrEqual(400);
  await job.run();
  await store.close();
  ledger.close();
});
