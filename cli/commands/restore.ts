/** `jieyue restore`: a backup into the configured store, ledger and registry, of whatever engine it is. */
import type { Command } from 'commander';
import { AppError } from '../../domain/errors.ts';
import { openStore } from '../../store/index.ts';
import { conflictsOf, restoreFolders } from '../backup/folders.ts';
import { checkBackup } from '../backup/manifest.ts';
import { heldBy, restoreStore } from '../backup/store.ts';
import { readConfig } from '../config.ts';
import { createProgress } from '../progress.ts';

async function restore(
  folder: string,
  { overwrite = false }: { readonly overwrite?: boolean },
): Promise<void> {
  const config = readConfig();
  const manifest = await checkBackup(folder, createProgress('检查 check', process.stderr));
  // What the backup itself does not say of a meter, a registry that is yet to be restored cannot.
  const store = openStore(config.store, { findAnyMeter: () => undefined });
  try {
    await store.init();
    const conflicts = await conflictsOf(config, manifest);
    if (!overwrite) {
      const held = await heldBy(store.archive);
      const faults = [
        ...held.map((name) => `the store holds ${name}`),
        ...conflicts.map((path) => `${path} is there and differs`),
      ];
      if (faults.length > 0) {
        const message = `not restored, nothing was changed; --overwrite does it all the same:\n  ${faults.join('\n  ')}`;
        throw new AppError('backup.invalid', message, { folder, faults });
      }
    }
    const { rows, expired } = await restoreStore(
      store.archive,
      { folder, files: manifest.files },
      {
        retention: config.store.retention,
        nowMs: Date.now(),
        onProgress: createProgress('恢复 restore', process.stderr),
      },
    );
    await restoreFolders(config, folder, manifest);
    console.log(`${rows} 行 rows 已恢复 restored, ${expired} 行 rows 超过保存期限 older than kept`);
    for (const path of conflicts) console.log(`${path}: 原有文件 was there before`);
  } finally {
    await store.close();
  }
}

export function define(command: Command): void {
  command
    .argument('<folder>', 'as made by backup, from whichever engine')
    .option('--overwrite', 'into a store, ledger or registry that is not empty')
    .action(restore);
}
