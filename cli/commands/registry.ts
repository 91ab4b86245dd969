/** `jieyue registry`: the whole registry as a workbook, and a filled-in workbook as a folder of YAML files. */

import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { loadProfiles } from '../../collector/profile-files/load.ts';
import { AppError, messageOf } from '../../domain/errors.ts';
import { loadRegistry } from '../../registry/loader.ts';
import { exportRegistry } from '../../registry/workbook/export.ts';
import { importRegistry } from '../../registry/workbook/import.ts';
import { formatWorkbookFault } from '../../registry/workbook/words.ts';
import { readConfig } from '../config.ts';

async function exportFile(file: string): Promise<void> {
  const { registryFolder, profilesFolder } = readConfig();
  const { catalogue } = await loadProfiles(profilesFolder);
  const { written } = await loadRegistry(registryFolder, catalogue);
  await writeFile(file, await exportRegistry(written));
  console.log(`已导出 exported ${written.meters.length} 表计 meters: ${file}`);
}

/** What a folder holds already would be part of the registry too. */
async function refuseUnlessEmpty(folder: string): Promise<void> {
  const found = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    const text = `expected a new folder, or an empty one, found ${folder}: ${messageOf(error)}`;
    throw new AppError('config.invalid', text, { folder });
  });
  if (found.length === 0) return;
  const text = `expected a new folder, or an empty one, found ${folder} with ${found[0]} in it`;
  throw new AppError('config.invalid', text, { folder, found: found.length });
}

async function contentOf(file: string): Promise<Buffer> {
  return readFile(file).catch((cause: unknown) => {
    const text = `${file}: expected a readable file, found ${messageOf(cause)}`;
    throw new AppError('config.invalid', text, { file }, { cause });
  });
}

/** All files or none: they are put together beside the folder and take its place at once. */
async function writeAll(folder: string, files: ReadonlyMap<string, string>): Promise<void> {
  const parent = dirname(resolve(folder));
  await mkdir(parent, { recursive: true });
  const draft = `${resolve(folder)}.draft-${process.pid}`;
  await mkdir(draft);
  try {
    for (const [name, text] of files) await writeFile(join(draft, name), text);
    await rename(draft, folder);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
}

async function importFile(file: string, folder: string): Promise<void> {
  const { profilesFolder } = readConfig();
  const { catalogue } = await loadProfiles(profilesFolder);
  await refuseUnlessEmpty(folder);
  const outcome = await importRegistry(await contentOf(file), catalogue);
  for (const doubt of outcome.warnings)
    console.error(`警告 warning: ${formatWorkbookFault(doubt)}`);
  if (!outcome.registry) {
    for (const fault of outcome.faults) console.error(formatWorkbookFault(fault));
    console.error(
      `${file}: ${outcome.faults.length} 处错误，未写入任何文件 fault(s), nothing was written`,
    );
    process.exitCode = 1;
    return;
  }
  await writeAll(folder, outcome.files);
  const { meters } = outcome.registry;
  console.log(
    `已写入 wrote ${outcome.files.size} 文件 files, ${meters.length} 表计 meters: ${folder}`,
  );
}

export function define(command: Command): void {
  command
    .command('export')
    .argument('<file>', 'an .xlsx file')
    .description('the whole registry, a sheet a section; empty sheets are forms to fill in')
    .action(exportFile);
  command
    .command('import')
    .argument('<file>', 'an .xlsx file as exported')
    .argument('<folder>', 'a new folder, or an empty one')
    .description('a workbook as YAML files, or every fault by sheet and cell and no file')
    .action(importFile);
}
