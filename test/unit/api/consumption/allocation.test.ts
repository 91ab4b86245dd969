/** Shared buildings: tenants' meters first, the rest by dated shares; the parts add up to the mains. */
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type AccountHour,
  accountHours,
  type Series,
} from '../../../../api/consumption/account-rows.ts';
import { accountsOn, buildingAccounts } from '../../../../api/consumption/allocation.ts';
import { createCuts } from '../../../../api/consumption/cuts.ts';
import { planOn } from '../../../../api/consumption/plan.ts';
import type { Part } from '../../../../api/consumption/sums.ts';
import { DAY_MS } from '../../../../domain/period.ts';
import { counterOf, isCounting, type Registry } from '../../../../registry/registry.ts';
import { demoRegistry } from '../../../support/registry.ts';

const START_MS = Date.parse('2026-10-05T16:00:00Z');
const RANGE = { fromMs: START_MS, toMs: START_MS + DAY_MS };
const DATE = '2026-10-06';
let registry: Registry;

beforeAll(async () => {
  registry = await demoRegistry();
});

function part(value: number | null, share = value === null ? 0 : 1): Part {
  return {
    value,
    coverage: share,
    manual: 0,
    estimated: 0,
    known: share,
    flags: [],
    ruleVersion: 1,
  };
}

type Amounts = (id: string) => number | undefined;

/** First hours as if each meter counted `amountOf(id)`; `undefined` leaves the meter unknown. */
function meterParts(
  from: Registry,
  amountOf: Amounts,
  startMs = START_MS,
): Map<string, Map<number, Part>> {
  const meters = from.meters.filter(isCounting);
  return new Map(
    meters.map((meter) => [
      `${meter.id} ${counterOf(meter)}`,
      new Map([[startMs, part(amountOf(meter.id) ?? null)]]),
    ]),
  );
}

/** The first hour of every agency's accounts, children before their parents. */
async function firstHours(
  from: Registry,
  amountOf: Amounts,
  usual: Amounts = () => undefined,
): Promise<Map<string, AccountHour>> {
  const hours = meterParts(from, amountOf);
  const days = meterParts(from, usual, START_MS - DAY_MS);
  const cuts = createCuts(from);
  const cut = {
    range: { fromMs: START_MS, toMs: START_MS + 1 },
    days: cuts.spansIn(RANGE, 'day'),
    before: () => cuts.spansIn({ fromMs: START_MS - DAY_MS, toMs: START_MS }, 'day'),
  };
  const eve = { fromMs: START_MS - DAY_MS, toMs: START_MS - DAY_MS + 1 };
  const yesterday = { ...cut, range: eve, days: cuts.spansIn(eve, 'day') };
  const found = new Map<string, AccountHour>();
  for (const [agencyId, accounts] of planOn(from, DATE).agencies) {
    for (const account of accounts) {
      const rows = { hours, days: async (): Promise<Series> => days };
      const [first] = await accountHours(account, rows, cut);
      const key = `${agencyId} ${account.carrier}/${account.item}`;
      const [before] = await accountHours(account, { ...rows, hours: days }, yesterday);
      if (before) days.set(key, new Map([[before.startMs, before]]));
      if (!first) continue;
      found.set(`${agencyId} ${account.item}`, first);
      hours.set(key, new Map([[START_MS, first]]));
    }
  }
  return found;
}

const amountOf = (id: string) =>
  id.includes('-w-')
    ? 5
    : id.endsWith('-e')
      ? 100
      : id.endsWith('-e-d')
        ? 40
        : id.endsWith('-dc')
          ? 10
          : 20;

const silent =
  (name: string): Amounts =>
  (id) =>
    id === name ? undefined : amountOf(id);

