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

/** A class, as there is one a unit: functions made for each would be kilobytes. */
class UnitBreaker implements Breaker {
  isOpen = false;
  #failures = 0;
  readonly #random: () => number;
  /** Most units never need one. */
  #backoff: Backoff | undefined = undefined;

  constructor(random: () => number) {
    this.#random = random;
  }

  advise(atMs: number): 'poll' | 'probe' | 'wait' {
    if (!this.isOpen) return 'poll';
    return this.#backoff?.allows(atMs) === false ? 'wait' : 'probe';
  }

  failed(atMs: number): void {
    this.#failures += 1;
    this.isOpen = this.#failures >= FAILURES_TO_OPEN;
    if (!this.isOpen) return;
    this.#backoff ??= createBackoff(UNIT_BACKOFF, this.#random);
    this.#backoff.failed(atMs);
  }

  succeeded(): void {
    if (this.#failures === 0) return;
    this.#failures = 0;
    this.isOpen = false;
    this.#backoff?.succeeded();
  }
}

export function createBreaker(random: () => number): Breaker {
  return new UnitBreaker(random);
}
