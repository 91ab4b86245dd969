/** Totals of tariff slots: a slot that only some months have is known as well as these are. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { assess } from '../../../../api/assessment/assess.ts';
import type { ApiContext } from '../../../../api/context.ts';
import { openLedger } from '../../../../api/ledger/open.ts';
import type { AccountItem, AgencyConsumption } from '../../../../domain/consumption.ts';
import { daysIn, type Period, parsePeriod } from '../../../../domain/period.ts';
import { createSqliteStore } from '../../../../store/sqlite.ts';
import { demoRegistry } from '../../../support/registry.ts';

const ZONE = 'Asia/Shanghai';
const YEAR = parsePeriod('2025', ZONE) as Period;
let folder: string;
let context: ApiContext;

function row(item: AccountItem, startMs: number, known: number): AgencyConsumption {
  return {
    ...{ agencyId: 'baiyan-fy', carrier: 'electricity', item, resolution: 'day', startMs },
    ...{ value: known === 0 ? null : 10, coverage: known, manual: 0, estimated: 0, known },
    ...{ class: known === 0 ? 'missing' : 'measured', flags: [], ruleVersion: 1, revision: 0 },
  };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jieyue-slots-'));
  const registry = await demoRegistry();
  const store = createSqliteStore({ path: join(folder, 'store.db') }, registry);
  await store.init();
  const ledger = openLedger(':memory:');
  context = { registry, store, ledger, now: () => YEAR.toMs };
});

afterAll(async () => {
  await context.store.close();
  context.ledger.close();
  await rm(folder, { recursive: true, force: true });
});

async function sharp(knownUntil: string) {
  const rows = daysIn(YEAR, ZONE).flatMap(({ id, fromMs }) => {
    const known = id < knownUntil ? 1 : 0;
    const isSharp = /-(07|08|12)-/.test(id);
    return [row('01000', fromMs, known), ...(isSharp ? [row('tariff-sharp', fromMs, known)] : [])];
  });
  await context.store.writeAgencyConsumption(rows);
  const { totals } = await assess(context, 'baiyan-fy', YEAR);
  return totals.find(({ item }) => item === 'tariff-sharp');
}

it('is whole where its months are', async () => {
  // 31 + 31 + 31 days of 10 kWh; over the year they are a quarter of the days.
  expect(await sharp('2026')).toMatchObject({ value: 930, known: 1, class: 'measured' });
});

it('is no better known than its own days, nor than the electricity it is part of', async () => {
  // December is not known: 62 of 93 days; the year is known for 334 of 365.
  const december = await sharp('2025-12-01');
  expect(december?.known).toBeCloseTo(62 / 93, 9);
  // July's first days alone are known, but of the year 189 of 365: the lesser of 8 of 93 and that.
  expect((await sharp('2025-07-09'))?.known).toBeCloseTo(8 / 93, 9);
});
