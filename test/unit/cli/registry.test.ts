/** `jieyue registry`: out and in again, and a folder that is left alone when anything is wrong. */
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';

const MAIN = fileURLToPath(new URL('../../../cli/main.ts', import.meta.url));
const DEMO = fileURLToPath(new URL('../../../registry/demo', import.meta.url));

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

let folder: string;
let workbook: string;

const registry = (...args: readonly string[]) => jieyue(['registry', ...args]);

function jieyue(args: readonly string[], registryFolder = DEMO): Promise<Run> {
  const env = { ...process.env, JIEYUE_DATA: folder, JIEYUE_REGISTRY: registryFolder };
  const options = { env, timeout: 30_000 };
  return new Promise((resolve) => {
    execFile(process.execPath, [MAIN, ...args], options, (error, out, err) => {
      resolve({ code: Number(error?.code ?? 0), out, err });
    });
  });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jieyue-registry-'));
  workbook = join(folder, 'registry.xlsx');
  expect(await registry('export', workbook)).toMatchObject({ code: 0, err: '' });
}, 30_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('import', () => {
  it('writes a file a section into a new folder or an empty one, and nothing beside it', async () => {
    const place = join(folder, 'good');
    await mkdir(join(place, 'empty'), { recursive: true });
    for (const name of ['new', 'empty']) {
      expect(await registry('import', workbook, join(place, name))).toMatchObject({ code: 0 });
      expect(await readdir(join(place, name))).toContain('meters.yaml');
    }
    expect((await readdir(place)).sort()).toEqual(['empty', 'new']);
  });

  it('writes nothing at all when there is a fault', async () => {
    const wrong = join(folder, 'wrong.xlsx');
    const cell = (value: string) => ({ value, type: String });
    const sheet = { sheet: '地区', data: [[cell('编号')], [cell('Test')]] };
    await writeFile(wrong, await writeXlsxFile([sheet]).toBuffer());
    const before = await readdir(folder);
    const { code, err } = await registry('import', wrong, join(folder, 'out'));
    expect(code).toBe(1);
    expect(err).toContain('地区!A2（编号）');
    expect(await readdir(folder)).toEqual(before);
  });

  it('leaves a folder that holds something alone', async () => {
    const taken = join(folder, 'taken');
    await mkdir(taken);
    await writeFile(join(taken, 'mine.yaml'), '');
    const { code, err } = await registry('import', workbook, taken);
    expect(code).toBe(1);
    expect(err).toContain('mine.yaml');
    expect(await readdir(taken)).toEqual(['mine.yaml']);
  });

  it('names a file that is not there', async () => {
    const { code, err } = await registry('import', join(folder, 'none.xlsx'), join(folder, 'x'));
    expect(code).toBe(1);
    expect(err).toMatch(/none\.xlsx: expected a readable file/);
    expect(err).not.toContain(' at ');
  });
});

describe('what is only doubted', () => {
  let doubted: string;
  beforeAll(async () => {
    doubted = join(folder, 'doubted');
    await cp(DEMO, doubted, { recursive: true });
    const file = join(doubted, 'agencies.yaml');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace(/creditCode: "(.{17})."/, 'creditCode: "$1Y"'));
  });

  it('is told by check, and refuses nothing', async () => {
    const { code, out, err } = await jieyue(['check'], doubted);
    expect(code).toBe(0);
    expect(err).toMatch(/^warning: agencies\.yaml:\d+ .*the check digit \w after/m);
    expect(out).toContain('no fault');
    const json = JSON.parse((await jieyue(['check', '--json'], doubted)).out);
    expect(json).toMatchObject({ ok: true, faults: [], warnings: [{ file: 'agencies.yaml' }] });
  });

  it('is followed by the meters to be verified, overdue ones among them', async () => {
    const { err } = await jieyue(['check'], doubted);
    // The demo's one overdue meter; every later year only adds to it.
    expect(err).toContain('warning: the verification of cangsong-service-w ended on 2026-05-31');
    const { due } = JSON.parse((await jieyue(['check', '--json'], doubted)).out);
    expect(due[0]).toEqual({ meter: 'cangsong-service-w', until: '2026-05-31', isOverdue: true });
  });

  it('is told by import, which writes all the same', async () => {
    const file = join(folder, 'doubted.xlsx');
    expect(await jieyue(['registry', 'export', file], doubted)).toMatchObject({ code: 0 });
    const { code, err } = await registry('import', file, join(folder, 'taken-over'));
    expect(code).toBe(0);
    expect(err).toMatch(/^警告 warning: 机关!\w+（统一社会信用代码）：应为.*之后的校验码/m);
  });

  it('control: the demo has nothing of it', async () => {
    const { err } = await jieyue(['check']);
    expect(err).not.toContain('GB 32100');
  });
});
