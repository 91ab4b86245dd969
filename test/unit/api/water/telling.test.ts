/** Leaks over a real store: told once when new and once when over, listed, and among an assessment's findings. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assess } from '../../../../api/assessment/assess.ts';
import type { ApiContext } from '../../../../api/context.ts';
import type { Problem } from '../../../../api/problem.ts';
import type { Score } from '../../../../api/scoring/schema.ts';
import { LEAK_EVENT, LEAK_OVER_EVENT, tellLeaks } from '../../../../api/water/job.ts';
import { leaksOf } from '../../../../api/water/leaks.ts';
import type { MeterConsumption } from '../../../../domain/consumption.ts';
import { DAY_MS, HOUR_MS, parsePeriod } from '../../../../domain/period.ts';
import { startTestApi, type TestApi } from '../../../support/api.ts';

const METER = 'yueliang-water-w';
const FIRST_MS = Date.parse('2026-08-01T00:00:00+08:00');
const LEAK_MS = Date.parse('2026-08-20T00:00:00+08:00');

/** Half a cubic metre an hour runs away in between. */
function hours(fromMs: number, toMs: number, leak: { fromMs: number; toMs: number }) {
  const rows: MeterConsumption[] = [];
  for (let startMs = fromMs; startMs < toMs; startMs += HOUR_MS) {
    const hour = (startMs / HOUR_MS + 8) % 24;
    const runs = startMs >= leak.fromMs && startMs < leak.toMs ? 0.5 : 0;
    const share = { coverage: 1, manual: 0, estimated: 0, known: 1, class: 'measured' } as const;
    rows.push({
      ...{ meterId: METER, counter: 'volume', resolution: 'hour', startMs },
      ...{ value: (hour >= 8 && hour < 18 ? 1 : 0) + runs, ...share },
      ...{ flags: [], ruleVersion: 1, revision: 0 },
    });
  }
  return rows;
}

describe('leaks', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi();
  });
  afterAll(() => api.stop());

  const at = (nowMs: number): ApiContext => ({ ...api.context, now: () => nowMs });
  const events = (kind: string) =>
    api.context.store.events({ fromMs: 0, toMs: FIRST_MS + 400 * DAY_MS }, 100, {
      kind,
      subject: METER,
    });
  const get = async <T>(path: string) => (await fetch(`${api.url}${path}`)).json() as Promise<T>;

  test('are told once, however often the job looks, and once when they are over', async () => {
    const endMs = Date.parse('2026-10-10T00:00:00+08:00');
    const { store } = api.context;
    await store.writeMeterConsumption(
      hours(FIRST_MS, endMs, { fromMs: LEAK_MS, toMs: Number.POSITIVE_INFINITY }),
    );
    await tellLeaks(at(LEAK_MS + 2 * DAY_MS));
    expect(await events(LEAK_EVENT)).toEqual([]);
    for (const day of [4, 5, 30, 49]) await tellLeaks(at(LEAK_MS + day * DAY_MS));
    const [told, ...again] = await events(LEAK_EVENT);
    expect(again).toEqual([]);
    expect(told?.atMs).toBe(LEAK_MS + 2 * DAY_MS + 5 * HOUR_MS);
    expect(told?.text).toContain('自 2026-08-20 起约 0.500 m³/h');
    expect(await events(LEAK_OVER_EVENT)).toEqual([]);

    const mended = Date.parse('2026-10-01T00:00:00+08:00');
    await store.writeMeterConsumption(hours(FIRST_MS, endMs, { fromMs: LEAK_MS, toMs: mended }));
    for (const day of [48, 49]) await tellLeaks(at(LEAK_MS + day * DAY_MS));
    expect(await events(LEAK_EVENT)).toHaveLength(1);
    expect((await events(LEAK_OVER_EVENT)).map(({ atMs }) => atMs)).toEqual([mended + 2 * HOUR_MS]);
  });

  test('that ran all through a range are followed back to where they began', async () => {
    const range = { fromMs: LEAK_MS + 30 * DAY_MS, toMs: LEAK_MS + 40 * DAY_MS };
    const [leak] = await leaksOf(api.context, [METER], range);
    expect(leak).toMatchObject({ fromMs: LEAK_MS + 2 * HOUR_MS, usualM3PerHour: 0, nights: 40 });
  });

  test('are listed with what they cost and rest on, by agency', async () => {
    const body = await get<{ grounds: unknown[] }[]>('/api/leaks?agency=yueliang');
    expect(body).toMatchObject([
      {
        ...{
          id: `${METER}/2026-08-20`,
          meterId: METER,
          building: { id: 'yueliang-water' },
          open: false,
        },
        ...{ since: '2026-08-19T18:00:00.000Z', flowM3PerHour: 0.5, usualM3PerHour: 0 },
        ...{ lostM3: 42 * 24 * 0.5, lostYuan: 42 * 24 * 0.5 * 5.8, nights: 42 },
      },
    ]);
    expect(body[0]?.grounds.length).toBeGreaterThan(3);
    expect(await get('/api/leaks?agency=cangsong')).toEqual([]);
    expect(await get('/api/leaks?to=2026-08-10T00:00:00Z')).toEqual([]);
    expect(await get('/api/leaks?agency=nobody')).toMatchObject({ status: 404 });
  });

  test('are findings of the month they touch, and of no other', async () => {
    const find = async (id: string) => {
      const period = parsePeriod(id, api.context.registry.region.zone);
      if (!period) throw new Error(id);
      const { findings } = await assess(api.context, 'yueliang', period);
      return findings.filter(({ code }) => code === 'leak_suspected');
    };
    // Up to the end of the last night that is known.
    expect(await find('2026-09')).toMatchObject([{ meterId: METER, hours: 29 * 24 + 5 }]);
    expect(await find('2026-07')).toEqual([]);
  });

  test('and scores are answered for an agency and a year', async () => {
    const score = await get<Score>(
      '/api/agencies/luming/score?scheme=water-saving-unit&period=2025',
    );
    // Two levels of water meters are on file; nothing else is known.
    expect(score).toMatchObject({ agencyId: 'luming', points: 3, judged: 5, verdict: 'open' });
    expect(score.summary.en).toBe('5 of 100 points could be judged: 3 points');
    const wrong = await get<Problem>('/api/agencies/luming/score?scheme=none&period=2025-01');
    expect(wrong.faults?.map(({ path }) => path).sort()).toEqual(['query.period', 'query.scheme']);
  });

  test("are the nearest meter's, whichever meters are asked for", async () => {
    const range = { fromMs: LEAK_MS, toMs: LEAK_MS + 10 * DAY_MS };
    const rows = hours(FIRST_MS, range.toMs, range);
    const [main, sub] = ['cangsong-service-w', 'cangsong-service-w-canteen'] as const;
    const write = (meterId: string) =>
      api.context.store.writeMeterConsumption(rows.map((row) => ({ ...row, meterId })));
    const told = async (meterId: string) =>
      (await leaksOf(api.context, [meterId], range)).map((leak) => leak.meterId);
    await write(main);
    expect(await told(main)).toEqual([main]);
    await write(sub);
    expect(await told(main)).toEqual([]);
    expect(await told(sub)).toEqual([sub]);
  });
});
