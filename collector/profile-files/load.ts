/** Profiles a site adds: YAML or JSON files of the shipped shape in a folder of its own, no code touched. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError, messageOf } from '../../domain/errors.ts';
import { formatFault, type RegistryFault } from '../../registry/fault.ts';
import type { ProfileCatalogue } from '../../registry/profile-facts.ts';
import { formatPath, readYaml, type YamlFile } from '../../registry/yaml.ts';
import type { MeterProfile } from '../profile.ts';
import { catalogueOf } from '../profile-facts.ts';
import { PROFILES } from '../profiles/index.ts';
import { lintProfile, type ProfileFault } from './lint.ts';
import { profileSchema } from './schema.ts';
import { styleOfProfile } from './style.ts';

/** Everything that can be polled here: shipped profiles and the site's. */
export interface LoadedProfiles {
  readonly profiles: ReadonlyMap<string, MeterProfile>;
  /** What the registry and the api may know of them. */
  readonly catalogue: ProfileCatalogue;
}

function placed(source: YamlFile<MeterProfile>, faults: readonly ProfileFault[]): RegistryFault[] {
  return faults.map(({ at, ...fault }) => ({ ...source.placeOf(at), ...fault }));
}

async function profileFiles(folder: string): Promise<YamlFile<MeterProfile>[]> {
  try {
    const names = (await readdir(folder)).filter((name) => /\.(ya?ml|json)$/.test(name)).sort();
    return await Promise.all(
      names.map(async (name) =>
        readYaml(name, await readFile(join(folder, name), 'utf8'), profileSchema),
      ),
    );
  } catch (error) {
    throw new AppError(
      'config.invalid',
      `profiles: expected a readable folder, found ${folder}: ${messageOf(error)}`,
      { folder },
      { cause: error },
    );
  }
}

/** A site cannot take the name of a shipped profile: two maps under one name could not be told apart. */
function takenIds(sources: readonly YamlFile<MeterProfile>[]): RegistryFault[] {
  const owners = new Map(PROFILES.map(({ id }) => [id, 'a shipped profile']));
  return sources.flatMap((source) => {
    const { content, file } = source;
    if (!content) return [];
    const owner = owners.get(content.id);
    owners.set(content.id, owner ?? file);
    if (owner === undefined) return [];
    const expected = `an id of its own (${owner} has it)`;
    return placed(source, [{ at: ['id'], expected, found: `'${content.id}'` }]);
  });
}

function faultsOf(sources: readonly YamlFile<MeterProfile>[]): RegistryFault[] {
  const inside = sources.flatMap((source) => [
    ...source.faults,
    ...(source.content ? placed(source, lintProfile(source.content)) : []),
  ]);
  return [...inside, ...takenIds(sources)];
}

/**
 * The shipped profiles and those in a folder.
 * @throws AppError `config.invalid` whose message lists all faults of all files, one a line.
 */
export async function loadProfiles(folder?: string): Promise<LoadedProfiles> {
  const sources = folder === undefined ? [] : await profileFiles(folder);
  const faults = faultsOf(sources);
  if (faults.length > 0) {
    const lines = faults.map((fault) => `  ${formatFault(fault)}`).join('\n');
    throw new AppError(
      'config.invalid',
      `the profiles in ${folder} have ${faults.length} fault(s):\n${lines}`,
      { folder, faults: faults.length },
    );
  }
  const own = sources.flatMap(({ content }) => (content ? [content] : []));
  const profiles = new Map([...PROFILES, ...own].map((profile) => [profile.id, profile]));
  return { profiles, catalogue: catalogueOf(profiles.values()) };
}

/** Faults and departures from the house style of the shipped profiles and of a folder. */
export async function lintProfiles(
  folder?: string,
): Promise<{ readonly checked: number; readonly faults: readonly RegistryFault[] }> {
  const shipped = PROFILES.flatMap((profile) =>
    [...lintProfile(profile), ...styleOfProfile(profile)].map(({ at, ...fault }) => ({
      file: `${profile.id}.ts`,
      line: 1,
      path: formatPath(at),
      ...fault,
    })),
  );
  const sources = folder === undefined ? [] : await profileFiles(folder);
  const style = sources.flatMap((source) =>
    // The schema puts keys into its own order; style is about how they were written.
    source.content ? placed(source, styleOfProfile(source.raw as MeterProfile)) : [],
  );
  return {
    checked: PROFILES.length + sources.length,
    faults: [...shipped, ...faultsOf(sources), ...style],
  };
}
