/** How long to wait before trying again: doubling, bounded, jittered so that many do not return at once. */

export interface BackoffOptions {
  readonly firstMs: number;
  readonly maxMs: number;
  /** Share of the wait that is not random: 0 is full jitter. */
  readonly floor: number;
}

/** Links and sessions: 1 s to 60 s, full jitter. */
export const LINK_BACKOFF: BackoffOptions = { firstMs: 1000, maxMs: 60_000, floor: 0 };

/** Units that do not answer: 10 s to 5 min. */
export const UNIT_BACKOFF: BackoffOptions = { firstMs: 10_000, maxMs: 300_000, floor: 0.5 };

export interface Backoff {
  /** Whether an attempt may be made at this instant (monotonic milliseconds). */
  allows(atMs: number): boolean;
  failed(atMs: number): void;
  succeeded(): void;
  readonly retryAtMs: number;
}

export function createBackoff(options: BackoffOptions, random: () => number): Backoff {
  const { firstMs, maxMs, floor } = options;
  let failures = 0;
  const backoff: Backoff & { retryAtMs: number } = {
    retryAtMs: 0,
    allows: (atMs) => atMs >= backoff.retryAtMs,
    failed(atMs) {
      const ceilingMs = Math.min(maxMs, firstMs * 2 ** Math.min(failures, 30));
      failures += 1;
      backoff.retryAtMs = atMs + ceilingMs * (floor + (1 - floor) * random());
    },
    succeeded() {
      failures = 0;
      backoff.retryAtMs = 0;
    },
  };
  return backoff;
}
