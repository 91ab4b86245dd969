/** Retrofits over a real store and ledger: a year before, the months after, and what gets in the way. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadAccount } from '../../../../api/assessment/account.ts';
import { boundariesOf } from '../../../../api/assessment/retrofit-boundary.ts';
import { daysOf } from '../../../../api/assessment/retrofit-days.ts';
import { loadRetrofits } from '../../../../api/assessment/retrofits.ts';
import { weatherOf } from '../../../../api/assessment/weather.ts';
import type { ApiContext } from '../../../../api/context.ts';
import type { BodyOf } from '../../../../api/ledger/ledger.ts';
import { openLedger } from '../../../../api/ledger/open.ts';
import { retrofitSaving } from '../../../../api/metrics/article-25/retrofit-saving.ts';
import { staysOf } from '../../../../api/occupancy.ts';
import type { Amount, BuildingConsumption } from '../../../../domain/consumption.ts';
import {
  dateStartMs,
  HOUR_MS,
  type Period,
  parsePeriod,
  type TimeRange,
} from '../../../../domain/period.ts';
import type { Store } from '../../../../store/port.ts';
import { createSqliteStore } from '../../../../store/sqlite.ts';
import { entry } from '../../../support/ledger-entries.ts';
import { demoRegistry } from '../../../support/registry.ts';
import { datesFrom, temperaturesOf, useOf } from '../baseline/days.ts';

const ZONE = 'Asia/Shanghai';
const BY = { who: 't', why: 't' };
const registry = await demoRegistry();
const agency = registry.agency('baiyan-fy');
/** 2025 is the year before, 2026 the year the measure is in. */
const temperatures = temperaturesOf(datesFrom('2025-01-01', 730));
const HOUSE = { base: 100, perHdd: 6, perCdd: 9, work: 0, noise: 5 };
const SAVED = 0.2;
const YEAR = parsePeriod('2026', ZONE) as TimeRange;

let folder: string;
let store: Store;
let context: ApiContext;

function rowOf(date: string, value: number): Amount {
  return {
    ...{ resolution: 'day', startMs: dateStartMs(date, ZONE), value, coverage: 1, manual: 0 },
    ...{ estimated: 0, known: 1, class: 'measured', flags: [], ruleVersion: 1, revision: 0 },
  };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jieyue-retrofits-'));
  store = createSqliteStore({ path: join(folder, 'store.db'), now: () => YEAR.toMs }, registry);
  await store.init();
  await store.writeReadings(
    temperatures.flatMap(({ date, meanC }) =>
      Array.from({ length: 24 }, (_, hour) => ({
        meterId: 'yunwu-air',
        atMs: dateStartMs(date, ZONE) + hour * HOUR_MS,
        quality: 0,
        values: { airTemperature: meanC ?? 0 },
      })),
    ),
  );
  const days = useOf(temperatures, HOUSE).map(({ date, value }) =>
    rowOf(date, (value ?? 0) * (date >= '2026-01-01' ? 1 - SAVED : 1)),
  );
  const account = { carrier: 'electricity', item: '01000' } as const;
  await store.writeBuildingConsumption(
    days.map((row) => ({ ...row, ...account, buildingId: 'baiyan-court' })),
  );
  await store.writeMeterConsumption(
    days.map((row) => ({ ...row, meterId: 'baiyan-court-e-b', counter: 'activeEnergyImport' })),
  );
});

afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

/** The savings of the lighting retrofit among these over a range. */
async function savingsOf(bodies: readonly Partial<BodyOf<'retrofit'>>[], range = YEAR) {
  const ledger = openLedger(':memory:');
  for (const body of bodies) {
    const whole = {
      ...{ agency: 'baiyan-fy', building: 'baiyan-court', name: '照明改造' },
      ...{ measure: 'lighting', startedOn: '2026-01-01', interventionOn: '2026-01-01' },
      ...body,
    } as BodyOf<'retrofit'>;
    ledger.add('retrofit', whole, BY);
  }
  context = { registry, store, ledger, now: () => YEAR.toMs };
  const found = await loadRetrofits(context, agency, range);
  ledger.close();
  return found.find(({ entry }) => entry.body.name === '照明改造')?.savings ?? [];
}

function whyNot(report: Awaited<ReturnType<typeof savingsOf>>[number]['report'] | undefined) {
  return report?.verified.kind === 'not-verified'
    ? report.verified.reasons.map(({ zh }) => zh).join('|')
    : '';
}

