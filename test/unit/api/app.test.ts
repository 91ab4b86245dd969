/** The rules around the routes: problems, headers, limits, and a document that tells the truth. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type AppOptions, createApp } from '../../../api/app.ts';
import type { Problem } from '../../../api/problem.ts';
import { defineRoute } from '../../../api/route.ts';
import { ROUTES } from '../../../api/routes/index.ts';
import { AppError } from '../../../domain/errors.ts';
import { startTestApi, type TestApi } from '../../support/api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

async function serve<T>(
  options: Partial<AppOptions>,
  use: (url: string) => Promise<T>,
): Promise<T> {
  const server: Server = createServer(createApp({ context: () => api.context, ...options }));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const region = (schema: z.ZodType, body: unknown) =>
  defineRoute({
    method: 'get',
    path: '/api/thing',
    summary: 'A thing',
    response: schema,
    handler: async () => ({ body }),
  });

describe('problems', () => {
  test.each([
    ['GET', '/api/nothing', 404, 'request.not-found'],
    ['GET', '/nothing', 404, 'request.not-found'],
    ['GET', '/web/nothing.ts', 404, 'request.not-found'],
    ['GET', '/web/../package.json', 404, 'request.not-found'],
    ['GET', '/web/..%2Fapi%2Fapp.ts', 404, 'request.not-found'],
    ['GET', '/agencies/%zz', 400, 'request.invalid'],
    ['POST', '/api/region', 405, 'request.method'],
    ['DELETE', '/api/meters/baiyan-center-e', 405, 'request.method'],
  ])('%s %s is answered %i', async (method, path, status, code) => {
    const response = await fetch(api.url + path, { method });
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    const problem = (await response.json()) as Problem;
    expect(problem).toMatchObject({ type: 'about:blank', status, code });
    expect(problem.title).toBeTruthy();
    expect(problem.detail).toBeTruthy();
    expect(problem.instance).toMatch(/^\//);
    if (status === 405) expect(response.headers.get('allow')).toBe('GET, HEAD');
  });

  test('every fault of the input is listed', async () => {
    const query = 'from=yesterday&resolution=minute&carier=water';
    const response = await fetch(`${api.url}/api/agencies/baiyan/consumption?${query}`);
    expect(response.status).toBe(400);
    const { faults } = (await response.json()) as Problem;
    expect(faults?.map(({ path }) => path).sort()).toEqual([
      'query.carier',
      'query.from',
      'query.resolution',
      'query.to',
    ]);
    expect(faults).toContainEqual({
      path: 'query.carier',
      expected: 'a known parameter',
      found: "'carier'",
      nearest: 'carrier',
    });
  });

  test('a repeated parameter is a fault, not a surprise', async () => {
    const response = await fetch(`${api.url}/api/meters?state=ok&state=late`);
    expect(response.status).toBe(400);
  });

  test('a fault of ours is logged and told without its reason', async () => {
    const logged: unknown[] = [];
    const logger = { error: (fields: unknown) => logged.push(fields) };
    const failing = defineRoute({
      method: 'get',
      path: '/api/thing',
      summary: 'Fails',
      response: z.object({}),
      handler: () => Promise.reject(new Error('secret reason at /etc/secret')),
    });
    const text = await serve({ routes: [failing], logger }, async (url) => {
      const response = await fetch(`${url}/api/thing`);
      expect(response.status).toBe(500);
      return response.text();
    });
    expect(text).not.toContain('secret');
    expect(logged).toHaveLength(1);
  });

  test('a store that does not answer is 503 and says so', async () => {
    const failing = defineRoute({
      method: 'get',
      path: '/api/thing',
      summary: 'Fails',
      response: z.object({}),
      handler: () => Promise.reject(new AppError('store.unavailable', 'store db1 is down')),
    });
    await serve({ routes: [failing] }, async (url) => {
      const response = await fetch(`${url}/api/thing`);
      expect(response.status).toBe(503);
      expect(await response.json()).toMatchObject({ detail: 'store db1 is down' });
    });
  });

  test('an answer that breaks its contract does not go out', async () => {
    const shape = z.object({ value: z.number() });
    const status = (body: unknown) =>
      serve(
        { routes: [region(shape, body)] },
        async (url) => (await fetch(`${url}/api/thing`)).status,
      );
    expect(await status({ value: 'NaN' })).toBe(500);
    expect(await status({ value: 1 })).toBe(200);
  });
});

describe('headers and limits', () => {
  test('scripts come from here only, and the server does not say what it is', async () => {
    for (const path of ['/', '/api/region', '/docs', '/nothing']) {
      const { headers } = await fetch(api.url + path);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("script-src 'self';");
      expect(policy).not.toContain('unsafe');
      expect(headers.get('x-powered-by')).toBeNull();
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }
  });

  test('answers are not kept by anybody', async () => {
    const response = await fetch(`${api.url}/api/region`);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('etag')).toBeNull();
  });

  test('too many requests are turned away, pages excepted', async () => {
    await serve({ requestsPerMinute: 3 }, async (url) => {
      const statuses: number[] = [];
      for (let i = 0; i < 4; i += 1) statuses.push((await fetch(`${url}/api/region`)).status);
      expect(statuses).toEqual([200, 200, 200, 429]);
      expect((await fetch(`${url}/`)).status).toBe(200);
    });
  });
});

interface Operation {
  readonly parameters: readonly { readonly name: string }[];
  readonly responses: Readonly<Record<string, { readonly content: object }>>;
}

interface Description {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

async function describedApi(): Promise<Description> {
  return (await (await fetch(`${api.url}/openapi.json`)).json()) as Description;
}

describe('the OpenAPI document', () => {
  test('names every route that answers, and no other', async () => {
    const document = await describedApi();
    expect(document.openapi).toBe('3.1.0');
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    expect(described.sort()).toEqual(ROUTES.map(({ method, path }) => `${method} ${path}`).sort());
    for (const path of Object.keys(document.paths)) {
      const address = path.replace('{id}', path.includes('meters') ? 'baiyan-center-e' : 'baiyan');
      const response = await fetch(api.url + address, { method: 'DELETE' });
      expect(response.status, `${path} is routed`).toBe(405);
    }
  });

  test('describes parameters and answers of each', async () => {
    const document = await describedApi();
    const get = document.paths['/api/agencies/{id}/assessment']?.get;
    const names = get?.parameters.map(({ name }) => name);
    expect(names).toEqual(['id', 'period', 'format', 'draft']);
    expect(Object.keys(get?.responses['200']?.content ?? {}).join()).toContain('text/csv');
    expect(get?.responses['400']?.content).toHaveProperty('application/problem+json');
  });
});

describe('modules of the pages', () => {
  test('are served as JavaScript without types', async () => {
    const response = await fetch(`${api.url}/web/http.ts`);
    expect(response.headers.get('content-type')).toContain('text/javascript');
    const code = await response.text();
    expect(code).toContain('export async function getJson');
    expect(code).not.toContain('Promise<T>');
  });
});
