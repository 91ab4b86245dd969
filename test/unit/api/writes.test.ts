/** A page of another site must not write, not even to a demo without a token on this machine. */
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApi, type TestApi } from '../../support/api.ts';

const ENTRY = { agency: 'baiyan', firstDay: '2026-10-01', lastDay: '2026-10-31', meals: 9 };
const JSON_TYPE = { 'content-type': 'application/json' };
const TOKEN = 'a-secret-of-more-than-32-characters';

let open: TestApi;
let secured: TestApi;
beforeAll(async () => {
  open = await startTestApi();
  secured = await startTestApi({ token: TOKEN });
});
afterAll(() => Promise.all([open.stop(), secured.stop()]));

interface Post {
  readonly headers: Record<string, string>;
  readonly body?: string;
  readonly api?: TestApi;
}

/** Not `fetch`: it does not let a test say who a browser would say it is. */
function post({ headers, body = JSON.stringify({ entry: ENTRY }), api = open }: Post) {
  const { hostname, port } = new URL(api.url);
  return new Promise<number | undefined>((resolve, reject) => {
    const sent = request(
      {
        hostname,
        port,
        path: '/api/ledger/canteen-meals',
        method: 'POST',
        headers,
        timeout: 10_000,
      },
      (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode));
      },
    );
    sent.on('timeout', () => sent.destroy(new Error('no answer')));
    sent.on('error', reject);
    sent.end(body);
  });
}

const meals = (api = open) => api.context.ledger.entries('canteen-meals').length;

describe('a write', () => {
  test.each([
    ['a program', {}],
    ['our own page', { 'sec-fetch-site': 'same-origin', origin: 'http://elsewhere.example' }],
    ['an address typed by hand', { 'sec-fetch-site': 'none' }],
    ['localhost', { host: 'localhost:8080' }],
    ['localhost, by IPv6', { host: '[::1]:8080' }],
    ['our own page in an old browser', { host: 'localhost:8080', origin: 'http://localhost:8080' }],
    ['JSON with its encoding named', { 'content-type': 'application/json; charset=utf-8' }],
  ])('control: from %s is accepted', async (_, headers) => {
    const before = meals();
    expect(await post({ headers: { ...JSON_TYPE, ...headers } })).toBe(201);
    expect(meals()).toBe(before + 1);
  });

  test.each([
    ['another site', 403, { 'sec-fetch-site': 'cross-site' }],
    ['a sister site', 403, { 'sec-fetch-site': 'same-site' }],
    ['another origin', 403, { origin: 'http://evil.example' }],
    [
      'another port of this machine',
      403,
      { host: '127.0.0.1:8080', origin: 'http://127.0.0.1:81' },
    ],
    ['a page without an origin', 403, { origin: 'null' }],
    ['a rebound name', 403, { host: 'evil.example', 'sec-fetch-site': 'same-origin' }],
    ['a name that looks like ours', 403, { host: '127.0.0.1.evil.example' }],
    ['a broken host', 403, { host: 'a b' }],
    ['a form', 415, { 'content-type': 'application/x-www-form-urlencoded' }],
    ['plain text, as a page may send unasked', 415, { 'content-type': 'text/plain' }],
    ['a compressed body', 415, { 'content-encoding': 'gzip' }],
  ])('from %s is refused with %i', async (_, status, headers) => {
    const before = meals();
    expect(await post({ headers: { ...JSON_TYPE, ...headers } })).toBe(status);
    expect(meals()).toBe(before);
  });

  test.each([
    ['cut off', '{"entry":', 400],
    ['more than a megabyte', `"${'x'.repeat(1_100_000)}"`, 413],
    ['nested without end', '['.repeat(500_000), 400],
    ['nested deeply', `{"entry":{"meals":${'['.repeat(200_000)}${']'.repeat(200_000)}}}`, 400],
    ['naming the prototype', '{"entry":{"__proto__":{"a":1}}}', 400],
    ['a number that is none', JSON.stringify({ entry: ENTRY }).replace('9}', '1e999}'), 400],
  ])('%s is refused', async (_, body, status) => {
    expect(await post({ headers: JSON_TYPE, body })).toBe(status);
  });

  test('with a token asked for, the token decides, and names the writer', async () => {
    const authorization = `Bearer ${TOKEN}`;
    const host = 'energy.example.cn';
    expect(await post({ headers: { ...JSON_TYPE, host }, api: secured })).toBe(401);
    expect(await post({ headers: { ...JSON_TYPE, host, authorization }, api: secured })).toBe(201);
    expect(secured.context.ledger.changesSince(0)[0]?.who).toBe('token');
    const origin = 'https://energy.example.cn';
    const proxied = { ...JSON_TYPE, host, authorization, origin };
    expect(await post({ headers: proxied, api: secured })).toBe(201);
    const stranger = { ...proxied, origin: 'https://evil.example' };
    expect(await post({ headers: stranger, api: secured })).toBe(403);
  });
});
