/** Keeps a dead unit from costing the others: after two failed cycles it is only probed, ever more rarely. */
import { createBackoff, UNIT_BACKOFF } from './backoff.ts';

const FAILURES_TO_OPEN = 2;

export interface Breaker {
  readonly isOpen: boolean;
  /** `poll` in full, `probe` with one small read, or leave it in peace (monotonic milliseconds). */
  advise(atMs: number): 'poll' | 'probe' | 'wait';
  failed(atMs: number): void;
  succeeded(): void;
}

export function createBreaker(random: () => number): Breaker {
  const backoff = createBackoff(UNIT_BACKOFF, random);
  let failures = 0;
  const isOpen = () => failures >= FAILURES_TO_OPEN;
  return {
    get isOpen() {
      return isOpen();
    },
    advise(atMs) {
      if (!isOpen()) return 'poll';
      return backoff.allows(atMs) ? 'probe' : 'wait';
    },
    failed(atMs) {
      failures += 1;
      if (isOpen()) backoff.failed(atMs);
    },
    succeeded() {
      failures = 0;
      backoff.succeeded();
    },
  };
}
