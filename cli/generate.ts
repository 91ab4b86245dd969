/** Writes everything that is generated and committed; `--check` fails when it is out of date. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { renderDashboards } from '../dashboards/generate.ts';
import { renderReference } from './reference.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const checkOnly = process.argv.includes('--check');

const files = new Map([...renderDashboards(), ...renderReference()]);
let stale = 0;
for (const [path, content] of files) {
  const file = `${ROOT}${path}`;
  const current = read(file);
  if (current === content) continue;
  stale += 1;
  if (checkOnly) console.error(`${path} is out of date: run 'npm run generate'`);
  else {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    console.log(`wrote ${path}`);
  }
}
console.log(`${files.size} generated files, ${stale} ${checkOnly ? 'out of date' : 'written'}`);
if (checkOnly && stale > 0) process.exitCode = 1;

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
