/** Tells when the files of a registry (or profile) folder change: by notification where the system has it, and by looking in any case. */
import { watch as notify } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

export interface WatchOptions {
  readonly folder: string;
  /** Called once a change has settled. */
  onChange(): void;
  /** How long the folder must be left alone: an editor writes in several steps. */
  readonly settleMs?: number;
  /** Network folders and mounted secrets notify nobody. */
  readonly lookEveryMs?: number;
  /** Off in tests of the looking alone. */
  readonly notifications?: boolean;
}

/** Names, sizes and times of what the loader would read; a folder that cannot be read is a state too. */
async function fingerprint(folder: string): Promise<string> {
  try {
    const names = (await readdir(folder)).filter((name) => /\.(ya?ml|json)$/.test(name)).sort();
    const states = names.map(async (name) => {
      const { ino, size, mtimeMs } = await stat(join(folder, name));
      return `${name} ${ino} ${size} ${mtimeMs}`;
    });
    return (await Promise.all(states)).join('\n');
  } catch {
    return 'unreadable';
  }
}

/** Returns the function that ends the watch. */
export function watchRegistry(options: WatchOptions): () => void {
  const { folder, onChange, settleMs = 300, lookEveryMs = 5_000 } = options;
  let known: string | undefined;
  let isEnded = false;
  let settling: NodeJS.Timeout | undefined;

  async function look(): Promise<void> {
    const found = await fingerprint(folder);
    if (isEnded || found === known) return;
    const isFirst = known === undefined;
    known = found;
    if (!isFirst) settle();
  }

  /** Looks again until nothing has changed for a while. */
  function settle(): void {
    clearTimeout(settling);
    settling = setTimeout(async () => {
      const before = known;
      await look();
      if (!isEnded && known === before) onChange();
    }, settleMs);
  }

  void look();
  const looking = setInterval(look, lookEveryMs);
  looking.unref();
  const watcher = options.notifications === false ? undefined : startNotifier();

  function startNotifier() {
    try {
      // Without notifications (no inotify left, a network folder) the looking has to do.
      return notify(folder, { persistent: false }, () => void look()).on('error', () => undefined);
    } catch {
      return undefined;
    }
  }

  return () => {
    isEnded = true;
    clearTimeout(settling);
    clearInterval(looking);
    watcher?.close();
  };
}
