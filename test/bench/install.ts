/** How large an installation is: all packages, and those without the development ones. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Row } from './table.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const COMMAND_MS = 60_000;

function run(command: string, args: readonly string[]): string {
  const { stdout } = spawnSync(command, args, {
    cwd: ROOT,
    encoding: 'utf8',
    timeout: COMMAND_MS,
    maxBuffer: 64 * 1024 ** 2,
  });
  return stdout;
}

/** Megabytes of folders, each file counted once however the folders nest. */
function megabytes(folders: readonly string[]): number {
  const total = run('du', ['-skc', ...folders])
    .trim()
    .split('\n')
    .at(-1);
  return (Number.parseInt(total ?? '', 10) * 1024) / 1e6;
}

export function installRows(): Row[] {
  const listed = run('npm', ['ls', '--omit=dev', '--all', '--parseable']).trim().split('\n');
  const production = listed.filter((folder) => folder.includes('node_modules'));
  return [
    { what: 'installed, all packages', value: megabytes(['node_modules']), unit: 'MB' },
    { what: 'installed, production only', value: megabytes(production), unit: 'MB' },
    { what: 'packages, production only', value: production.length, unit: '' },
  ];
}
