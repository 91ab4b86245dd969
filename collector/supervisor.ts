/** Tells when a bus worker does nothing although it should: the last resort behind all its own deadlines. */
import type { ErrorCode } from '../domain/errors.ts';
import type { PollOutcome } from './source.ts';

export interface SupervisorOptions {
  /** Shortest and longest poll period on the bus. */
  readonly shortestMs: number;
  readonly longestMs: number;
  /** Least silence that is held against a worker. */
  readonly minSilenceMs: number;
}

export interface Supervisor {
  /** A meter is due. */
  due(atMs: number): void;
  settled(outcome: PollOutcome, atMs: number): void;
  /** Why the worker is to be rebuilt; its patience starts anew, doubled, at most an hour. */
  verdict(atMs: number): string | undefined;
}

const PERIODS = 3;
const MAX_PATIENCE_MS = 3_600_000;

/** Outcomes that came without the bus being asked. */
const UNASKED: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['unit.backoff', 'poll.skipped']);

/** `startMs` and all instants are monotonic. */
export function createSupervisor(options: SupervisorOptions, startMs: number): Supervisor {
  const { minSilenceMs } = options;
  const hangMs = Math.max(PERIODS * options.shortestMs, minSilenceMs);
  const fruitlessMs = Math.max(PERIODS * options.longestMs, minSilenceMs);
  /** Polls that have not ended, and since when there are any. */
  let open = 0;
  // Instants are fields: as variables of a closure each would be a new object with every poll.
  const since = { openMs: startMs, endedMs: startMs, goodMs: startMs };
  /** Polls that reached the bus in vain since the last value. */
  let attempts = 0;
  let rebuilds = 0;

  function patienceMs(baseMs: number): number {
    return Math.max(baseMs, Math.min(MAX_PATIENCE_MS, baseMs * 2 ** rebuilds));
  }

  function diagnose(atMs: number): string | undefined {
    const stillMs = atMs - Math.max(since.endedMs, since.openMs);
    if (open > 0 && stillMs > patienceMs(hangMs)) return 'no poll ends';
    const isFruitless = attempts > 0 && atMs - since.goodMs > patienceMs(fruitlessMs);
    return isFruitless ? 'no meter gives values' : undefined;
  }

  return {
    due(atMs) {
      if (open === 0) since.openMs = atMs;
      open += 1;
    },
    settled({ sample, error }, atMs) {
      open = Math.max(0, open - 1);
      if (error && UNASKED.has(error.code)) return;
      since.endedMs = atMs;
      attempts += 1;
      if (!sample) return;
      since.goodMs = atMs;
      attempts = 0;
      rebuilds = 0;
    },
    verdict(atMs) {
      const reason = diagnose(atMs);
      if (reason === undefined) return undefined;
      open = 0;
      attempts = 0;
      since.goodMs = atMs;
      rebuilds += 1;
      return reason;
    },
  };
}
