/** `jieyue backup` and `jieyue restore` as an operator calls them. */
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStore } from '../../store/index.ts';
import { demoRegistry } from '../support/registry.ts';

const run = promisify(execFile);
const MAIN = fileURLToPath(new URL('../../cli/main.ts', import.meta.url));
const DEMO = fileURLToPath(new URL('../../registry/demo', import.meta.url));
const AT_MS = Math.floor(Date.now() / 1000) * 1000;
const READING = {
  ...{ meterId: 'baiyan-center-e', atMs: AT_MS, quality: 0 },
  values: { activeEnergyImport: 12_345.678 },
};

let folder: string;

/** A site: its data folder and its registry. */
function jieyue(site: string, ...args: string[]) {
  const env = {
    ...process.env,
    JIEYUE_DATA: join(folder, site, 'data'),
    JIEYUE_REGISTRY: join(folder, site, 'registry'),
  };
  return run(process.execPath, [MAIN, ...args], { env, timeout: 60_000 });
}

async function readingsOf(site: string) {
  const path = join(folder, site, 'data', 'store.db');
  const store = openStore({ kind: 'sqlite', path }, await demoRegistry());
  const found = await store.readings(READING.meterId, { fromMs: 0, toMs: AT_MS + 1 }, 9);
  await store.close();
  return found;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jieyue-backup-'));
  await mkdir(join(folder, 'a', 'data'), { recursive: true });
  await cp(DEMO, join(folder, 'a', 'registry'), { recursive: true });
  const path = join(folder, 'a', 'data', 'store.db');
  const store = openStore({ kind: 'sqlite', path }, await demoRegistry());
  await store.init();
  await store.writeReadings([READING]);
  await store.close();
  const ledger = new DatabaseSync(join(folder, 'a', 'data', 'ledger.db'));
  ledger.exec("PRAGMA journal_mode = WAL; CREATE TABLE t (a); INSERT INTO t VALUES ('账')");
  ledger.close();
  await jieyue('a', 'backup', join(folder, 'backup'));
});
afterAll(() => rm(folder, { recursive: true }));

it('brings store, ledger and registry to another machine', async () => {
  const { stdout } = await jieyue('b', 'restore', join(folder, 'backup'));
  expect(stdout).toContain('1 行 rows');
  expect(await readingsOf('b')).toEqual([READING]);
  const ledger = new DatabaseSync(join(folder, 'b', 'data', 'ledger.db'), { readOnly: true });
  expect(ledger.prepare('SELECT a FROM t').get()).toEqual({ a: '账' });
  ledger.close();
  const agencies = (site: string) => readFile(join(folder, site, 'registry', 'agencies.yaml'));
  expect(await agencies('b')).toEqual(await agencies('a'));
});

it('overwrites nothing unless told', async () => {
  await mkdir(join(folder, 'c', 'registry'), { recursive: true });
  await writeFile(join(folder, 'c', 'registry', 'agencies.yaml'), 'of another site\n');
  await jieyue('c', 'restore', join(folder, 'backup')).then(
    () => expect.unreachable(),
    ({ stderr }) => expect(stderr).toMatch(/nothing was changed.*agencies\.yaml/s),
  );
  expect(await readingsOf('c')).toEqual([]);
  await jieyue('c', 'restore', join(folder, 'backup'), '--overwrite');
  expect(await readingsOf('c')).toEqual([READING]);
  await expect(jieyue('c', 'restore', join(folder, 'backup'))).rejects.toMatchObject({
    stderr: expect.stringMatching(/the store holds reading.*ledger\.db/s),
  });
  await expect(jieyue('a', 'backup', join(folder, 'backup'))).rejects.toMatchObject({
    stderr: expect.stringContaining('is not empty'),
  });
});

it('restores nothing from a folder with a missing file', async () => {
  await cp(join(folder, 'backup'), join(folder, 'broken'), { recursive: true });
  await rm(join(folder, 'broken', 'ledger.db'));
  await expect(jieyue('d', 'restore', join(folder, 'broken'))).rejects.toMatchObject({
    stderr: expect.stringContaining('ledger.db: missing'),
  });
});
