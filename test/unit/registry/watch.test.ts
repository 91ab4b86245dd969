/** Changes of the registry folder are told once each, with and without notifications of the system. */
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { watchRegistry } from '../../../registry/watch.ts';

let folder = '';
let end = () => {};
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jieyue-watch-'));
  await writeFile(join(folder, 'meters.yaml'), 'meters: []');
});
afterEach(async () => {
  end();
  await rm(folder, { recursive: true, force: true });
});

async function watched(options: { notifications: boolean; lookEveryMs: number }) {
  let changes = 0;
  const onChange = () => {
    changes += 1;
  };
  end = watchRegistry({ folder, onChange, settleMs: 60, ...options });
  // The first look only learns what is there.
  await delay(100);
  return () => changes;
}

describe.each([
  ['notified', { notifications: true, lookEveryMs: 60_000 }],
  ['looking', { notifications: false, lookEveryMs: 25 }],
])('%s', (_, options) => {
  it('tells a file written in several steps once', async () => {
    const changes = await watched(options);
    for (let step = 0; step < 4; step += 1) {
      await writeFile(join(folder, 'meters.yaml'), 'meters: []'.repeat(step + 2));
      await delay(10);
    }
    await expect.poll(changes, { timeout: 5000 }).toBe(1);
    await delay(200);
    expect(changes()).toBe(1);
  });

  it('tells a file that is put in place, added or removed', async () => {
    const changes = await watched(options);
    await writeFile(join(folder, 'next.tmp'), 'meters: [ ]');
    await rename(join(folder, 'next.tmp'), join(folder, 'meters.yaml'));
    await expect.poll(changes, { timeout: 5000 }).toBe(1);
    await writeFile(join(folder, 'more.yml'), 'meters: []');
    await expect.poll(changes, { timeout: 5000 }).toBe(2);
    await rm(join(folder, 'more.yml'));
    await expect.poll(changes, { timeout: 5000 }).toBe(3);
  });

  it('does not care for files the loader would not read', async () => {
    const changes = await watched(options);
    await writeFile(join(folder, 'notes.txt'), 'x');
    await delay(300);
    expect(changes()).toBe(0);
  });
});
