/** The container image holds what runs, all of it and nothing else. */
import { builtinModules } from 'node:module';
import { dirname, join } from 'node:path/posix';
import { describe, expect, it } from 'vitest';
import { exists, text } from '../support/compose.ts';

/** What follows `from`, stands alone after `import`, or is imported when needed. */
const IMPORTS = /^(?:(?:import|export|\}) ?[^'\n]*from|import) '([^']+)';|\bimport\('([^']+)'\)/gm;

/** Files and packages reached from a file by its imports, lazy ones too, types apart. */
function reach(entry: string): { files: Set<string>; packages: Set<string> } {
  const files = new Set<string>();
  const packages = new Set<string>();
  const open = [entry];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (files.has(path)) continue;
    files.add(path);
    const code = text(path).replaceAll(/^(import|export) type [^;]*;/gm, '');
    for (const [, from, lazy] of code.matchAll(IMPORTS)) {
      const specifier = from ?? lazy ?? '';
      if (specifier.startsWith('.')) open.push(join(dirname(path), specifier));
      else packages.add(specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/'));
    }
  }
  return { files, packages };
}

describe('Dockerfile', () => {
  const dockerfile = text('Dockerfile');
  const allowed = text('.dockerignore')
    .split('\n')
    .flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : []));

  it('runs a pinned Node 24 as an ordinary user without development packages', () => {
    expect(dockerfile).toMatch(/^ARG NODE_IMAGE=node:24-[\w-]+$/m);
    expect(dockerfile).toContain('npm ci --omit=dev');
    expect(dockerfile.lastIndexOf('USER node')).toBeLessThan(dockerfile.indexOf('ENTRYPOINT'));
    expect(dockerfile.slice(dockerfile.indexOf('USER node'))).not.toContain('USER root');
    expect(dockerfile).toContain('ENTRYPOINT ["node", "cli/main.ts"]');
  });

  it('takes in what runs and nothing else', () => {
    expect(text('.dockerignore')).toMatch(/^\*$/m);
    for (const path of allowed) expect(exists(path), path).toBe(true);
    const folders = ['domain', 'registry', 'store', 'collector', 'api', 'web', 'simulators', 'cli'];
    expect(allowed).toEqual(
      expect.arrayContaining([...folders, 'package.json', 'package-lock.json']),
    );
    for (const path of ['test', 'data', 'secrets', 'dashboards'])
      expect(allowed).not.toContain(path);
  });

  it('has every file and package that the command line reaches', () => {
    const { files, packages } = reach('cli/main.ts');
    expect(files.size).toBeGreaterThan(50);
    const outside = [...files].filter((file) => !allowed.includes(file.split('/')[0] ?? ''));
    expect(outside).toEqual([]);
    const { dependencies } = JSON.parse(text('package.json'));
    const missing = [...packages].filter(
      (name) =>
        !(name in dependencies || name.startsWith('node:') || builtinModules.includes(name)),
    );
    expect(missing).toEqual([]);
  });

  it('control: a development tool reaches beyond both', () => {
    const { files, packages } = reach('cli/generate.ts');
    expect([...files].some((file) => file.startsWith('dashboards/'))).toBe(true);
    expect(packages).toContain('@grafana/schema');
  });
});
