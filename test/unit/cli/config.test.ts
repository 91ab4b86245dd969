import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readConfig } from '../../../cli/config.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jieyue-config-'));
});
afterEach(() => rm(folder, { recursive: true }));

it.each(['sqlite', 'influx'])('how long data are kept reaches the store: %s', (kind) => {
  const env = { JIEYUE_DATA: folder, JIEYUE_STORE: kind };
  const days = { JIEYUE_KEEP_READINGS_DAYS: '400', JIEYUE_KEEP_ROLLUP_DAYS: '3650' };
  const retention = { readingDays: 400, rollupDays: 3650 };
  expect(readConfig({ ...env, ...days }).store).toMatchObject({ kind, retention });
  // The control: what is not said is left to the store.
  expect(readConfig(env).store.retention).toEqual({});
});

it('a number of days that is none is named, with all other faults', () => {
  const env = {
    JIEYUE_DATA: folder,
    JIEYUE_KEEP_READINGS_DAYS: '0',
    JIEYUE_KEEP_ROLLUP_DAYS: '2y',
  };
  expect(() => readConfig(env)).toThrow(
    /2 fault.*JIEYUE_KEEP_READINGS_DAYS.*found '0'.*JIEYUE_KEEP_ROLLUP_DAYS.*found '2y'/s,
  );
});
