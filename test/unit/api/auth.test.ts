/** Who may ask: tokens, their files, and addresses that need them. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isLoopback, tokenFor } from '../../../api/auth.ts';
import { startApi } from '../../../api/main.ts';
import { startTestApi, type TestApi } from '../../support/api.ts';

const TOKEN = '0123456789abcdef0123456789abcdef';

describe('the address decides whether a token is needed', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'jieyue-auth-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test.each([
    ['127.0.0.1', true],
    ['127.8.8.8', true],
    ['::1', true],
    ['localhost', true],
    ['0.0.0.0', false],
    ['::', false],
    ['192.168.1.5', false],
    ['127.example.com', false],
  ])('%s is loopback: %s', (host, expected) => {
    expect(isLoopback(host)).toBe(expected);
  });

  test('loopback needs none', async () => {
    expect(await tokenFor('127.0.0.1', undefined)).toBeUndefined();
  });

  test('any other address refuses to start without one, and says how to make it', async () => {
    const context = () => {
      throw new Error('never asked');
    };
    const start = startApi({ context, host: '0.0.0.0', port: 0 });
    await expect(start).rejects.toThrow(/address 0\.0\.0\.0.*token file.*openssl rand -hex 32/);
  });

  test.each([
    ['31 characters', TOKEN.slice(1)],
    ['blanks', ' '.repeat(40)],
  ])('a token of %s is too short', async (name, content) => {
    const file = join(folder, `${name}.txt`);
    await writeFile(file, content);
    await expect(tokenFor('0.0.0.0', file)).rejects.toThrow(/at least 32 characters.*found/);
  });

  test('32 characters are enough, and the line end does not count', async () => {
    const file = join(folder, 'good.txt');
    await writeFile(file, `${TOKEN}\n`);
    expect(await tokenFor('0.0.0.0', file)).toBe(TOKEN);
  });

  test('a file that is not there is named', async () => {
    await expect(tokenFor('127.0.0.1', join(folder, 'none.txt'))).rejects.toThrow(/none\.txt/);
  });
});

describe('a secured api', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi({ token: TOKEN });
  });
  afterAll(() => api.stop());

  const ask = (path: string, authorization?: string) =>
    fetch(api.url + path, authorization === undefined ? {} : { headers: { authorization } });

  test.each([
    ['no header', undefined],
    ['a wrong token', `Bearer ${TOKEN.replace('0', '1')}`],
    ['the start of it', `Bearer ${TOKEN.slice(0, 31)}`],
    ['another scheme', `Basic ${TOKEN}`],
  ])('answers 401 to %s', async (_, authorization) => {
    for (const path of ['/api/region', '/api/health', '/api/nothing']) {
      const response = await ask(path, authorization);
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toContain('Bearer');
      expect(response.headers.get('content-type')).toContain('application/problem+json');
    }
  });

  test('answers the right token', async () => {
    expect((await ask('/api/region', `Bearer ${TOKEN}`)).status).toBe(200);
  });

  test('pages hold no data and need none', async () => {
    expect((await ask('/')).status).toBe(200);
  });
});
