/** A command's turn at computing rows: one process does at a time, and a running api takes turns too. */
import { setTimeout } from 'node:timers/promises';
import { asWorker } from '../api/consumption/job.ts';
import type { RecomputeQueue } from '../api/consumption/queue.ts';
import { AppError } from '../domain/errors.ts';

const AGAIN_MS = 200;
/** Far longer than any turn of an api, which looks at the clock between batches. */
const PATIENCE_MS = 30 * 60_000;

/** @throws AppError `store.unavailable` when the other process goes on and on. */
export async function whenWorker(queue: RecomputeQueue, work: () => Promise<void>): Promise<void> {
  const untilMs = Date.now() + PATIENCE_MS;
  while (!(await asWorker(queue, Date.now, work))) {
    if (Date.now() > untilMs) {
      const minutes = PATIENCE_MS / 60_000;
      throw new AppError(
        'store.unavailable',
        `another process has been computing rows for ${minutes} min; try again when it is done`,
      );
    }
    await setTimeout(AGAIN_MS);
  }
}
