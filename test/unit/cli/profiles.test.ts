/** `jieyue profiles` as a technician calls it. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROFILES } from '../../../collector/profiles/index.ts';

const MAIN = fileURLToPath(new URL('../../../cli/main.ts', import.meta.url));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jieyue-cli-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function profiles(...args: readonly string[]): Promise<Run> {
  const env = { ...process.env, JIEYUE_DATA: folder };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [MAIN, 'profiles', ...args],
      { env, timeout: 30_000 },
      (error, out, err) => resolve({ code: Number(error?.code ?? 0), out, err }),
    );
  });
}

describe('jieyue profiles', () => {
  it('lists all of them, for people and for programs', async () => {
    const { code, out } = await profiles('list');
    expect(code).toBe(0);
    expect(out.trim().split('\n')).toHaveLength(PROFILES.length + 1);
    const rows: { id: string }[] = JSON.parse((await profiles('list', '--json')).out);
    expect(rows.map(({ id }) => id)).toEqual(PROFILES.map(({ id }) => id));
  });

  it('shows one as a table, and as it is', async () => {
    const { out } = await profiles('show', 'gossen-metrawatt-energymid');
    expect(out).toMatch(/voltageL1 +0x0004 +int16 +ABCD +1 +V +× 10\^\(int8lo @ 0x000C\)/);
    const [first] = PROFILES;
    expect(JSON.parse((await profiles('show', first?.id ?? '', '--json')).out)).toEqual(first);
  });

  it('names the nearest to one that is not there', async () => {
    const { code, err } = await profiles('show', 'abb-b32');
    expect(code).toBe(1);
    expect(err).toContain("did you mean 'abb-b23'?");
  });

  it('lints a folder: exit 0 without a fault, 1 with its file and line', async () => {
    expect(await profiles('lint')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/no fault/),
    });
    await writeFile(join(folder, 'own.yaml'), 'id: own\nprotocol: modbus\nmaxRegisters: 500\n');
    const { code, err } = await profiles('lint', folder);
    expect(code).toBe(1);
    expect(err).toMatch(/own\.yaml:3 maxRegisters: /);
    expect(err).toMatch(/own\.yaml:1 vendor: /);
    const { ok, faults } = JSON.parse((await profiles('lint', folder, '--json')).out);
    expect({ ok, some: faults.length > 3 }).toEqual({ ok: false, some: true });
  });
});
