/** The demo's ledger: files of a folder in order of name, every fault of all of them by file and entry. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openLedger } from '../../../api/ledger/open.ts';
import { seedLedger } from '../../../cli/demo-ledger.ts';
import { demoRegistry } from '../../support/registry.ts';

const registry = await demoRegistry();
const NOW_MS = Date.parse('2026-11-24T04:00:00Z');
const fuel = (agency: string, litres: number) =>
  `{ agency: ${agency}, firstDay: 2026-01-01, lastDay: 2026-03-31, fuel: gasoline, litres: ${litres} }`;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jieyue-seed-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function seed(name: string, files: Readonly<Record<string, string>>) {
  const registryFolder = join(folder, name);
  await mkdir(`${registryFolder}-ledger`);
  for (const [file, text] of Object.entries(files)) {
    await writeFile(join(`${registryFolder}-ledger`, file), text);
  }
  const ledger = openLedger(':memory:', { now: () => NOW_MS });
  await seedLedger(ledger, { registry, registryFolder, now: () => NOW_MS });
  return ledger;
}

it('joins the files of a folder, one kind counted through all of them', async () => {
  const ledger = await seed('two', {
    'b.yaml': `vehicle-fuel:\n  - ${fuel('luming-zf', 20)}\n`,
    'a.yaml': `vehicle-fuel:\n  - ${fuel('luming-gaj', 10)}\ncertificate:\n  - { agency: luming-zf, title: saving-organ, issuedOn: 2024-01-01, expiresOn: +20d }\n`,
    'notes.txt': 'no ledger',
  });
  const fuels = ledger.entries('vehicle-fuel').map(({ id, body }) => [id, body.litres]);
  expect(fuels.sort()).toEqual([
    ['demo-vehicle-fuel-1', 10],
    ['demo-vehicle-fuel-2', 20],
  ]);
  expect(ledger.entries('certificate')[0]?.body.expiresOn).toBe('2026-12-14');
  ledger.close();
});

it('names every fault by file and entry, and writes nothing', async () => {
  const seeded = seed('wrong', {
    'a.yaml': `vehicle-fuel:\n  - ${fuel('luming-zf', 20)}\n  - ${fuel('nobody', 10)}\n`,
    'b.yaml': 'fuel:\n  - { agency: luming-zf }\n',
  });
  await expect(seeded).rejects.toMatchObject({
    context: {
      faults: [
        { path: 'b.yaml', found: 'fuel' },
        { path: expect.stringContaining('a.yaml vehicle-fuel[1]') },
      ],
    },
  });
});
