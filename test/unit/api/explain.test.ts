/** Why a figure is what it is: every level adds up to the one above, in units, shared buildings and parents. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recomputeDirty } from '../../../api/consumption/recompute.ts';
import type { MeterExplanation, VirtualExplanation } from '../../../api/explain/meter-shapes.ts';
import type { AgencyExplanation } from '../../../api/explain/shapes.ts';
import { startTestApi, type TestApi, TROUBLE } from '../../support/api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi({ filled: true });
}, 60_000);
afterAll(() => api.stop());

async function get<T>(path: string): Promise<T> {
  const response = await fetch(api.url + path);
  expect(response.status, path).toBe(200);
  return (await response.json()) as T;
}

const sum = (values: readonly (number | null)[]) =>
  values.reduce<number>((total, value) => total + (value ?? 0), 0);

/** To nine digits of the larger. */
function expectClose(a: number, b: number): void {
  expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(a), Math.abs(b)));
}

describe('an account', () => {
  test.each([
    ['a unit of its own', 'luming-zf', 'electricity', '2026-10'],
    ['a unit in a shared building', 'baiyan-fgj', 'electricity', '2026-10'],
    ['water of a shared building', 'baiyan-czj', 'water', '2026-10-05'],
    ['a parent', 'baiyan', 'electricity', '2026-10'],
    ['the region', 'bureau', 'water', '2026'],
  ])('%s is the sum of its parts and of its days', async (_name, id, carrier, period) => {
    const why = await get<AgencyExplanation>(
      `/api/agencies/${id}/explain?carrier=${carrier}&period=${period}`,
    );
    expect(why.figure.value).toBeGreaterThan(0);
    expect(why.agrees).toBe(true);
    expectClose(sum(why.parts.map(({ value }) => value)), why.figure.value ?? 0);
    expectClose(sum(why.days.map(({ value }) => value)), why.figure.value ?? 0);
    for (const part of why.parts) expect(part.basis).not.toBe('');
  });

  test('in a shared building names the share, what it rests on, and the tenants taken off', async () => {
    const why = await get<AgencyExplanation>(
      '/api/agencies/baiyan-fgj/explain?carrier=water&period=2026-10-05',
    );
    const shared = why.parts.find(({ basis }) => basis === 'area');
    expect(shared?.factor).toBe(0.347);
    expect(shared?.minus.length).toBeGreaterThan(0);
    expect(why.parts.find(({ basis }) => basis === 'own-meter')?.factor).toBe(1);
  });
});

describe('a meter', () => {
  const DAY = 'from=2026-10-05T00:00:00%2B08:00&to=2026-10-06T00:00:00%2B08:00';

  /** Sum of the parts of the segments that lie in an hour. */
  function inHour(why: MeterExplanation, start: string): number {
    const fromMs = Date.parse(start);
    return sum(
      why.segments.map(({ from, to, amount }) => {
        const [a, b] = [Date.parse(from), Date.parse(to)];
        const insideMs = Math.min(b, fromMs + 3_600_000) - Math.max(a, fromMs);
        return insideMs > 0 ? (amount * insideMs) / (b - a) : 0;
      }),
    );
  }

  test('shows the readings and segments whose parts are its hours, before the multiplier', async () => {
    const why = await get<MeterExplanation>(`/api/meters/luming-hall-e/explain?${DAY}`);
    expect(why.hours).toHaveLength(24);
    expect(why.readings.length).toBeGreaterThan(20);
    const factor = why.multipliers.at(-1)?.factor ?? 1;
    for (const hour of why.hours) {
      expect(hour.agrees).toBe(true);
      expectClose(inHour(why, hour.start) * factor, hour.value ?? Number.NaN);
    }
  });

  test('says when the stored hour is not what its readings say now', async () => {
    const meterId = 'luming-hall-e';
    const startMs = Date.parse('2026-10-05T03:00:00+08:00');
    const { store } = api.context;
    const rows = await store.meterConsumption({
      meterIds: [meterId],
      resolution: 'hour',
      range: { fromMs: startMs, toMs: startMs + 1 },
    });
    const row = rows.find(({ counter }) => counter === 'activeEnergyImport');
    if (!row) throw new Error('no row');
    await store.writeMeterConsumption([{ ...row, value: (row.value ?? 0) + 1 }]);
    const why = await get<MeterExplanation>(`/api/meters/${meterId}/explain?${DAY}`);
    expect(why.hours.filter(({ agrees }) => !agrees).map(({ start }) => Date.parse(start))).toEqual(
      [startMs],
    );
    await store.writeMeterConsumption([row]);
  });

  test('that was never read has nothing to show, and no zero', async () => {
    const why = await get<MeterExplanation>(`/api/meters/${TROUBLE.unknown}/explain?${DAY}`);
    expect(why).toMatchObject({ hours: [], segments: [], readings: [] });
  });

  test('inside a bill shows the bill, and agrees with its rows', async () => {
    // A meter that was never read, and a bill over nine days: ten cubic metres a day, by hand.
    const { context } = api;
    context.ledger.add(
      'bill',
      {
        meter: TROUBLE.unknown,
        firstDay: '2026-10-03',
        lastDay: '2026-10-11',
        quantity: 90,
        unit: 'm³',
        costYuan: 450,
      },
      { who: 'test', why: 'test' },
    );
    const range = {
      fromMs: Date.parse('2026-10-03T00:00:00+08:00'),
      toMs: Date.parse('2026-10-12T00:00:00+08:00'),
    };
    await recomputeDirty(context, [{ meterId: TROUBLE.unknown, ...range }], { cause: 'bill' });
    const why = await get<MeterExplanation>(`/api/meters/${TROUBLE.unknown}/explain?${DAY}`);
    expect(why.hours.map(({ value }) => value)).toHaveLength(24);
    expectClose(sum(why.hours.map(({ value }) => value)), 10);
    expect(why.hours.every(({ agrees }) => agrees)).toBe(true);
    expect(why.intervals).toHaveLength(1);
  });
});

describe('a virtual meter', () => {
  const DAY = 'from=2026-10-05T00:00:00%2B08:00&to=2026-10-06T00:00:00%2B08:00';
  const ID = 'cangsong-east-w-rest';

  test('has its formula and meters explained, and each leads to its own explanation', async () => {
    const why = await get<VirtualExplanation>(`/api/meters/${ID}/explain?${DAY}`);
    expect(why).toMatchObject({ kind: 'virtual', agrees: true });
    expect(why.hours).toHaveLength(24);
    expect(why.formula).toContain('cangsong-east-w - cangsong-east-w-canteen');
    for (const { id, href, figure } of why.operands) {
      const below = await get<MeterExplanation>(href);
      expect([below.kind, below.meter.id]).toEqual(['metered', id]);
      expect(sum(below.hours.map(({ value }) => value))).toBe(figure.value);
    }
  });

  test('is among the names that are meant', async () => {
    const response = await fetch(`${api.url}/api/meters/cangsong-east-w-rset/explain?${DAY}`);
    expect([response.status, await response.text()]).toEqual([404, expect.stringContaining(ID)]);
  });
});

test('proposals of replacements come as an entry for the registry', async () => {
  expect(await get<unknown[]>('/api/proposals')).toEqual(expect.any(Array));
});
