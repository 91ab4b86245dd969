/** A registry changed under a running api: answers follow it, and a faulty one changes nothing but the log. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type JieyueProcess, startJieyue } from '../support/jieyue-process.ts';

const METER = 'baiyan-center-e';
const FILE = 'meters-electricity.yaml';

let folder = '';
let api: JieyueProcess;
let url = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jieyue-reload-api-'));
  await cp('registry/demo', join(folder, 'registry'), { recursive: true });
  api = startJieyue('api', {
    JIEYUE_DATA: join(folder, 'data'),
    JIEYUE_REGISTRY: join(folder, 'registry'),
    JIEYUE_PORT: '0',
  });
  url = String((await api.event('api.ready')).url);
});

afterAll(async () => {
  await api?.stop();
  await rm(folder, { recursive: true, force: true });
});

const file = () => join(folder, 'registry', FILE);
async function change(from: string | RegExp, to: string): Promise<void> {
  const text = await readFile(file(), 'utf8');
  const changed = text.replace(from, to);
  expect(changed).not.toBe(text);
  await writeFile(file(), changed);
}

async function answer(path: string) {
  const response = await fetch(`${url}${path}`, { signal: AbortSignal.timeout(10_000) });
  return { status: response.status, text: await response.text() };
}

it('answers by the registry as it is now', async () => {
  expect((await answer(`/api/meters/${METER}`)).text).not.toContain('总表（更名）');
  await change('白岩区综合办公楼总电表', '白岩区综合办公楼总表（更名）');
  await api.event('registry.reloaded');
  expect((await answer(`/api/meters/${METER}`)).text).toContain('总表（更名）');
});

it('keeps the one before when the new one has faults, and names them with their lines', async () => {
  await change('总表（更名）', '总表（再更名）');
  await api.event('registry.reloaded');
  await change(/profile: \S+/, 'profile: no-such-profile');
  const told = await api.event('registry.reload-failed');
  expect(told).toMatchObject({ count: 1, folder: join(folder, 'registry') });
  expect(String(told.faults)).toMatch(/meters-electricity\.yaml:\d+ .*no-such-profile/);
  expect((await answer(`/api/meters/${METER}`)).text).toContain('总表（再更名）');
  expect((await answer('/api/agencies')).status).toBe(200);
  expect((await answer('/api/health')).text).toContain('no-such-profile');
});

it('goes over to one that is only doubted, and names the doubts', async () => {
  const file = join(folder, 'registry', 'agencies.yaml');
  const sound = await readFile(file, 'utf8');
  await writeFile(file, sound.replace(/creditCode: "(.{17})."/, 'creditCode: "$1Y"'));
  await change('profile: no-such-profile', 'profile: schneider-iem3155');
  const told = await api.event('registry.reloaded');
  expect(String(told.warnings)).toMatch(/agencies\.yaml:\d+ .*the check digit \w after/);
  const health = (await answer('/api/health')).text;
  expect(health).toContain('"registryFaults":[]');
  expect(health).toContain('(GB 32100)');
  await writeFile(file, sound);
  expect(await api.event('registry.reloaded')).toMatchObject({ warnings: [] });
  expect((await answer('/api/health')).text).toContain('"registryWarnings":[]');
});

it('goes on with the next one that is valid', async () => {
  const demo = await readFile(join('registry', 'demo', FILE), 'utf8');
  await writeFile(file(), demo);
  await api.event('registry.reloaded');
  expect((await answer(`/api/meters/${METER}`)).text).toContain('白岩区综合办公楼总电表');
  expect((await answer('/api/health')).text).toContain('"registryFaults":[]');
});
