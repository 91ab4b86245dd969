/** Rounds of a job: one at a time, one more when asked meanwhile, none once it was stopped. */
import { expect, it } from 'vitest';
import { createJob } from '../../../api/job.ts';

const HOUR_MS = 3_600_000;
const logger = { error: () => {} };
/** Lets everything that waits for a promise go on. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

it('goes a round of its own soon after the running one, and none before it is started or after it is stopped', async () => {
  const ends: (() => void)[] = [];
  const job = createJob('test', () => new Promise<void>((resolve) => ends.push(resolve)), logger);
  job.soon();
  await settled();
  expect(ends).toHaveLength(0);
  job.start(HOUR_MS);
  job.soon();
  await settled();
  expect(ends).toHaveLength(1);
  ends[0]?.();
  await settled();
  expect(ends).toHaveLength(2);
  job.soon();
  const stopped = job.stop();
  ends[1]?.();
  await stopped;
  await settled();
  expect(ends).toHaveLength(2);
});