describe('retrofits', () => {
  it('are verified against the year before under this year’s weather, beside plan and meter', async () => {
    const [saving] = await savingsOf([{ savingPerYear: 9000, savingUnit: 'kWh' }]);
    const report = saving?.report;
    expect(saving).toMatchObject({ carrier: 'electricity', wholePeriod: true });
    expect(saving?.source).toBe('buildings baiyan-court');
    expect(report?.planned?.saving).toBe(9000);
    if (report?.verified.kind !== 'verified') throw new Error(whyNot(report));
    const { calculation } = report.verified;
    expect(calculation.option).toBe('C');
    expect(calculation.saving / calculation.adjustedUse).toBeCloseTo(SAVED, 2);
    // Before less after over the same calendar days, weather left as it was.
    const sum = (year: string) =>
      useOf(temperatures, HOUSE)
        .filter(({ date }) => date.startsWith(year))
        .reduce((total, { value }) => total + (value ?? 0), 0);
    expect(report.measured?.saving).toBeCloseTo(sum('2025') - (1 - SAVED) * sum('2026'), 3);
  });

  it('count from their day on, and not at all before it', async () => {
    const late = { startedOn: '2026-01-01', interventionOn: '2026-07-01' };
    const [half] = await savingsOf([late]);
    expect(half).toMatchObject({ wholePeriod: false, effectiveFrom: '2026-07-01' });
    const rows = half?.report.verified.calculation?.quality.rows;
    expect(rows).toBe(365);
    const spring = { fromMs: YEAR.fromMs, toMs: dateStartMs('2026-04-01', ZONE) };
    const [none] = await savingsOf([late], spring);
    expect(whyNot(none?.report)).toContain('没有报告期数据');
    expect(none?.report.measured).toBeUndefined();
    const [unfinished] = await savingsOf([{ interventionOn: undefined }]);
    expect(unfinished?.effectiveFrom).toBeUndefined();
  });

  it('are measured alone by their own meter, whatever else the house does (Option B)', async () => {
    const [saving] = await savingsOf([{ meters: ['baiyan-court-e-b'], building: undefined }]);
    expect(saving?.source).toBe('meters baiyan-court-e-b');
    expect(saving?.report.verified.calculation?.option).toBe('B');
  });

  it('cannot be told apart within the same meters', async () => {
    const second: Partial<BodyOf<'retrofit'>> = {
      ...{ name: '空调改造', measure: 'hvac', meters: ['baiyan-court-e-b'] },
    };
    const [saving] = await savingsOf([{}, second]);
    expect(whyNot(saving?.report)).toContain('另一项改造“空调改造”');
    const others = { ...second, agency: 'luming-zf' };
    const [shared] = await savingsOf([{}, others]);
    expect(whyNot(shared?.report)).toContain('另一项改造“空调改造”');
    // Control: heat is another carrier, and a measure of long ago is part of the baseline.
    const [beside] = await savingsOf([{}, { name: '供暖', measure: 'heating' }]);
    expect(whyNot(beside?.report)).toBe('');
    const past = { ...second, startedOn: '2020-01-01', interventionOn: '2020-02-01' };
    const [after] = await savingsOf([{}, past]);
    expect(whyNot(after?.report)).toBe('');
  });

  it('need days before and after', async () => {
    const [early] = await savingsOf([{ startedOn: '2025-06-01', interventionOn: '2025-06-01' }]);
    expect(whyNot(early?.report)).toMatch(/天中有 \d+ 天缺用量/);
    const [heat] = await savingsOf([{ measure: 'heating' }]);
    expect(heat?.carrier).toBe('heat');
    expect(heat?.report.verified.kind).toBe('not-verified');
    // Nine months of a reporting year without rows are no reporting year.
    const beyond = { fromMs: YEAR.fromMs, toMs: dateStartMs('2030-01-01', ZONE) };
    const [long] = await savingsOf([{}], beyond);
    expect(whyNot(long?.report)).toContain('报告期可比天数占比');
  });
});

describe('the account of a year', () => {
  it('carries retrofits and weather to the metrics', async () => {
    const ledger = openLedger(':memory:');
    const body = { agency: 'baiyan-fy', building: 'baiyan-court', name: '照明改造' };
    const dates = { startedOn: '2026-01-01', interventionOn: '2026-01-01' };
    const { id } = ledger.add('retrofit', { ...body, ...dates, measure: 'lighting' }, BY);
    const year = parsePeriod('2026', ZONE) as Period;
    const { input } = await loadAccount({ ...context, ledger }, 'baiyan-fy', year);
    const outcome = retrofitSaving.compute(input);
    const saved = outcome.parts?.find(({ name }) => name.zh === '照明改造（电）：核定')?.value ?? 0;
    expect(saved).toBeGreaterThan(0);
    expect(outcome.value).toBeCloseTo(saved * 0.1229, 6);
    expect(outcome.terms.map(({ source }) => source).join()).toContain(id);
    expect(input.weather?.coverage).toBe(1);
    // The account of a parent sees it too, that of a stranger does not.
    const of = async (agencyId: string) =>
      (await loadAccount({ ...context, ledger }, agencyId, year)).input.retrofits.length;
    expect([await of('bureau'), await of('luming-zf')]).toEqual([1, 0]);
    ledger.close();
  });
});

