/** Freezing over HTTP: who may, what is refused, what is answered, and that exports serve the frozen. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Problem } from '../../../../api/problem.ts';
import type { Assessment, Changes, ReviewResult, Snapshot } from '../../../../web/types/index.ts';
import { startTestApi, type TestApi } from '../../../support/api.ts';

const AGENCY = '/api/agencies/baiyan-fgj';
const FREEZE = `${AGENCY}/assessment/freeze?period=2026-09`;

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

async function ask<T>(path: string, body?: unknown): Promise<{ status: number; body: T }> {
  const sent = { method: 'POST', headers: { 'Content-Type': 'application/json' } };
  const response = await fetch(api.url + path, {
    ...(body === undefined ? {} : { ...sent, body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(20_000),
  });
  return { status: response.status, body: (await response.json()) as T };
}

describe('frozen over HTTP', () => {
  test('a signature is needed, a period that is over, and a known agency', async () => {
    expect((await ask<Problem>(FREEZE, {})).body.faults?.[0]?.path).toBe('body.who');
    expect((await ask<Problem>(FREEZE, { who: ' ' })).status).toBe(400);
    const running = `${AGENCY}/assessment/freeze?period=2026-10`;
    expect(await ask<Problem>(running, { who: '张三' })).toMatchObject({
      status: 409,
      body: { code: 'request.conflict' },
    });
    const nobody = '/api/agencies/nobody/assessment/freeze?period=2026-09';
    expect((await ask(nobody, { who: '张三' })).status).toBe(404);
    expect((await ask(`${AGENCY}/snapshots`)).body).toEqual([]);
  });

  test('the frozen is served until the next revision, each of which can be read and compared', async () => {
    const draft = (await ask<Assessment>(`${AGENCY}/assessment?period=2026-09`)).body;
    expect(draft.frozen).toBeNull();
    const first = await ask<Snapshot>(FREEZE, { who: '张三', note: '九月' });
    expect(first).toMatchObject({
      status: 201,
      body: { revision: 1, who: '张三', account: 'demo', note: '九月', assessment: draft.id },
    });
    expect((await ask<Snapshot>(FREEZE, { who: '张三' })).status).toBe(200);

    const days = { firstDay: '2026-09-01', lastDay: '2026-09-30' };
    const bill = { agency: 'baiyan-fgj', carrier: 'electricity', ...days, costYuan: 500 };
    const entry = { ...bill, quantity: 1000, unit: 'kWh' };
    expect((await ask('/api/ledger/bill', { entry })).status).toBe(201);

    const served = (await ask<Assessment>(`${AGENCY}/assessment?period=2026-09`)).body;
    expect([served.id, served.frozen?.revision]).toEqual([draft.id, 1]);
    const now = `${AGENCY}/assessment?period=2026-09&draft=true`;
    expect((await ask<Assessment>(now)).body.id).not.toBe(draft.id);
    const since = await ask<Changes>(`${AGENCY}/snapshots/${first.body.id}/diff`);
    expect(since.body.causes.map(({ kind }) => kind)).toEqual(['ledger']);

    const second = (await ask<Snapshot>(FREEZE, { who: '张三' })).body;
    expect(second.revision).toBe(2);
    expect(second.changes).toEqual(since.body);
    const list = (await ask<Snapshot[]>(`${AGENCY}/snapshots?period=2026-09`)).body;
    expect(list.map(({ id }) => id)).toEqual([first.body.id, second.id]);
    const old = (await ask<Assessment>(`${AGENCY}/snapshots/${first.body.id}`)).body;
    expect(old.id).toBe(draft.id);
    const between = `${AGENCY}/snapshots/${first.body.id}/diff?with=${second.id}`;
    expect((await ask<Changes>(between)).body).toEqual(since.body);
    expect((await ask(`/api/agencies/baiyan/snapshots/${second.id}`)).status).toBe(404);

    const csv = await fetch(`${api.url}${AGENCY}/assessment?period=2026-09&format=csv`);
    const text = await csv.text();
    expect(text).toContain('已冻结，第 2 版');
    expect(text).toContain(second.id);
    expect(text).toContain('七、审核结果');
  });

  test('the review is answered by itself', async () => {
    const { status, body } = await ask<ReviewResult[]>(`${AGENCY}/review?period=2026-09`);
    expect(status).toBe(200);
    for (const { todo, message } of body) expect([todo.zh, message.en]).not.toContain('');
  });
});
