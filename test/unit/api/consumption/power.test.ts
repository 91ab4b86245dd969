/** Meters that show power only: from stored readings to hours, as estimates that say so. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recompute } from '../../../../api/consumption/recompute.ts';
import type { ApiContext } from '../../../../api/context.ts';
import { explainMeter } from '../../../../api/explain/meter.ts';
import { openLedger } from '../../../../api/ledger/open.ts';
import { HOUR_MS } from '../../../../domain/period.ts';
import type { QuantityId } from '../../../../domain/quantities.ts';
import { type CountingMeter, createRegistry, isCounting } from '../../../../registry/registry.ts';
import { createSqliteStore } from '../../../../store/sqlite.ts';
import { demoRegistry } from '../../../support/registry.ts';

const START_MS = Date.parse('2026-10-11T16:00:00Z');
const NOW_MS = START_MS + 24 * HOUR_MS;

const demo = await demoRegistry();
const counting = demo.meters.filter(isCounting);
const byPower = (carrier: 'electricity' | 'heat'): CountingMeter => {
  const found = counting.find((meter) => meter.carrier === carrier && meter.level === 1);
  if (!found) throw new Error(`no meter of ${carrier}`);
  return { ...found, counts: 'power', multiplier: [] };
};
const [electricity, heat] = [byPower('electricity'), byPower('heat')];
const registry = createRegistry({ ...demo, meters: [electricity, heat] }, demo.profiles);
const store = createSqliteStore({ path: ':memory:', now: () => NOW_MS }, registry);
const ledger = openLedger(':memory:', { now: () => NOW_MS });
const context: ApiContext = { registry, store, ledger, now: () => NOW_MS };

/** Every quarter of an hour but from 04:00 to 08:00. */
async function fill({ id }: CountingMeter, quantity: QuantityId, power: (hour: number) => number) {
  const readings = [];
  for (let atMs = START_MS; atMs <= NOW_MS; atMs += HOUR_MS / 4) {
    const hour = (atMs - START_MS) / HOUR_MS;
    if (hour > 4 && hour < 8) continue;
    readings.push({ meterId: id, atMs, quality: 0, values: { [quantity]: power(hour) } });
  }
  await store.writeReadings(readings);
}

async function hoursOf({ id }: CountingMeter) {
  const range = { fromMs: START_MS, toMs: NOW_MS };
  return store.meterConsumption({ meterIds: [id], resolution: 'hour', range });
}

beforeAll(async () => {
  await store.init();
  await fill(electricity, 'activePower', (hour) => 10 + hour);
  await fill(heat, 'heatPower', () => 100);
  await recompute(context, { fromMs: START_MS, toMs: NOW_MS });
});
afterAll(async () => {
  await store.close();
  ledger.close();
});

test('an hour is its mean power, estimated', async () => {
  const [first, second] = await hoursOf(electricity);
  // Linear from 10 to 11 kW, then to 12 kW: the trapezoid is exact.
  expect(first).toMatchObject({ value: 10.5, class: 'estimated', coverage: 0, estimated: 1 });
  expect(second?.value).toBeCloseTo(11.5, 9);
});

test('heat power becomes heat in its own unit', async () => {
  const [first] = await hoursOf(heat);
  // 100 kW over an hour are 360 MJ.
  expect(first?.value).toBeCloseTo(0.36, 9);
});

test('nothing is known of a silence, beyond two intervals after the last reading', async () => {
  const rows = await hoursOf(electricity);
  expect(rows[4]?.known).toBeLessThan(1);
  expect(rows[5]).toMatchObject({ value: null, class: 'missing' });
});

test('an explanation shows the power it was made from', async () => {
  const why = await explainMeter(context, electricity, {
    fromMs: START_MS,
    toMs: START_MS + 2 * HOUR_MS,
  });
  expect(why.readings[0]?.value).toBe(10);
  expect(why.hours.every(({ agrees }) => agrees)).toBe(true);
});

test('the control: read as registers, the same readings give no hours', async () => {
  const plain = createRegistry(
    { ...demo, meters: [{ ...electricity, counts: undefined }] as never },
    demo.profiles,
  );
  await recompute({ ...context, registry: plain }, { fromMs: START_MS, toMs: NOW_MS });
  expect((await hoursOf(electricity)).filter(({ value }) => value !== null)).toEqual([]);
});
