/** The past is filled once to its end: what is there is left alone, what was cut short is filled again. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { backfillPast, daysBack } from '../../../cli/commands/backfill.ts';
import { readConfig } from '../../../cli/config.ts';
import { ledgerOf, queueOf, type Runtime } from '../../../cli/runtime.ts';
import { PROFILES_BY_ID } from '../../../collector/profiles/index.ts';
import { periodAt, previousPeriod } from '../../../domain/period.ts';
import { createRegistry } from '../../../registry/registry.ts';
import { openStore } from '../../../store/index.ts';
import { demoRegistry } from '../../support/registry.ts';

const METER = 'luming-hall-e';
const ZONE = 'Asia/Shanghai';
let folder: string;
let runtime: Runtime;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jieyue-backfill-'));
  const demo = await demoRegistry();
  const registry = createRegistry(
    { ...demo, meters: [demo.meter(METER)], virtualMeters: [] },
    demo.profiles,
  );
  const config = {
    ...readConfig({ JIEYUE_DATA: folder }),
    // No ledger stands beside it.
    registryFolder: join(folder, 'registry'),
  };
  runtime = { config, registry, profiles: PROFILES_BY_ID, logger: pino({ level: 'silent' }) };
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** Whether a call had anything to fill. */
async function fills(days: number): Promise<boolean> {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  await backfillPast(runtime, days);
  const printed = write.mock.calls.some(([text]) => String(text).includes('back-filling'));
  write.mockRestore();
  return printed;
}

it('fills the days asked for, once', async () => {
  expect(await fills(2)).toBe(true);
  const store = openStore(runtime.config.store, runtime.registry);
  await store.init();
  const yesterday = previousPeriod(periodAt(Date.now(), 'day', ZONE), ZONE);
  const query = { meterIds: [METER], resolution: 'day' as const, range: yesterday };
  const [row] = await store.meterConsumption(query);
  expect(row).toMatchObject({ class: 'measured', known: 1 });
  await store.close();
  expect(await fills(2)).toBe(false);
  // Control: more days are more to fill.
  expect(await fills(3)).toBe(true);
});

it('fills again what was cut short', async () => {
  const queue = queueOf(runtime);
  queue.setMark('backfill', Date.now());
  expect(await fills(2)).toBe(true);
  expect(await fills(2)).toBe(false);
  queue.close();
});

it('leaves a ledger empty where no file stands beside the registry', () => {
  const ledger = ledgerOf(runtime);
  expect(ledger.changesSince(0)).toEqual([]);
  ledger.close();
});

it('takes whole days only, and says which option was wrong', () => {
  expect(daysBack('--days', '30')).toBe(30);
  expect(daysBack('--backfill', true)).toBeUndefined();
  expect(() => daysBack('--days', 'abc')).toThrow(
    "--days: expected a whole number from 1 to 36500, found 'abc'",
  );
});
