/** The committed files are what the builder makes: nobody edits JSON by hand, nobody forgets to generate. */
import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { renderDashboards } from '../../../dashboards/generate.ts';

const ROOT = new URL('../../../', import.meta.url);

/** Paths whose committed text is not the rendered one, and files nothing renders. */
async function drift(rendered: ReadonlyMap<string, string>): Promise<string[]> {
  const entries = await readdir(new URL('dashboards/json/', ROOT), { recursive: true });
  const committed = entries
    .filter((name) => name.endsWith('.json'))
    .map((name) => `dashboards/json/${name.replaceAll('\\', '/')}`);
  const differing: string[] = [];
  for (const [path, text] of rendered) {
    const found = committed.includes(path)
      ? await readFile(new URL(path, ROOT), 'utf8')
      : undefined;
    if (found !== text) differing.push(path);
  }
  return [...differing, ...committed.filter((path) => !rendered.has(path))];
}

describe('dashboards/json', () => {
  it('is what the builder renders (else: npm run generate)', async () => {
    expect(await drift(renderDashboards())).toEqual([]);
  });

  it('control: an edited, a missing and an orphaned file are told', async () => {
    const [first, ...rest] = renderDashboards();
    expect(first).toBeDefined();
    const [path = '', text = ''] = first ?? [];
    const changed = new Map([
      ...rest.slice(1),
      [path, `${text} `],
      ['dashboards/json/zh/new.json', '{}'],
    ]);
    expect(await drift(changed)).toEqual([path, 'dashboards/json/zh/new.json', rest[0]?.[0]]);
  });
});
