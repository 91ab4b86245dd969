/** What the routes answer over a store with nineteen days of data and some trouble in it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Problem } from '../../../api/problem.ts';
import { PROFILE_CATALOGUE } from '../../../collector/profile-facts.ts';
import { importRegistry } from '../../../registry/workbook/import.ts';
import type * as web from '../../../web/types/index.ts';
import { startTestApi, type TestApi, TROUBLE } from '../../support/api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi({ filled: true });
}, 60_000);
afterAll(() => api.stop());

async function get<T>(path: string, status = 200): Promise<T> {
  const response = await fetch(api.url + path);
  expect(response.status, path).toBe(status);
  return (await response.json()) as T;
}

/** The faults of an address that is refused. */
async function refused(path: string, status = 400): Promise<Problem> {
  return get<Problem>(path, status);
}

const OCTOBER = 'from=2026-10-01T00:00:00%2B08:00&to=2026-11-01T00:00:00%2B08:00';

describe('ids', () => {
  test.each([
    '/api/agencies/baiyann',
    '/api/agencies/baiyann/assessment?period=2026-10',
    `/api/agencies/baiyann/consumption?${OCTOBER}`,
    '/api/meters/baiyan-center-x',
    `/api/meters/baiyan-center-x/readings?${OCTOBER}`,
    `/api/meters/baiyan-center-x/consumption?${OCTOBER}`,
    '/api/meters?building=nowhere',
    '/api/meters?agency=nobody',
  ])('%s is answered 404 with the nearest name', async (path) => {
    expect((await refused(path, 404)).detail).toMatch(/did you mean '/);
  });
});

describe('meters', () => {
  test('each trouble is told apart', async () => {
    for (const state of ['offline', 'late', 'error', 'unknown'] as const) {
      const meters = await get<web.MeterRow[]>(`/api/meters?state=${state}`);
      expect(meters.map(({ id }) => id)).toEqual([TROUBLE[state]]);
    }
  });

  test('a meter that was never read has no reading, and no zero', async () => {
    const meter = await get<web.MeterDetail>(`/api/meters/${TROUBLE.unknown}`);
    expect(meter).toMatchObject({ state: 'unknown', reading: null, statusAt: null });
  });

  test('a silent meter shows how old its last reading is', async () => {
    const meter = await get<web.MeterDetail>(`/api/meters/${TROUBLE.offline}`);
    expect(meter).toMatchObject({ state: 'offline', reason: 'modbus.timeout' });
    expect(meter.reading?.ageSeconds).toBe(3 * 3600);
  });

  test('a meter shows its plate and whether its verification holds; a formula has neither', async () => {
    type Shown = { readonly equipment: unknown };
    const { equipment } = await get<Shown>('/api/meters/cangsong-service-w');
    expect(equipment).toMatchObject({
      ...{ accuracyClass: '2', diameterMm: 80, serialNumber: null },
      verification: { state: 'overdue', on: '2024-06-01', until: '2026-05-31' },
    });
    const overdue = await get<web.MeterRow[]>('/api/meters?verification=overdue');
    expect(overdue.map(({ id }) => id)).toEqual(['cangsong-service-w']);
    const virtual = await get<Shown>('/api/meters/cangsong-east-w-rest');
    expect(virtual.equipment).toBeNull();
  });

  test('what an agency should meter is listed, with what is missing', async () => {
    type Listed = {
      readonly needs: readonly Record<'kind' | 'id' | 'carrier' | 'isInstalled', unknown>[];
      readonly unlisted: readonly unknown[];
    };
    const { needs, unlisted } = await get<Listed>('/api/agencies/baiyan-tjj/metering');
    const missing = needs.filter(({ isInstalled }) => !isInstalled);
    // Its floors have no electricity meter, nor has the canteen of the house it shares.
    expect(missing.map(({ kind, id, carrier }) => [kind, id, carrier])).toEqual([
      ['unit', 'baiyan-tjj', 'electricity'],
      ['point', 'baiyan-center-canteen', 'electricity'],
    ]);
    expect(needs.length).toBeGreaterThan(missing.length);
    expect(unlisted).toEqual([]);
  });

  test('readings can be narrowed to one quantity', async () => {
    const range = 'from=2026-10-20T00:00:00Z&to=2026-10-20T02:00:00Z';
    const path = `/api/meters/baiyan-center-e/readings?${range}`;
    expect((await get<web.MeterReading[]>(path))[0]?.values).toHaveProperty('activeEnergyImport');
    const narrowed = await get<web.MeterReading[]>(`${path}&quantity=activePower`);
    expect(narrowed).toHaveLength(4);
    expect(Object.keys(narrowed[0]?.values ?? {})).toEqual(['activePower']);
  });

  test('consumption tells what was interpolated and why', async () => {
    const range = 'from=2026-10-09T00:00:00Z&to=2026-10-09T02:00:00Z';
    const series = await get<web.MeterSeries[]>(`/api/meters/${TROUBLE.gap}/consumption?${range}`);
    const own = series.find(({ counter }) => counter === 'activeEnergyImport');
    expect(own?.rows[0]).toMatchObject({ class: 'interpolated', coverage: 0, known: 1 });
    expect(own?.rows[0]?.findings[0]?.code).toBe('gap');
  });
});

describe('limits', () => {
  const meter = '/api/meters/baiyan-center-e';
  test.each([
    [`${meter}/readings?from=2026-09-01T00:00:00Z&to=2026-10-03T00:00:00Z`, '31 days'],
    [`${meter}/consumption?from=2025-01-01T00:00:00Z&to=2026-10-03T00:00:00Z`, '400 days'],
    [
      '/api/agencies/baiyan/consumption?resolution=hour&from=2025-01-01T00:00:00Z&to=2026-10-03T00:00:00Z',
      '400 days',
    ],
    [`${meter}/readings?from=2026-10-03T00:00:00Z&to=2026-10-03T00:00:00Z`, 'an instant after'],
  ])('%s is refused and the limit named', async (path, limit) => {
    const problem = await refused(path);
    expect(problem.faults?.[0]?.path).toBe('query.to');
    expect(problem.detail).toContain(limit);
  });

  test('at the limit they are answered', async () => {
    await get(`${meter}/readings?from=2026-09-01T00:00:00Z&to=2026-10-02T00:00:00Z`);
    await get(`${meter}/consumption?from=2025-09-01T00:00:00Z&to=2026-10-05T00:00:00Z`);
  });

  test('more than 50 000 readings are refused', async () => {
    const { store } = api.context;
    const fromMs = Date.parse('2026-08-01T00:00:00Z');
    const values = { volume: 1 };
    const readings = Array.from({ length: 50_001 }, (_, i) => ({
      meterId: 'baiyan-center-w',
      atMs: fromMs + i * 1000,
      quality: 0,
      values,
    }));
    await store.writeReadings(readings);
    const path = '/api/meters/baiyan-center-w/readings?from=2026-08-01T00:00:00Z&to=2026-08-0';
    expect((await refused(`${path}2T00:00:00Z`)).detail).toContain('50000');
    const exact = `${path}1T13:53:20Z`;
    expect(await get(exact)).toHaveLength(50_000);
  });
});

describe('agencies', () => {
  test('the tree lists parents before children, with today’s electricity', async () => {
    const agencies = await get<web.AgencyRow[]>('/api/agencies');
    const ids = agencies.map(({ id }) => id);
    expect(ids).toHaveLength(api.context.registry.agencies.length);
    for (const { id, parent } of agencies) {
      if (parent !== null) expect(ids.indexOf(parent)).toBeLessThan(ids.indexOf(id));
    }
    expect(agencies[0]?.today?.value).toBeGreaterThan(0);
    expect(agencies[0]?.today?.known).toBeGreaterThan(0.8);
  });

  test('days add up to their month', async () => {
    const path = `/api/agencies/baiyan/consumption?carrier=electricity&item=01000&${OCTOBER}`;
    const [days] = await get<web.AgencySeries[]>(`${path}&resolution=day`);
    const [months] = await get<web.AgencySeries[]>(`${path}&resolution=month`);
    const sum = days?.rows.reduce((total, { value }) => total + (value ?? 0), 0);
    expect(months?.rows).toHaveLength(1);
    expect(months?.rows[0]?.value).toBeCloseTo(sum ?? Number.NaN, 6);
    expect(months?.rows[0]?.class).toBe('partial');
    expect(months?.unit).toBe('kWh');
  });

  test('an agency without any meter of a carrier gets no row of it', async () => {
    expect(await get(`/api/agencies/baiyan/consumption?carrier=gas&${OCTOBER}`)).toEqual([]);
  });

  test('the assessment comes as data and as a file with a fixed name', async () => {
    const path = '/api/agencies/baiyan-fgj/assessment?period=2026-10';
    const assessment = await get<web.Assessment>(path);
    expect(assessment.metrics.length).toBeGreaterThan(10);
    const file = await fetch(`${api.url}${path}&format=csv`);
    expect(file.headers.get('content-type')).toContain('text/csv');
    expect(file.headers.get('content-disposition')).toBe(
      'attachment; filename=jieyue-baiyan-fgj-2026-10.csv',
    );
    const bytes = new Uint8Array(await file.arrayBuffer());
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(new TextDecoder().decode(bytes)).toContain(assessment.id);
  });

  test('the registry comes as a workbook that can be read again', async () => {
    const file = await fetch(`${api.url}/api/registry.xlsx`);
    expect(file.headers.get('content-type')).toContain('spreadsheetml');
    expect(file.headers.get('content-disposition')).toContain('jieyue-registry.xlsx');
    const content = Buffer.from(await file.arrayBuffer());
    const { registry } = await importRegistry(content, PROFILE_CATALOGUE);
    expect(registry?.meters.map(({ id }) => id)).toEqual(
      api.context.registry.meters.map(({ id }) => id),
    );
  });

  test.each(['2026-13', '2026-1', '202', '2026-10-05', ''])(
    'period %j is refused',
    async (period) => {
      const problem = await refused(`/api/agencies/baiyan/assessment?period=${period}`);
      expect(problem.faults?.[0]?.path).toBe('query.period');
    },
  );
});

describe('the rest', () => {
  test('periods are those with data', async () => {
    const { months, years } = await get<web.Periods>('/api/periods');
    expect(months.map(({ id }) => id)).toEqual(['2026-10']);
    expect(years).toEqual([
      {
        id: '2026',
        from: '2025-12-31T16:00:00.000Z',
        to: '2026-12-31T16:00:00.000Z',
        ended: false,
      },
    ]);
  });

  test('buildings, metrics and region answer', async () => {
    expect(await get('/api/buildings')).toHaveLength(api.context.registry.buildings.length);
    expect((await get<unknown[]>('/api/metrics'))[0]).toHaveProperty('formula');
    expect(await get('/api/region')).toMatchObject({ id: 'demo', now: '2026-10-20T07:20:00.000Z' });
  });

  test('health is about progress: with readings coming in 200, with none 503', async () => {
    expect(await get('/api/health')).toMatchObject({
      status: 'ok',
      newestReading: { ageSeconds: 10 },
    });
    const empty = await startTestApi();
    try {
      const response = await fetch(`${empty.url}/api/health`);
      expect(response.status).toBe(503);
      expect(await response.json()).toMatchObject({ status: 'stale', newestReading: null });
    } finally {
      await empty.stop();
    }
  });
});
