/** F21: SIGKILL under load; `npm run bench:reliability` kills fifty times. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { killAgainAndAgain } from '../bench-reliability/trials/kills.ts';

const SEED = 20_261_123;

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jieyue-kill-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('F21 keeps every acknowledged reading through kills, exactly once', async () => {
  const paths = { spoolPath: join(folder, 'spool.db'), storePath: join(folder, 'store.db') };
  const result = await killAgainAndAgain({ ...paths, rounds: 8, seed: SEED });
  console.log(`8 kills, seed ${SEED}:`, { ...result, lost: result.lost.length });
  expect(result).toMatchObject({ lost: [], twice: 0, left: 0 });
  expect(result.acknowledged).toBeGreaterThan(5_000);
});

it('F21 control: a spool in memory loses acknowledged readings, and this test sees it', async () => {
  const paths = { spoolPath: ':memory:', storePath: join(folder, 'store.db') };
  const { acknowledged, lost } = await killAgainAndAgain({ ...paths, rounds: 5, seed: SEED });
  console.log(`control in memory: ${acknowledged} acknowledged, ${lost.length} lost`);
  expect(lost.length).toBeGreaterThan(0);
});
