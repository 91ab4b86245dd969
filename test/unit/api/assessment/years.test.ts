/** Years beside each other: what an account sees of the years before, and what its figures make of them. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadAccount } from '../../../../api/assessment/account.ts';
import { assess } from '../../../../api/assessment/assess.ts';
import type { ApiContext } from '../../../../api/context.ts';
import { openLedger } from '../../../../api/ledger/open.ts';
import type { Carrier } from '../../../../domain/carriers.ts';
import type { AgencyConsumption } from '../../../../domain/consumption.ts';
import { totalItem } from '../../../../domain/items.ts';
import {
  dateStartMs,
  daysIn,
  localDate,
  type Period,
  parsePeriod,
} from '../../../../domain/period.ts';
import { createSqliteStore } from '../../../../store/sqlite.ts';
import { demoRegistry } from '../../../support/registry.ts';

const ZONE = 'Asia/Shanghai';
const YEARS = ['2025', '2026'].map((id) => parsePeriod(id, ZONE) as Period);
const [LAST, THIS] = YEARS as [Period, Period];
/** 11 April: a hundred days of the year have passed. */
const NOW_MS = dateStartMs('2026-04-11', ZONE) + 1;
const UNITS = ['baiyan-fgj', 'baiyan-czj', 'baiyan-tjj', 'baiyan-fy'];
const registry = await demoRegistry();
let folder: string;
let context: ApiContext;

/** A unit uses 20 a day of each in the first hundred days of a year, then 10; this year a tenth more. */
function dayRow(agencyId: string, carrier: Carrier, startMs: number): AgencyConsumption {
  const date = localDate(startMs, ZONE);
  const perDay = date.slice(5) < '04-11' ? 20 : 10;
  const units = agencyId === 'baiyan' ? UNITS.length : 1;
  return {
    agencyId,
    carrier,
    item: totalItem(carrier),
    resolution: 'day',
    startMs,
    value: perDay * units * (date < '2026' ? 1 : 1.1),
    coverage: 1,
    manual: 0,
    estimated: 0,
    known: 1,
    class: 'measured',
    flags: [],
    ruleVersion: 1,
    revision: 0,
  };
}

function monthRows(days: readonly AgencyConsumption[]): AgencyConsumption[] {
  const months = Map.groupBy(days, ({ agencyId, carrier, startMs }) =>
    [agencyId, carrier, localDate(startMs, ZONE).slice(0, 7)].join(' '),
  );
  return [...months.values()].flatMap((same) => {
    const [first] = same;
    const month = first && parsePeriod(localDate(first.startMs, ZONE).slice(0, 7), ZONE);
    if (!first || !month) return [];
    const known = same.length / daysIn(month, ZONE).length;
    const value = same.reduce((sum, row) => sum + (row.value ?? 0), 0);
    const { fromMs: startMs } = month;
    return [{ ...first, resolution: 'month' as const, startMs, value, known, coverage: known }];
  });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jieyue-years-'));
  const now = () => NOW_MS;
  const store = createSqliteStore({ path: join(folder, 's.db'), now }, registry);
  await store.init();
  const starts = YEARS.flatMap((year) => daysIn(year, ZONE))
    .map(({ fromMs }) => fromMs)
    .filter((atMs) => atMs < dateStartMs('2026-04-11', ZONE));
  const rows = ['baiyan', ...UNITS].flatMap((id) =>
    (['electricity', 'water', 'heat'] as const).flatMap((carrier) =>
      starts.map((startMs) => dayRow(id, carrier, startMs)),
    ),
  );
  await store.writeAgencyConsumption(rows);
  await store.writeAgencyConsumption(monthRows(rows));
  context = { registry, store, ledger: openLedger(':memory:', { now }), now };
});

afterAll(async () => {
  context.ledger.close();
  await context.store.close();
  await rm(folder, { recursive: true });
});

describe('a running year', () => {
  it('sees the same part of the year before, and the whole of it', async () => {
    const { input } = await loadAccount(context, 'baiyan', THIS);
    expect(input.total('electricity')?.value).toBeCloseTo(100 * 20 * 4 * 1.1, 6);
    expect(input.earlier(1)?.total('electricity')?.value).toBeCloseTo(100 * 20 * 4, 6);
    expect(input.lastYear?.total('electricity')?.value).toBeCloseTo((2000 + 2650) * 4, 6);
    expect(input.lastYear?.earlier(1)).toBeUndefined();
    expect(input.earlier(2)).toBeUndefined();
  });

  it('sees entries of earlier years apart from those that touch it', async () => {
    const by = { who: 't', why: 't' };
    const base = {
      agency: 'baiyan',
      year: 2020,
      metric: 'x',
      kind: 'base',
      value: 1,
      unit: 'x',
    } as const;
    const { id } = context.ledger.add('annual-plan', base, by);
    const { input } = await loadAccount(context, 'baiyan', THIS);
    expect(input.history('annual-plan').map((entry) => entry.id)).toEqual([id]);
    expect(input.records('annual-plan')).toEqual([]);
  });

  it('keeps its pace against a limit by the seasons, and lands where its level leads', async () => {
    const body = { agency: 'baiyan', year: 2026, carrier: 'electricity', kind: 'limit' } as const;
    const limit = { ...body, value: 18_600, unit: 'kWh' };
    const entry = context.ledger.add('annual-plan', limit, { who: 't', why: 't' });
    const { metrics } = await assess(context, 'baiyan', THIS);
    const pace = metrics.find(({ id }) => id === 'budget-pace');
    expect(pace?.value).toBeCloseTo(1.1, 9);
    const [, expected, deviation, chance] = pace?.parts ?? [];
    expect(expected?.value).toBeCloseTo(18_600 * 1.1, 6);
    expect(deviation?.value).toBeCloseTo(0, 6);
    expect(chance?.value).toBeCloseTo(100, 6);
    context.ledger.void(entry, { who: 't', why: 't' });
  });

  it('is not held against quotas, and nothing of it is annualised', async () => {
    const { metrics } = await assess(context, 'baiyan', THIS);
    const value = (id: string) => metrics.find((metric) => metric.id === id)?.value;
    expect(value('quota-grade')).toBeNull();
    expect(value('statistical-water-per-person')).toBeCloseTo((8800 / 328) * 1, 6);
  });
});

describe('a year that has ended', () => {
  it('rolls up the units, ranks them and shows them', async () => {
    const { metrics } = await assess(context, 'baiyan', LAST);
    const of = (id: string) => metrics.find((metric) => metric.id === id);
    const rolled = of('rolled-up-energy-per-area');
    expect(rolled?.status).toBe('ok');
    // 4650 kWh and 4650 GJ each of four units on 2600 + 3000 + 1900 + 8200 m².
    const kgce = 4 * 4650 * (0.1229 + 34.12);
    expect(rolled?.value).toBeCloseTo(kgce / 15_700, 6);
    expect(of('energy-per-area')?.value).toBeCloseTo(kgce / 15_700, 6);
    expect(of('unit-ranking')?.parts?.[0]?.name.zh).toBe('1/4 白岩区人民法院');
    // 43 people of the statistics bureau are too few to be named: the next larger joins them.
    const shown = of('disclosure')?.parts?.map(({ name }) => name.zh) ?? [];
    expect(shown.some((name) => name.includes('统计局'))).toBe(false);
    expect(shown.some((name) => name.startsWith('其他 2 个单位'))).toBe(true);
  });
});
