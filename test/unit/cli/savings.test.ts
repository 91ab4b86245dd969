/** `jieyue savings` as a reviewer calls it: the answer in words and for programs, refusals and faults with exit 1. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY_MS } from '../../../domain/period.ts';

const MAIN = fileURLToPath(new URL('../../../cli/main.ts', import.meta.url));
const PERIODS = ['--baseline', '2024-01-01..2024-12-31', '--reporting', '2025'];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jieyue-savings-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Two years that heat below 15 °C; in the second a fifth was saved. */
function table(without = 0): string {
  const rows = Array.from({ length: 366 + 365 }, (_, i) => {
    const date = new Date(Date.UTC(2024, 0, 1) + i * DAY_MS).toISOString().slice(0, 10);
    const celsius = 8 - 18 * Math.cos((2 * Math.PI * i) / 365.25) + 3 * Math.sin(i * 1.7);
    const use = 50 + 4 * Math.max(0, 15 - celsius) + 2 * Math.sin(i * 2.9);
    const amount = i % 5 === 0 && i / 5 < without ? '' : (use * (i < 366 ? 1 : 0.8)).toFixed(2);
    return `${date},${amount},${celsius.toFixed(3)}`;
  });
  return ['日期,用电量,气温', ...rows].join('\n');
}

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function savings(text: string, ...args: readonly string[]): Promise<Run> {
  const file = join(folder, 'table.csv');
  await writeFile(file, text);
  const env = { ...process.env, JIEYUE_DATA: folder };
  const options = { env, timeout: 30_000, cwd: folder };
  const call = [MAIN, 'savings', 'table.csv', ...args];
  return new Promise((resolve) => {
    execFile(process.execPath, call, options, (error, out, err) =>
      resolve({ code: Number(error?.code ?? 0), out, err }),
    );
  });
}

describe('jieyue savings', () => {
  it('tells model, balance points, saving and bands in words', async () => {
    const { code, out } = await savings(table(), ...PERIODS);
    expect(code).toBe(0);
    for (const word of [
      '已核定 verified',
      '平衡点 balance point 15.00 °C = 59.00 °F',
      'CV(RMSE)',
      'n′',
      '避免的用量 avoided use  +',
      '90 % FSU ±',
      '90 % OLS ±',
      '2025-12',
      "within the baseline's range",
    ]) {
      expect(out).toContain(word);
    }
  });

  it('tells programs the same, to the letter of the method when asked', async () => {
    const { code, out } = await savings(table(), ...PERIODS, '--choice', 'strict', '--json');
    expect(code).toBe(0);
    const { status, choice, model, months } = JSON.parse(out);
    expect([status, choice, months.length]).toEqual(['computed', 'caltrack', 12]);
    const [slope] = model.segments[0].slopes;
    expect([slope.unit, slope.balancePoint.fahrenheit]).toEqual(['°F·d', 59]);
  });

  it('refuses with the reason: exit 1', async () => {
    const { code, out } = await savings(table(60), ...PERIODS);
    expect(code).toBe(1);
    expect(out).toContain('不予建模 refused');
    expect(out).toContain('365 天中有 59 天缺用量');
  });

  it('names faults of the table and of its own options: exit 1', async () => {
    const broken = table()
      .replace('2024-03-01,', '2024-03-99,')
      .replace(/^2024-05-01,[^,]*/m, '2024-05-01,x');
    const { code, out, err } = await savings(broken, ...PERIODS);
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain("table.csv:62:A expected a date such as 2026-01-05, found '2024-03-99'");
    expect(err).toContain("table.csv:123:B expected a number, or nothing when missing, found 'x'");
    const wrong = await savings(table(), '--carrier', 'steam');
    expect([wrong.code, wrong.err]).toEqual([1, expect.stringContaining("found 'steam'")]);
  });
});