describe('allocation', () => {
  it('gives a tenant its own meter and the shared rest by area', async () => {
    const rows = await firstHours(registry, amountOf);
    // 100 on the main, of which 10 is the data room of the statistics bureau.
    expect(rows.get('baiyan-tjj 01000')?.value).toBeCloseTo(10 + 90 * 0.253, 9);
    expect(rows.get('baiyan-czj 01000')?.value).toBeCloseTo(90 * 0.4, 9);
    expect(rows.get('baiyan-tjj 01D00')?.value).toBeCloseTo(10 + 30 * 0.253, 9);
    expect(rows.get('cangsong-jyj 02000')?.value).toBeCloseTo(5 + (20 - 15) * 0.4, 9);
  });

  it('adds up: the units of a building make its main, the bureau makes all mains', async () => {
    const rows = await firstHours(registry, amountOf);
    const units = ['baiyan-fgj', 'baiyan-czj', 'baiyan-tjj'].map(
      (id) => rows.get(`${id} 01000`)?.value ?? Number.NaN,
    );
    expect(units.reduce((a, b) => a + b)).toBeCloseTo(100, 9);
    expect(rows.get('bureau 01000')).toMatchObject({ class: 'measured', coverage: 1 });
    expect(rows.get('bureau 01000')?.value).toBeCloseTo(800, 9);
    expect(rows.get('baiyan 01000')?.value).toBeCloseTo(200, 9);
  });

  it('does not guess the rest of a building whose tenant meter is silent', async () => {
    const dc = registry.meters.find(({ id }) => id.endsWith('-dc'))?.id ?? '';
    const rows = await firstHours(registry, silent(dc));
    expect(rows.get('baiyan-czj 01000')).toMatchObject({
      value: null,
      coverage: 0,
      class: 'missing',
    });
    const parent = rows.get('bureau 01000');
    expect(parent?.class).toBe('partial');
    expect(parent?.known).toBeLessThan(1);
    expect(parent?.value).toBeCloseTo(700, 9);
  });

  it('control: a share without the others does not make the whole', async () => {
    const [first, ...rest] = registry.buildings;
    if (!first) throw new Error('the demo has buildings');
    const occupancy = first.occupancy.map((entry) => ({
      ...entry,
      shares: { 'baiyan-czj': 0.4 },
    }));
    const skewed = { ...registry, buildings: [{ ...first, occupancy }, ...rest] };
    const rows = await firstHours(skewed, amountOf);
    expect(rows.get('bureau 01000')?.value).not.toBeCloseTo(800, 3);
  });

  it('has an account of every unit for electricity, water and heat', () => {
    const accounts = accountsOn(registry, DATE);
    for (const unit of registry.agencies.filter(({ tier }) => tier === 'unit')) {
      const carriers = new Set(
        accounts.filter(({ agencyId }) => agencyId === unit.id).map(({ carrier }) => carrier),
      );
      expect([...carriers]).toEqual(expect.arrayContaining(['electricity', 'water', 'heat']));
    }
  });

  it('has the mains and sub-items of every building, whoever occupies it', () => {
    for (const { id } of registry.buildings) {
      const items = buildingAccounts(registry, id).map(({ item }) => item);
      expect(items).toEqual(expect.arrayContaining(['01000', '02000', '04000']));
      expect(new Set(items).size).toBe(items.length);
    }
  });
});

describe('the share of the whole a parent rests on', () => {
  const main = 'baiyan-court-e';

  it('weighs each part by what it usually counts', async () => {
    const dead = silent(main);
    const usual = (own: number) => (id: string) =>
      id === main ? own : id.endsWith('-e') ? 100 : 0;
    const heavy = await firstHours(registry, dead, usual(900));
    const light = await firstHours(registry, dead, usual(1));
    const [much, little] = [heavy, light].map((rows) => rows.get('baiyan 01000')?.coverage ?? -1);
    expect(much).toBeCloseTo(1 - 900 / 1000, 9);
    expect(little).toBeCloseTo(1 - 1 / 101, 9);
  });

  it('counts a part that was never known as much as the others, so that it shows', async () => {
    const dead = silent(main);
    const rows = await firstHours(registry, dead, (id) => (id === main ? undefined : 100));
    // One of the four units below.
    expect(rows.get('baiyan 01000')).toMatchObject({ coverage: 0.75, class: 'partial' });
    const none = await firstHours(registry, dead);
    expect(none.get('baiyan 01000')).toMatchObject({ coverage: 0.75, class: 'partial' });
  });

  it('control: with all parts measured the weights do not matter', async () => {
    const rows = await firstHours(registry, amountOf, (id) => (id === main ? 1e-9 : 12_345.678));
    expect(rows.get('baiyan 01000')).toMatchObject({ coverage: 1, known: 1, class: 'measured' });
  });
});
