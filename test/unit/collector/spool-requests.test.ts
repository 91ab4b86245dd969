/** Requests to the collector that holds a spool: answered once, refused with the reason, withdrawn when nobody answers. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { askToRequeue, serveRequests } from '../../../collector/spool/requests.ts';

const logger = pino({ level: 'silent' });

let folder = '';
let path = '';
let stop = () => {};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jieyue-requests-'));
  path = join(folder, 'spool.db');
});
afterEach(() => {
  stop();
  stop = () => {};
  rmSync(folder, { recursive: true, force: true });
});

function serve(requeue: (ids?: readonly number[]) => number): void {
  stop = serveRequests({ path, requeue, logger, everyMs: 20 });
}

const left = () => readdirSync(`${path}.requests`);

it('answers each request once with what came of it, and leaves nothing behind', async () => {
  const asked: unknown[] = [];
  serve((ids) => {
    asked.push(ids);
    return ids?.length ?? 7;
  });
  const answers = [askToRequeue({ path }), askToRequeue({ path, ids: [4, 2] })];
  expect(await Promise.all(answers)).toEqual([7, 2]);
  expect(asked).toHaveLength(2);
  expect(asked).toContainEqual([4, 2]);
  expect(asked).toContainEqual(undefined);
  expect(left()).toEqual([]);
});

it('takes up a request from before it ran', async () => {
  const answer = askToRequeue({ path, ids: [1] });
  serve(() => 1);
  expect(await answer).toBe(1);
});

it('hands on why it could not', async () => {
  serve(() => {
    throw new Error('disk full');
  });
  await expect(askToRequeue({ path })).rejects.toMatchObject({
    code: 'spool.unavailable',
    message: expect.stringContaining('disk full'),
  });
});

it('refuses what is no request, and goes on', async () => {
  let calls = 0;
  serve(() => {
    calls += 1;
    return 1;
  });
  mkdirSync(`${path}.requests`);
  for (const [name, text] of [
    ['a', '{'],
    ['b', '{"requeue": "all", "drop": true}'],
    ['c', '{"requeue": ["1"]}'],
  ] as const)
    writeFileSync(join(`${path}.requests`, `${name}.request.json`), text);
  expect(await askToRequeue({ path, ids: [9] })).toBe(1);
  await expect.poll(() => left().sort()).toEqual(['a', 'b', 'c'].map((n) => `${n}.answer.json`));
  expect(calls).toBe(1);
});

it('withdraws what nobody answers, and says what to do (control)', async () => {
  await expect(askToRequeue({ path, timeoutMs: 150 })).rejects.toMatchObject({
    code: 'spool.locked',
    message: expect.stringContaining('stop it and try again'),
  });
  expect(left()).toEqual([]);
});
