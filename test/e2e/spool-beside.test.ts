/** `jieyue spool` beside a collector that runs: what the store refused is sent again without stopping anything. */
import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inspectSpool } from '../../collector/spool/inspect.ts';
import { openSpool } from '../../collector/spool.ts';
import { type Collecting, type Park, startCollecting, startPark } from '../support/collecting.ts';
import { reading } from '../support/records.ts';

const MAIN = fileURLToPath(new URL('../../cli/main.ts', import.meta.url));

let park: Park;
let collecting: Collecting;
let path = '';

beforeAll(async () => {
  park = await startPark(['tcp-luming']);
  path = join(park.folder, 'data', 'spool.db');
  await mkdir(join(park.folder, 'data'));
  const spool = openSpool({ path });
  const meter = park.meters[0]?.id ?? '';
  spool.quarantine(
    [reading(1, meter), reading(2, meter), reading(3, meter)],
    'refused for a while',
  );
  await spool.close();
  collecting = await startCollecting(park);
});

afterAll(async () => {
  await collecting?.stop();
  await park?.stop();
});

function jieyue(...args: string[]) {
  const env = { ...process.env, JIEYUE_DATA: join(park.folder, 'data') };
  return promisify(execFile)(process.execPath, [MAIN, ...args], { env });
}

it('has the collector put quarantined records back, and sees them reach the store', async () => {
  expect(inspectSpool(path).quarantined).toBe(3);
  const { stdout } = await jieyue('spool', 'quarantine', 'requeue', '2');
  expect(stdout).toMatch(/^1 records wait for the store; the collector brings them/);
  expect(await collecting.event('spool.requeued')).toMatchObject({ records: 1 });
  expect((await jieyue('spool', 'quarantine', 'requeue')).stdout).toMatch(/^2 /);
  const drained = await jieyue('spool', 'drain', '--seconds', '60');
  expect(drained.stdout).toMatch(/settled by the collector that runs, 0 of them quarantined/);
  expect(inspectSpool(path).quarantined).toBe(0);
  expect(await collecting.metric('jieyue_collector_writer_rejected_writes_total')).toBe(0);
});
