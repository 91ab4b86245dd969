/** One registry file as read: its parsed content, and the line of every node in it. */
import { type RegistryFile, registryFile } from './schema.ts';
import { readYaml, type YamlFile } from './yaml.ts';

export type RegistrySource = YamlFile<RegistryFile>;

const ENVIRONMENT_PATTERN = /\$\{([A-Z][A-Z0-9_]*)(?::-([^}]*))?\}/g;

/** Replaces `${NAME:-default}` so that one registry serves a laptop and a container. */
function expandEnvironment(text: string, environment: NodeJS.ProcessEnv): string {
  return text.replace(
    ENVIRONMENT_PATTERN,
    (_, name, fallback) => environment[name] ?? fallback ?? '',
  );
}

/** Parses and checks one file; every fault carries its line. */
export function readSource(
  file: string,
  text: string,
  environment: NodeJS.ProcessEnv = process.env,
): RegistrySource {
  return readYaml(file, expandEnvironment(text, environment), registryFile);
}
