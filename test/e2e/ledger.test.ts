/** The ledger as its users meet it: a workbook filled in at a terminal, seen by a running api, and told apart. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import { type JieyueProcess, startJieyue } from '../support/jieyue-process.ts';

const TITLES = ['单位', '起始日', '截止日（含）', '供餐人次 (人次)'];
const TIMEOUT_MS = 60_000;

let folder = '';
let api: JieyueProcess;
let url = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jieyue-ledger-'));
  api = startJieyue('api', { JIEYUE_DATA: folder, JIEYUE_PORT: '0' });
  url = String((await api.event('api.ready')).url);
}, TIMEOUT_MS);
afterAll(async () => {
  await api?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function jieyue(...args: string[]) {
  const run = promisify(execFile)(process.execPath, ['cli/main.ts', 'ledger', ...args], {
    timeout: TIMEOUT_MS,
    env: { ...process.env, JIEYUE_DATA: folder },
  });
  return run.then(
    ({ stdout }) => ({ code: 0, text: stdout }),
    (error: { code?: number; stderr?: string }) => ({
      code: error.code,
      text: error.stderr ?? '',
    }),
  );
}

async function mealsSheet(name: string, ...rows: (string | number)[][]): Promise<string> {
  const file = join(folder, name);
  await writeXlsxFile([{ sheet: '食堂供餐', data: [TITLES, ...rows] }]).toFile(file);
  return file;
}

async function answer(path: string) {
  const response = await fetch(`${url}${path}`, { signal: AbortSignal.timeout(10_000) });
  return response.json();
}

it(
  'takes a workbook beside a running api, which sees it at once',
  async () => {
    const file = await mealsSheet('good.xlsx', ['baiyan', '2026-09-01', '2026-09-30', 900]);
    const imported = await jieyue('import', file, '--why', '九月', '--who', 'anna');
    expect(imported).toMatchObject({ code: 0, text: expect.stringContaining('added 1') });
    expect(await answer('/api/ledger/canteen-meals?agency=bureau')).toMatchObject([
      { who: 'anna', revision: 1, body: { meals: 900 } },
    ]);
    expect((await jieyue('import', file, '--why', 'again')).text).toContain('unchanged 1');
    expect((await jieyue('audit')).text).toMatch(/^1 \S+ anna: add canteen-meals \S+ r1: 九月\n/);
  },
  TIMEOUT_MS,
);

it(
  'refuses a workbook with faults, each by its cell, and imports none of it',
  async () => {
    const good = ['baiyan', '2026-10-01', '2026-10-31', 5];
    const file = await mealsSheet('bad.xlsx', good, ['baiyan', '2026-10-01', '2026-09-31', -5]);
    const { code, text } = await jieyue('import', file, '--why', 'x');
    expect(code).toBe(1);
    expect(text).toMatch(/食堂供餐!C3: expected .*, found '2026-09-31'/);
    expect(text).toMatch(/食堂供餐!D3: expected .*, found -5/);
    expect(await answer('/api/ledger/canteen-meals')).toHaveLength(1);
  },
  TIMEOUT_MS,
);

it(
  'brings out what came in, whichever way it is asked for',
  async () => {
    const file = join(folder, 'out.xlsx');
    expect((await jieyue('export', file)).code).toBe(0);
    const response = await fetch(`${url}/api/ledger/import`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: new Uint8Array(await readFile(file)),
      signal: AbortSignal.timeout(10_000),
    });
    expect(await response.json()).toEqual({ added: 0, revised: 0, unchanged: 1 });
    await writeFile(file, 'no workbook');
    expect((await jieyue('import', file, '--why', 'x')).text).toContain('an .xlsx file');
  },
  TIMEOUT_MS,
);
