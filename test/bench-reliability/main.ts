/** `npm run bench:reliability`: the long trials, with seed, versions and goals; `--only name`, `--seed n`. */
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, release, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { within } from '../../collector/within.ts';
import { type Figure, formatFigures, type Trial } from './trial.ts';
import { TRIALS } from './trials.ts';

const SEED = 20_261_123;

const { values } = parseArgs({
  options: { only: { type: 'string', multiple: true }, seed: { type: 'string' } },
});
const seed = Number(values.seed ?? SEED);
const names = TRIALS.map(({ name }) => name);
const unknown = (values.only ?? []).filter((name) => !names.includes(name));
if (unknown.length > 0 || !Number.isInteger(seed)) {
  console.error(
    `expected --seed <whole number> and --only ${names.join(' | ')}, found ${unknown.join(', ') || values.seed}`,
  );
  process.exit(2);
}

async function figuresOf(trial: Trial): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), `jieyue-${trial.name}-`));
  try {
    const late = () => new Error(`not done in ${trial.mostMs / 1000} s`);
    return await within(trial.run({ seed, folder }), trial.mostMs, late);
  } catch (error) {
    return [{ what: String(error), value: '', goal: 'to finish', isMet: false }];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const load = () => loadavg()[0]?.toFixed(2);
console.log(
  `seed ${seed}, node ${process.version}, sqlite ${process.versions.sqlite}, ` +
    `linux ${release()}, ${availableParallelism()} cores, load ${load()}\n`,
);
let missed = 0;
for (const trial of TRIALS.filter(({ name }) => values.only?.includes(name) ?? true)) {
  const startedMs = performance.now();
  const figures = await figuresOf(trial);
  missed += figures.filter(({ isMet }) => !isMet).length;
  console.log(formatFigures(trial.name, figures));
  const tookS = Math.round((performance.now() - startedMs) / 1000);
  console.log(`${trial.name.padEnd(8)}  took ${tookS} s, load ${load()}\n`);
}
console.log(missed === 0 ? 'all goals met' : `${missed} missed`);
// A trial that ran out of time may hold sockets and children.
process.exit(missed === 0 ? 0 : 1);