describe('the boundary of a retrofit', () => {
  const around = (body: Partial<BodyOf<'retrofit'>>) =>
    boundariesOf(
      registry,
      {
        ...{ agency: 'baiyan-fy', name: 't', measure: 'lighting', startedOn: '2026-01-01' },
        ...body,
      } as BodyOf<'retrofit'>,
      YEAR.fromMs,
    ).map(({ carrier, meters }) => `${carrier}: ${meters.map(({ id }) => id).join(' ')}`);

  it('is the meters named, each carrier by itself, none twice', () => {
    const meters = ['baiyan-court-e-b', 'baiyan-court-e', 'baiyan-court-e-a', 'baiyan-court-h'];
    expect(around({ meters })).toEqual(['electricity: baiyan-court-e', 'heat: baiyan-court-h']);
    expect(around({ meters: meters.slice(0, 1) })).toEqual(['electricity: baiyan-court-e-b']);
  });

  it('is the mains of the building, else of the agency, where none is named', () => {
    expect(around({ building: 'baiyan-court' })).toEqual(['electricity: baiyan-court-e']);
    expect(around({ measure: 'envelope' })).toEqual(['heat: baiyan-court-h']);
    expect(around({ measure: 'other', savingUnit: 'kgce' })).toEqual([
      'electricity: baiyan-court-e',
      'heat: baiyan-court-h',
    ]);
    expect(around({ measure: 'control', savingUnit: 'm³' })).toEqual(['water: baiyan-court-w']);
  });

  it('of a photovoltaic system is what its building buys; of meters that are gone there is none', () => {
    const pv = { agency: 'luming-zf', building: 'luming-hall', meters: ['luming-hall-pv'] };
    expect(around({ ...pv, measure: 'renewables' })).toEqual(['electricity: luming-hall-e']);
    expect(around({ building: 'baiyan-court', meters: ['gone'] })).toEqual([]);
  });
});

describe('days of a boundary', () => {
  it('count own generation less feed-in, each day with all it needs', async () => {
    const building = 'luming-hall';
    const row = (
      item: 'export' | '01000' | '13000',
      [date, value]: readonly [string, number],
    ): BuildingConsumption => {
      const carrier = item === '13000' ? 'solar' : 'electricity';
      return { ...rowOf(date, value), buildingId: building, item, carrier };
    };
    await store.writeBuildingConsumption([
      ...['2026-05-01', '2026-05-02'].map((date) => row('01000', [date, 100])),
      row('13000', ['2026-05-01', 30]),
      row('export', ['2026-05-01', 10]),
    ]);
    const range = {
      fromMs: dateStartMs('2026-05-01', ZONE),
      toMs: dateStartMs('2026-05-04', ZONE),
    };
    const daysFor = async (measure: 'lighting' | 'renewables') => {
      const body = { agency: 'luming-zf', building, name: 't', measure, startedOn: '2026-01-01' };
      const [boundary] = boundariesOf(registry, body, YEAR.fromMs);
      if (!boundary) throw new Error('no boundary');
      const bounded = { boundary, entry: entry('retrofit', YEAR, body) };
      const { days } = await daysOf(context, bounded, range);
      return days.map(({ value }) => value);
    };
    // 100 + 30 − 10; then a day without generation known, and one without a row.
    expect(await daysFor('lighting')).toEqual([120, null, null]);
    // A photovoltaic system saves what is not bought.
    expect(await daysFor('renewables')).toEqual([100, 100, null]);
  });
});

describe('weather of an account', () => {
  it('is that of its stations, beside a typical year', async () => {
    const weather = await weatherOf(context, staysOf(registry, agency, YEAR), YEAR);
    const expected = temperatures
      .filter(({ date }) => date.startsWith('2026'))
      .reduce((sum, { meanC }) => sum + Math.max(0, 18 - (meanC ?? 18)), 0);
    expect(weather?.hdd18).toBeCloseTo(expected, 6);
    expect(weather).toMatchObject({ coverage: 1, normal: { hdd18: 4186, verified: false } });
    const before = {
      fromMs: dateStartMs('2020-01-01', ZONE),
      toMs: dateStartMs('2020-02-01', ZONE),
    };
    expect(await weatherOf(context, staysOf(registry, agency, before), before)).toBeUndefined();
  });
});
