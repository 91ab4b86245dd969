/** What lies beside the store: the ledger, the registry and the site's own profiles. */
import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Config } from '../config.ts';
import { copyHashed, factsOf, filesBelow } from './files.ts';
import type { BackupFile, Manifest } from './manifest.ts';

type Places = Pick<Config, 'dataFolder' | 'registryFolder' | 'profilesFolder'>;

const LEDGER = 'ledger.db';

/** Folders that are copied as they are, by their name in the backup. */
function copied({ registryFolder, profilesFolder }: Places): [string, string][] {
  return [
    ['registry', registryFolder],
    ...(profilesFolder === undefined ? [] : [['profiles', profilesFolder] as [string, string]]),
  ];
}

/** A consistent copy, also while the api writes. */
async function backUpLedger(places: Places, folder: string): Promise<BackupFile[]> {
  const source = join(places.dataFolder, LEDGER);
  if (!existsSync(source)) return [];
  const target = join(folder, LEDGER);
  await mkdir(folder, { recursive: true });
  const db = new DatabaseSync(source, { timeout: 5_000 });
  try {
    db.prepare('VACUUM INTO ?').run(target);
  } finally {
    db.close();
  }
  return [{ path: LEDGER, ...(await factsOf(target)) }];
}

export async function backUpFolders(places: Places, folder: string): Promise<BackupFile[]> {
  const files = await backUpLedger(places, folder);
  for (const [name, source] of copied(places)) {
    for (const path of await filesBelow(source)) {
      const facts = await copyHashed(join(source, path), join(folder, name, path));
      files.push({ path: `${name}/${path.replaceAll('\\', '/')}`, ...facts });
    }
  }
  return files;
}

/** What a restore would overwrite or mix with, by path; a folder that is the same already is none. */
export async function conflictsOf(places: Places, { files }: Manifest): Promise<string[]> {
  const conflicts: string[] = [];
  const ledger = join(places.dataFolder, LEDGER);
  if (files.some(({ path }) => path === LEDGER) && existsSync(ledger)) conflicts.push(ledger);
  for (const [name, target] of copied(places)) {
    const kept = new Map(files.map(({ path, sha256 }) => [path, sha256]));
    for (const path of await filesBelow(target)) {
      const { sha256 } = await factsOf(join(target, path));
      if (kept.get(`${name}/${path}`) !== sha256) conflicts.push(join(target, path));
    }
  }
  return conflicts;
}

export async function restoreFolders(
  places: Places,
  folder: string,
  { files }: Manifest,
): Promise<void> {
  const targets = new Map(copied(places));
  for (const { path } of files) {
    if (path === LEDGER) {
      const target = join(places.dataFolder, LEDGER);
      // A log of the file before would be replayed into the new one.
      for (const log of ['-wal', '-shm']) await rm(target + log, { force: true });
      await copyHashed(join(folder, path), target);
      continue;
    }
    const [name = '', ...rest] = path.split('/');
    const target = targets.get(name);
    if (target === undefined) continue;
    const file = join(target, ...rest);
    await mkdir(dirname(file), { recursive: true });
    await copyHashed(join(folder, path), file);
  }
}
