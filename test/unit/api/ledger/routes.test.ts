/** Reading and writing the ledger over HTTP. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Problem } from '../../../../api/problem.ts';
import { startTestApi, type TestApi } from '../../../support/api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

import { KIND_IDS } from '../../../../api/ledger/kinds/index.ts';

const BILL = {
  agency: 'baiyan',
  carrier: 'water',
  firstDay: '2026-09-01',
  lastDay: '2026-09-30',
  quantity: 120,
  unit: 'm³',
  costYuan: 600,
};

interface Description {
  readonly paths: Record<string, Record<string, { requestBody?: object; responses: object }>>;
  readonly components: { readonly schemas: Record<string, { readonly required: string[] }> };
}

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown> & { readonly id: string };
  readonly problem: Problem;
}

async function ask(method: string, path: string, body?: unknown): Promise<Answer> {
  const response = await fetch(`${api.url}/api/ledger${path}`, {
    method,
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  const json = (await response.json()) as Answer['body'] & Problem;
  return { status: response.status, body: json, problem: json };
}

describe('an entry', () => {
  test('is added, corrected and voided, and its story is told', async () => {
    const added = await ask('POST', '/bill', { entry: BILL });
    expect(added.status).toBe(201);
    expect(added.body).toMatchObject({
      revision: 1,
      who: 'demo',
      from: '2026-08-31T16:00:00.000Z',
      to: '2026-09-30T16:00:00.000Z',
      body: BILL,
    });
    const at = `/bill/${added.body.id}`;
    const entry = { ...BILL, quantity: 121 };
    const revised = await ask('PUT', at, { entry, why: 'misread', revision: 1 });
    expect(revised).toMatchObject({ status: 200, body: { revision: 2, body: entry } });
    const late = await ask('PUT', at, { entry: BILL, why: 'mine', revision: 1 });
    expect(late).toMatchObject({ status: 409, problem: { code: 'request.conflict' } });
    expect(await ask('POST', `${at}/void`, { why: 'twice', revision: 2 })).toMatchObject({
      status: 200,
      body: { voided: true },
    });
    const { body } = await ask('GET', `${at}/audit`);
    expect(body).toMatchObject([
      { action: 'add', before: null, after: BILL, who: 'demo', why: 'entered' },
      { action: 'revise', before: BILL, after: entry, why: 'misread' },
      { action: 'void', before: entry, after: null, why: 'twice' },
    ]);
  });

  test('is found by agency with all below, by meter and by time', async () => {
    const reading = { meter: 'baiyan-center-w', at: '2026-10-01T08:00:00+08:00', index: 5 };
    await ask('POST', '/manual-reading', { entry: reading });
    await ask('POST', '/canteen-meals', {
      entry: { agency: 'baiyan', firstDay: '2026-10-01', lastDay: '2026-10-31', meals: 9 },
    });
    const count = async (path: string) => (await ask('GET', path)).body.length;
    expect(await count('/manual-reading?meter=baiyan-center-w')).toBe(1);
    expect(await count('/manual-reading?meter=baiyan-court-e')).toBe(0);
    expect(await count('/canteen-meals?agency=bureau')).toBe(1);
    expect(await count('/canteen-meals?agency=cangsong')).toBe(0);
    const range = (from: string, to: string) => `/canteen-meals?from=${from}&to=${to}`;
    expect(await count(range('2026-10-31T00:00:00Z', '2026-12-01T00:00:00Z'))).toBe(1);
    expect(await count(range('2026-10-31T16:00:00Z', '2026-12-01T00:00:00Z'))).toBe(0);
    expect((await ask('GET', range('2026-12-01T00:00:00Z', '2026-10-31T16:00:00Z'))).status).toBe(
      400,
    );
  });

  test('with faults is refused, and each fault is named', async () => {
    const entry = {
      agency: 'baiyann',
      carrier: 'water',
      firstDay: '2026-10-02',
      lastDay: '2026-10-01',
      quantity: -5,
      unit: 'kWh',
      voucherr: '7',
    };
    const { status, problem } = await ask('POST', '/bill', { entry });
    expect(status).toBe(400);
    const faults = problem.faults?.map(({ path, nearest }) => `${path} ${nearest ?? ''}`.trim());
    expect(faults?.sort()).toEqual([
      'body.entry.agency baiyan',
      'body.entry.costYuan',
      'body.entry.lastDay',
      'body.entry.quantity',
      'body.entry.unit',
      'body.entry.voucherr voucher',
    ]);
    expect((await ask('GET', '/bill?agency=baiyan')).body).toEqual([]);
  });

  test.each([
    [{ entry: BILL, extra: 1 }, 'body.extra'],
    [{ entry: [] }, 'body.entry'],
    [{ entry: BILL, why: ' ' }, 'body.why'],
    [{ entry: BILL, why: 'a\nb' }, 'body.why'],
    [[], 'body'],
    [{ entry: { ...BILL, costYuan: '600' } }, 'body.entry.costYuan'],
    [{ entry: { ...BILL, costYuan: null } }, 'body.entry.costYuan'],
    [{ entry: { ...BILL, note: 'a\u202eb' } }, 'body.entry.note'],
    [{ entry: { ...BILL, note: 'x'.repeat(501) } }, 'body.entry.note'],
    [{ entry: { ...BILL, firstDay: '0206-01-01' } }, 'body.entry.firstDay'],
  ])('%#: a request of another shape is a fault', async (body, path) => {
    const { status, problem } = await ask('POST', '/bill', body);
    expect(status).toBe(400);
    expect(problem.faults?.map((fault) => fault.path)).toContain(path);
  });

  test.each([
    ['GET', '/bil', undefined],
    ['POST', '/bil', { entry: BILL }],
    ['GET', '/bill/none/audit', undefined],
    ['PUT', '/bill/none', { entry: BILL, why: 'x', revision: 1 }],
    ['POST', '/bill/none/void', { why: 'x', revision: 1 }],
  ])('%s %s is answered 404', async (method, path, body) => {
    const { status, problem } = await ask(method, path, body);
    expect(status).toBe(404);
    if (path === '/bil') expect(problem.detail).toContain("did you mean 'bill'");
  });
});

describe('the ends of the calendar', () => {
  test('are told in four digits, and nothing lies beyond', async () => {
    const plan = { agency: 'baiyan', carrier: 'gas', kind: 'limit', value: 1, unit: 'm³' };
    const last = await ask('POST', '/annual-plan', { entry: { ...plan, year: 9998 } });
    expect(last).toMatchObject({ status: 201, body: { to: '9998-12-31T16:00:00.000Z' } });
    expect((await ask('POST', '/annual-plan', { entry: { ...plan, year: 9999 } })).status).toBe(
      400,
    );
    const reading = { meter: 'baiyan-center-w', at: '9999-01-01T00:00:00Z', index: 1 };
    expect((await ask('POST', '/manual-reading', { entry: reading })).status).toBe(400);
  });
});

describe('kinds', () => {
  test('come with names, units and choices for a form', async () => {
    const { body } = await ask('GET', '');
    const kinds = body as unknown as { id: string; fields: { id: string; unit: string }[] }[];
    expect(kinds.map(({ id }) => id)).toEqual(KIND_IDS);
    const meals = kinds.find(({ id }) => id === 'canteen-meals');
    expect(meals?.fields.find(({ id }) => id === 'meals')?.unit).toBe('人次');
  });

  test('are described in the OpenAPI document', async () => {
    const response = await fetch(`${api.url}/openapi.json`);
    const document = (await response.json()) as Description;
    const post = document.paths['/api/ledger/{kind}']?.post;
    expect(JSON.stringify(post?.requestBody)).toContain('#/components/schemas/LedgerBill');
    expect(Object.keys(post?.responses ?? {})).toEqual(
      expect.arrayContaining(['201', '403', '415']),
    );
    expect(document.components.schemas.LedgerBill?.required).toContain('costYuan');
    expect(document.paths['/api/region']?.get?.responses).not.toHaveProperty('415');
  });
});

describe('the workbook', () => {
  const BINARY = { 'content-type': 'application/octet-stream' };

  test('goes out and comes in', async () => {
    const out = await fetch(`${api.url}/api/ledger/export`);
    expect(out.headers.get('content-type')).toContain('spreadsheetml');
    expect(out.headers.get('content-disposition')).toContain('jieyue-ledger.xlsx');
    const body = await out.arrayBuffer();
    const before = api.context.ledger.changesSince(0).length;
    const post = (headers: Record<string, string>) =>
      fetch(`${api.url}/api/ledger/import?why=test`, { method: 'POST', headers, body });
    expect((await post({ 'content-type': 'application/json' })).status).toBe(415);
    const imported = await post(BINARY);
    expect(imported.status).toBe(200);
    expect(await imported.json()).toMatchObject({ added: 0, revised: 0 });
    expect(api.context.ledger.changesSince(0)).toHaveLength(before);
  });

  test('of one kind is asked for by its id', async () => {
    expect((await fetch(`${api.url}/api/ledger/export?kind=bill`)).status).toBe(200);
    expect((await fetch(`${api.url}/api/ledger/export?kind=bil`)).status).toBe(400);
  });

  test.each([
    ['is none', new Uint8Array(100), 400],
    ['is empty', new Uint8Array(0), 400],
    ['is larger than ten megabytes', new Uint8Array(10.5 * 1024 * 1024), 413],
  ])('that %s is refused', async (_, body, status) => {
    const address = `${api.url}/api/ledger/import`;
    const response = await fetch(address, { method: 'POST', headers: BINARY, body });
    expect(response.status).toBe(status);
    if (status === 400) expect(((await response.json()) as Problem).faults).toHaveLength(1);
  });
});
