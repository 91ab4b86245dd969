/** Reads a folder of YAML files into a registry, or tells every fault in it at once. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../domain/errors.ts';
import { formatFault, type RegistryFault } from './fault.ts';
import { checkWhole } from './plausibility.ts';
import type { ProfileCatalogue } from './profile-facts.ts';
import { createRegistry, type Registry } from './registry.ts';
import { type RegistrySource, readSource } from './source.ts';

/** Warnings are of what may be wrong: they are told, and refuse nothing. */
export type LoadOutcome = { readonly warnings: readonly RegistryFault[] } & (
  | { readonly registry: Registry; readonly faults: readonly [] }
  | { readonly registry: undefined; readonly faults: readonly RegistryFault[] }
);

function byPlace(a: RegistryFault, b: RegistryFault): number {
  return a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1;
}

/** Builds a registry from files already read. Files that do not parse are left out of the whole-checks. */
export function assemble(
  sources: readonly RegistrySource[],
  profiles: ProfileCatalogue,
): LoadOutcome {
  const { content, faults, ...checked } = checkWhole(sources, profiles);
  const warnings = checked.warnings.sort(byPlace);
  const all = [...sources.flatMap((source) => source.faults), ...faults].sort(byPlace);
  if (all.length > 0 || content === undefined)
    return { registry: undefined, faults: all, warnings };
  return { registry: createRegistry(content, profiles, warnings), faults: [], warnings };
}

/** Reads every `.yaml` file of a folder, in name order. */
export async function readRegistry(
  folder: string,
  profiles: ProfileCatalogue,
): Promise<LoadOutcome> {
  const names = (await readdir(folder)).filter((name) => /\.ya?ml$/.test(name)).sort();
  if (names.length === 0) {
    const found = 'no .yaml file';
    return {
      registry: undefined,
      warnings: [],
      faults: [{ file: folder, line: 1, path: '(folder)', expected: 'registry files', found }],
    };
  }
  const sources = await Promise.all(
    names.map(async (name) => readSource(name, await readFile(join(folder, name), 'utf8'))),
  );
  return assemble(sources, profiles);
}

/**
 * The registry of a folder.
 * @throws AppError `registry.invalid` whose message lists all faults, one a line.
 */
export async function loadRegistry(folder: string, profiles: ProfileCatalogue): Promise<Registry> {
  const { registry, faults } = await readRegistry(folder, profiles);
  if (registry) return registry;
  const lines = faults.map((fault) => `  ${formatFault(fault)}`).join('\n');
  throw new AppError(
    'registry.invalid',
    `the registry in ${folder} has ${faults.length} fault(s):\n${lines}`,
    {
      folder,
      faults: faults.length,
    },
  );
}
