/** Rows as the api answers them: every resolution, tariff slots, buildings, and what they say of themselves. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closePeriod } from '../../../api/consumption/closings.ts';
import { recompute } from '../../../api/consumption/recompute.ts';
import { spanAt } from '../../../domain/season.ts';
import { startTestApi, type TestApi } from '../../support/api.ts';

interface Series {
  readonly carrier: string;
  readonly item: string;
  readonly rows: readonly {
    readonly start: string;
    readonly value: number | null;
    readonly known: number;
    readonly class: string;
    readonly revision: number;
  }[];
}

const RANGE = 'from=2026-10-01T00:00:00%2B08:00&to=2026-10-20T00:00:00%2B08:00';
let api: TestApi;

beforeAll(async () => {
  api = await startTestApi({ filled: true });
});

afterAll(() => api.stop());

async function seriesOf(path: string): Promise<Series[]> {
  const response = await fetch(`${api.url}/api/${path}`, { signal: AbortSignal.timeout(10_000) });
  expect(response.status).toBe(200);
  return (await response.json()) as Series[];
}

function total(series: readonly Series[], item: string): number {
  const rows = series.find((one) => one.item === item)?.rows ?? [];
  return rows.reduce((sum, { value }) => sum + (value ?? 0), 0);
}

describe('an agency’s consumption', () => {
  const path = `agencies/yueliang/consumption?carrier=electricity&${RANGE}`;

  it('adds up from hours to days, and is whole months, years and seasons', async () => {
    const [hours, days] = await Promise.all([
      seriesOf(`${path}&resolution=hour`),
      seriesOf(`${path}&resolution=day`),
    ]);
    expect(total(days, '01000')).toBeCloseTo(total(hours, '01000'), 6);
    const starts = { month: '2026-09-30T16', year: '2025-12-31T16', season: '2026-10-14T16' };
    for (const [resolution, start] of Object.entries(starts)) {
      const [first] = (await seriesOf(`${path}&resolution=${resolution}`))[0]?.rows ?? [];
      expect(first?.start).toContain(start);
      expect(first?.value).toBeGreaterThan(0);
    }
  });

  it('falls into tariff slots that add up to the total', async () => {
    const days = await seriesOf(`${path}&resolution=day`);
    const slots = days.filter(({ item }) => item.startsWith('tariff-'));
    expect(slots.length).toBeGreaterThan(3);
    const sum = slots.reduce((all, { item }) => all + total(days, item), 0);
    expect(sum).toBeCloseTo(total(days, '01000'), 6);
  });

  it('refuses a resolution it does not know', async () => {
    const response = await fetch(`${api.url}/api/${path}&resolution=week`);
    expect(response.status).toBe(400);
  });
});

describe('a building’s consumption', () => {
  it('is that of its tenants together', async () => {
    const query = `consumption?carrier=electricity&item=01000&${RANGE}`;
    const own = total(await seriesOf(`buildings/baiyan-center/${query}`), '01000');
    let tenants = 0;
    for (const id of ['baiyan-fgj', 'baiyan-czj', 'baiyan-tjj']) {
      tenants += total(await seriesOf(`agencies/${id}/${query}`), '01000');
    }
    expect(own).toBeGreaterThan(0);
    expect(own).toBeCloseTo(tenants, 6);
  });
});

describe('a restated row', () => {
  it('is answered as it is now, or as it was published', async () => {
    const { context } = api;
    const meter = 'luming-hall-e-a';
    const atMs = Date.parse('2026-10-05T04:00:00Z');
    const month = spanAt(atMs, 'month', context.registry.region);
    if (!month) throw new Error('October is a month');
    const query = `meters/${meter}/consumption?resolution=hour&${RANGE}`;
    const [before] = await seriesOf(query);
    await closePeriod(context, month, { cause: 'test' });
    const [last] = await context.store.readings(meter, { fromMs: atMs, toMs: atMs + 1 }, 1);
    const register = last?.values.activeEnergyImport ?? 0;
    const values = { activeEnergyImport: register + 0.5 };
    await context.store.writeReadings([{ meterId: meter, atMs, quality: 0, values }]);
    await recompute(context, { fromMs: atMs, toMs: atMs + 3_600_000 });
    const [now] = await seriesOf(query);
    expect(now?.rows.filter(({ revision }) => revision === 1)).toHaveLength(2);
    const [published] = await seriesOf(`${query}&published=true`);
    expect(published).toEqual(before);
  });
});
