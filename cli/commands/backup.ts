/** `jieyue backup`: the store, the ledger and the registry into a folder that any engine can be restored from. */

import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import type { Command } from 'commander';
import { loadProfiles } from '../../collector/profile-files/load.ts';
import { AppError, messageOf } from '../../domain/errors.ts';
import { loadRegistry } from '../../registry/loader.ts';
import type { MeterLookup } from '../../store/checks.ts';
import { openStore } from '../../store/index.ts';
import { backUpFolders } from '../backup/folders.ts';
import { writeManifest } from '../backup/manifest.ts';
import { backUpStore } from '../backup/store.ts';
import { type Config, readConfig } from '../config.ts';
import { createProgress } from '../progress.ts';

/** Without a valid registry points lack their meters' building and carrier, and nothing else. */
async function metersOf({ registryFolder, profilesFolder }: Config): Promise<MeterLookup> {
  try {
    const { catalogue } = await loadProfiles(profilesFolder);
    return await loadRegistry(registryFolder, catalogue);
  } catch (error) {
    process.stderr.write(
      `登记库有误，照样备份 registry at fault, backed up as it is: ${messageOf(error)}\n`,
    );
    return { findAnyMeter: () => undefined };
  }
}

async function backup(folder: string): Promise<void> {
  if (existsSync(folder) && (await readdir(folder)).length > 0) {
    const message = `${folder} is not empty; a backup goes into a folder of its own`;
    throw new AppError('backup.invalid', message, { folder });
  }
  const config = readConfig();
  const madeAt = new Date().toISOString();
  const store = openStore(config.store, await metersOf(config));
  try {
    await store.init();
    const { engine } = await store.health();
    const progress = createProgress('备份 backup', process.stderr);
    const points = await backUpStore(store.archive, folder, progress);
    const files = [...points, ...(await backUpFolders(config, folder))];
    await writeManifest(folder, { madeAt, engine, files });
    const rows = points.reduce((sum, file) => sum + (file.rows ?? 0), 0);
    console.log(`${folder}: ${files.length} 个文件 files, ${rows} 行 rows, 来自 from ${engine}`);
  } finally {
    await store.close();
  }
}

export function define(command: Command): void {
  command.argument('<folder>', 'a new folder, or an empty one').action(backup);
}
