/** Codes in answers: what a meter measures, what a building is, and the keys of its hours. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type TestApi } from '../../support/api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi({ filled: true });
}, 60_000);
afterAll(() => api.stop());

async function get<T>(path: string, status = 200): Promise<T> {
  const response = await fetch(`${api.url}/api/${path}`, { signal: AbortSignal.timeout(10_000) });
  expect(response.status, path).toBe(status);
  return (await response.json()) as T;
}

interface Series {
  readonly carrier: string;
  readonly item: string;
  readonly datumCode: string | null;
  readonly rows: readonly { readonly start: string; readonly hourKey?: string }[];
}

const DAY = 'from=2026-10-05T00:00:00%2B08:00&to=2026-10-06T00:00:00%2B08:00';

describe('meters', () => {
  it.each([
    ['baiyan-court-e-b1c', '01B1C', '冷机用电', '159102A00201B1C'],
    ['baiyan-court-e', '01000', '电（合计）', '159102A00201000'],
  ])('tell what they measure: %s', async (id, item, zh, datumCode) => {
    expect(await get(`meters/${id}`)).toMatchObject({ item, itemName: { zh }, datumCode });
  });

  it('tell nothing where nobody said what they count', async () => {
    const nothing = { item: null, itemName: null, datumCode: null };
    expect(await get('meters/cangsong-east-w-rest')).toMatchObject(nothing);
    expect(await get('meters/yunwu-air')).toMatchObject(nothing);
  });
});

describe('buildings', () => {
  it('tell their kinds by letter and name, and what is not on file as null', async () => {
    const all = await get<{ id: string }[]>('buildings');
    expect(all.find(({ id }) => id === 'baiyan-court')).toMatchObject({
      category: { code: 'A', name: { zh: '办公' } },
      airConditioning: { code: 'B', name: { zh: '风机盘管加新风' } },
      heatingKind: { code: 'A', name: { zh: '散热器' } },
      cooledM2: 8200,
      climateZone: '1C',
    });
    const archive = all.find(({ id }) => id === 'yueliang-archive');
    expect(archive).toMatchObject({ category: { code: 'G' } });
    expect(all.find(({ id }) => id === 'luming-police')).toMatchObject({ cooledM2: null });
  });

  it('have the key of each hour, by the local clock', async () => {
    const series = await get<Series[]>(
      `buildings/baiyan-court/consumption?${DAY}&resolution=hour&carrier=electricity`,
    );
    const total = series.find(({ item }) => item === '01000');
    expect(total?.datumCode).toBe('159102A00201000');
    expect(total?.rows[0]).toMatchObject({
      start: '2026-10-04T16:00:00.000Z',
      hourKey: '159102A002010002026100500',
    });
    const keys = series.flatMap(({ rows }) => rows.map(({ hourKey }) => hourKey));
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.every((key) => key?.length === 25)).toBe(true);
    expect(series.map(({ item }) => item).filter((item) => /^01B/.test(item))).toEqual(['01B00']);
  });

  it('have no key of days, and no code of what is fed into the grid', async () => {
    const series = await get<Series[]>(`buildings/baiyan-center/consumption?${DAY}`);
    expect(series.every(({ rows }) => rows.every((row) => !('hourKey' in row)))).toBe(true);
    expect(series.find(({ item }) => item === 'export')?.datumCode).toBeNull();
  });

  it('control: accounts are not kept by fine sub-items, and asking for one is refused', async () => {
    await get(`buildings/baiyan-court/consumption?${DAY}&item=01B1C`, 400);
    await get(`buildings/baiyan-court/consumption?${DAY}&item=01B00`);
  });
});

describe('an assessment', () => {
  it('names the datum code of each meter, in data and table, and none for exports', async () => {
    const path = 'agencies/baiyan-fgj/assessment?period=2026-09';
    const { contributions } = await get<{
      contributions: { meterId: string; counter: string; datumCode?: string }[];
    }>(path);
    const main = contributions.filter(({ meterId }) => meterId === 'baiyan-center-e');
    expect(Object.fromEntries(main.map((one) => [one.counter, one.datumCode]))).toEqual({
      activeEnergyImport: '159102A00101000',
      activeEnergyExport: undefined,
    });
    const csv = await (await fetch(`${api.url}/api/${path}&format=csv`)).text();
    expect(csv).toContain('表计,名称,能耗数据编码,能源种类');
    expect(csv).toMatch(/\r\nbaiyan-center-e,[^,]*,159102A00101000,electricity,activeEnergyImport/);
    expect(csv).toMatch(/\r\nbaiyan-center-e,[^,]*,,electricity,activeEnergyExport/);
  });
});

it('region and agencies tell their divisions', async () => {
  expect(await get('region')).toMatchObject({ code: '150000' });
  expect(await get('agencies/baiyan')).toMatchObject({ regionCode: '159102' });
  expect(await get('agencies/baiyan-fy')).toMatchObject({ regionCode: null });
});
