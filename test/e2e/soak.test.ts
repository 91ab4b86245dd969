/** F1–F10 switched at random for seconds; `npm run bench:reliability` does so for eight minutes. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { withLaxFraming } from '../bench-reliability/soak/lax.ts';
import { soak } from '../bench-reliability/trials/soak.ts';

const SEED = 20_261_123;
const QUICK = { seed: SEED, everyMs: 400, mostMs: 4000 };

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jieyue-soak-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('stores only values that the meters showed, and loses nothing of the healthy ones', async () => {
  const result = await soak({ ...QUICK, folder, durationMs: 15_000 });
  console.log(`soak, seed ${SEED}:`, { ...result, wrong: result.wrong.length });
  expect(result.wrong).toEqual([]);
  expect(result.healthyDue).toBeGreaterThan(500);
  // A busy machine may cost a poll; a second of stall would cost one of each.
  expect(result.healthyMissing / result.healthyDue).toBeLessThan(0.02);
  expect(result.brokenFrames).toBeGreaterThan(10);
  expect(result.timeouts).toBeGreaterThan(10);
});

it('control: a framing that checks nothing lets wrong values through, and they are seen', async () => {
  const result = await withLaxFraming(() => soak({ ...QUICK, folder, durationMs: 8_000 }));
  console.log(`control: ${result.wrong.length} wrong values in ${result.readings} readings`);
  expect(result.wrong.length).toBeGreaterThan(0);
});
