/** Meters that stand still: found beside a main that moves, stored once, told once, and over again. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recompute } from '../../../../api/consumption/recompute.ts';
import type { ApiContext } from '../../../../api/context.ts';
import { openLedger } from '../../../../api/ledger/open.ts';
import { findStuck } from '../../../../api/quality/stuck-job.ts';
import { DAY_MS, HOUR_MS } from '../../../../domain/period.ts';
import { createSqliteStore } from '../../../../store/sqlite.ts';
import { demoRegistry } from '../../../support/registry.ts';

const MAIN = 'baiyan-center-w';
const STILL = 'baiyan-center-w-canteen';
const FIRST_MS = Date.parse('2026-08-31T16:00:00Z');
const NOW_MS = FIRST_MS + 40 * DAY_MS;
/** The canteen's meter stands still from here on, for two days. */
const STOP_MS = FIRST_MS + 35 * DAY_MS;
const GOES_MS = STOP_MS + 2 * DAY_MS;

const registry = await demoRegistry();
const store = createSqliteStore({ path: ':memory:', now: () => NOW_MS }, registry);
const ledger = openLedger(':memory:', { now: () => NOW_MS });
const context: ApiContext = { registry, store, ledger, now: () => NOW_MS };

/** Moves by day, rests at night, and stands still while `isStill`. */
async function fill(meterId: string, isStill: (atMs: number) => boolean): Promise<void> {
  let volume = 100;
  const readings = [];
  for (let atMs = FIRST_MS; atMs <= NOW_MS; atMs += HOUR_MS / 2) {
    const hour = ((atMs - FIRST_MS) / HOUR_MS) % 24;
    if (hour >= 7 && hour < 20 && !isStill(atMs)) volume += 0.2;
    readings.push({ meterId, atMs, quality: 0, values: { volume: Number(volume.toFixed(3)) } });
  }
  await store.writeReadings(readings);
}

const stuckFindings = () =>
  store.findings({
    meterIds: [MAIN, STILL],
    range: { fromMs: FIRST_MS, toMs: NOW_MS },
    code: 'stuck',
  });
const told = (kind: string) => store.events({ fromMs: 0, toMs: NOW_MS + 1 }, 100, { kind });

beforeAll(async () => {
  await store.init();
  await fill(MAIN, () => false);
  await fill(STILL, (atMs) => atMs >= STOP_MS && atMs < GOES_MS);
  await recompute(context, { fromMs: FIRST_MS, toMs: NOW_MS });
});
afterAll(async () => {
  await store.close();
  ledger.close();
});

test('a meter beside a main that moves is found, with the whole of its stand-still', async () => {
  await findStuck(context);
  const found = await stuckFindings();
  expect(found.map(({ meterId }) => meterId)).toEqual([STILL]);
  const [run] = found;
  // The night before and the one after belong to it: nothing was counted there either.
  expect(run?.fromMs).toBeLessThanOrEqual(STOP_MS);
  expect(run?.toMs).toBeGreaterThanOrEqual(GOES_MS);
});

test('it is told of once, and stays when rows are computed anew', async () => {
  await findStuck(context);
  await recompute(context, { fromMs: STOP_MS - DAY_MS, toMs: NOW_MS });
  expect(await stuckFindings()).toHaveLength(1);
  expect(await told('stuck')).toHaveLength(1);
});

test('it is over when late readings say that it moved', async () => {
  await fill(STILL, () => false);
  await recompute(context, { fromMs: STOP_MS - DAY_MS, toMs: NOW_MS });
  await findStuck(context);
  expect(await stuckFindings()).toEqual([]);
  expect(await told('stuck-over')).toHaveLength(1);
});

test('a quiet main leaves the meter alone: nobody was there', async () => {
  const others = registry.meters.filter((one) => one.parent === MAIN || one.id === MAIN);
  for (const { id } of others) await fill(id, (atMs) => atMs >= STOP_MS && atMs < GOES_MS);
  await recompute(context, { fromMs: STOP_MS - DAY_MS, toMs: NOW_MS });
  await findStuck(context);
  const ids = (await stuckFindings()).map(({ meterId }) => meterId);
  expect(ids).not.toContain(STILL);
});
