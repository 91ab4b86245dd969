/** Keeps a dead unit from costing the others: after two failed cycles it is only probed, ever more rarely. */
import { type Backoff, createBackoff, UNIT_BACKOFF } from './backoff.ts';

const FAILURES_TO_OPEN = 2;

export interface Breaker {
  readonly isOpen: boolean;
  /** `poll` in full, `probe` with one small read, or leave it in peace (monotonic milliseconds). */
  advise(atMs: number): 'poll' | 'probe' | 'wait';
  failed(atMs: number): void;
  succeeded(): void;
}

export function createBreaker(random: () => number): Breaker {
  /** Most units never need one. */
  let backoff: Backoff | undefined;
  let failures = 0;
  const breaker: Breaker & { isOpen: boolean } = {
    isOpen: false,
    advise(atMs) {
      if (!breaker.isOpen) return 'poll';
      return backoff?.allows(atMs) === false ? 'wait' : 'probe';
    },
    failed(atMs) {
      failures += 1;
      breaker.isOpen = failures >= FAILURES_TO_OPEN;
      if (!breaker.isOpen) return;
      backoff ??= createBackoff(UNIT_BACKOFF, random);
      backoff.failed(atMs);
    },
    succeeded() {
      if (failures === 0) return;
      failures = 0;
      breaker.isOpen = false;
      backoff?.succeeded();
    },
  };
  return breaker;
}
