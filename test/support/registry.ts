/** The demo registry, and small ones written inline. */
import { fileURLToPath } from 'node:url';
import { PROFILE_CATALOGUE } from '../../collector/profile-facts.ts';
import { assemble, type LoadOutcome, loadRegistry } from '../../registry/loader.ts';
import type { Registry } from '../../registry/registry.ts';
import { readSource } from '../../registry/source.ts';

const DEMO = fileURLToPath(new URL('../../registry/demo', import.meta.url));

export function demoRegistry(): Promise<Registry> {
  return loadRegistry(DEMO, PROFILE_CATALOGUE);
}

/** A registry from file texts by name. */
export function registryOf(files: Readonly<Record<string, string>>): LoadOutcome {
  const sources = Object.entries(files).map(([file, text]) => readSource(file, text, {}));
  return assemble(sources, PROFILE_CATALOGUE);
}
