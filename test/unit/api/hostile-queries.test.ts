/** Requests that nobody should send: each is told what is wrong and where, none makes the api fail. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type TestApi } from '../../support/api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

interface Problem {
  readonly status: number;
  readonly faults?: readonly { readonly path: string }[];
}

/** The status, and where the faults are. */
async function told(path: string, init: RequestInit = {}): Promise<readonly (number | string)[]> {
  const answer = await fetch(`${api.url}${path}`, init);
  const { faults = [] } = (await answer.json()) as Problem;
  return [answer.status, ...faults.map((fault) => fault.path)];
}

const HOW = '/api/agencies/baiyan-fgj';

describe('periods', () => {
  it.each([
    '0000',
    '0001',
    '1899',
    '9999',
    '9999-12',
    '2025-00',
    '2025-13',
    '99999',
    '-2025',
    '２０２５',
    '',
  ])('%s is none', async (period) => {
    const query = `period=${encodeURIComponent(period)}`;
    expect(await told(`${HOW}/assessment?${query}`)).toEqual([400, 'query.period']);
    expect(await told(`${HOW}/review?${query}`)).toEqual([400, 'query.period']);
    const why = `${HOW}/explain?carrier=electricity&${query}`;
    expect(await told(why)).toEqual([400, 'query.period']);
  });

  it.each(['1900', '9998-12'])('control: %s is one', async (period) => {
    expect(await told(`${HOW}/assessment?period=${period}`)).toEqual([200]);
  });

  it('are asked for once', async () => {
    expect(await told(`${HOW}/assessment?period=2025&period=2026`)).toEqual([400, 'query.period']);
  });
});

describe('instants', () => {
  it.each([
    '9999-12-31T23:59:59Z',
    '1899-12-31T23:59:59Z',
    '+275760-09-13T00:00:00Z',
    '2026-02-30T00:00:00Z',
    'NaN',
  ])('%s is none', async (at) => {
    const query = `?to=${encodeURIComponent(at)}`;
    expect(await told(`/api/leaks${query}`)).toEqual([400, 'query.to']);
  });
});

describe('names', () => {
  it.each(['__proto__', 'constructor', 'toString', "'; DROP TABLE entry;--", '🦊'])(
    '%s is nobody',
    async (id) => {
      const [status] = await told(`/api/agencies/${encodeURIComponent(id)}`);
      expect([400, 404]).toContain(status);
    },
  );

  it('with half an escape have a place', async () => {
    expect(await told('/api/agencies/%E4%B8')).toEqual([400, 'path']);
  });
});

describe('bodies', () => {
  const post = (body: string) => ({
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json' },
  });

  it.each(['{', 'null', '1', 'entry'])('%s is none', async (body) => {
    expect(await told('/api/ledger/bill', post(body))).toEqual([400, 'body']);
  });

  it('of no shape at all are told field by field', async () => {
    const entry = { agency: ['x'], carrier: {}, firstDay: 0, lastDay: null, costYuan: -1 };
    const [status, ...paths] = await told('/api/ledger/bill', post(JSON.stringify({ entry })));
    expect(status).toBe(400);
    for (const field of Object.keys(entry)) expect(paths.join()).toContain(field);
  });

  it('larger than they may be are refused', async () => {
    const entry = { agency: 'a'.repeat(3_000_000) };
    const [status] = await told('/api/ledger/bill', post(JSON.stringify({ entry })));
    expect(status).toBe(413);
  });
});
