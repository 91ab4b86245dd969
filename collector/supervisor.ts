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
  readonly hangMs: number;
  readonly fruitlessMs: number;
  /** Polls that have not ended, and since when there are any. */
  open: number;
  openMs: number;
  endedMs: number;
  goodMs: number;
  /** Polls that reached the bus in vain since the last value. */
  attempts: number;
  rebuilds: number;
}

const PERIODS = 3;
const MAX_PATIENCE_MS = 3_600_000;

/** Outcomes that came without the bus being asked. */
const UNASKED: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['unit.backoff', 'poll.skipped']);

/** `startMs` and all instants are monotonic. */
export function createSupervisor(options: SupervisorOptions, startMs: number): Supervisor {
  const { shortestMs, longestMs, minSilenceMs } = options;
  return {
    hangMs: Math.max(PERIODS * shortestMs, minSilenceMs),
    fruitlessMs: Math.max(PERIODS * longestMs, minSilenceMs),
    open: 0,
    openMs: startMs,
    endedMs: startMs,
    goodMs: startMs,
    attempts: 0,
    rebuilds: 0,
  };
}

function patienceMs({ rebuilds }: Supervisor, baseMs: number): number {
  return Math.max(baseMs, Math.min(MAX_PATIENCE_MS, baseMs * 2 ** rebuilds));
}

function diagnose(supervisor: Supervisor, atMs: number): string | undefined {
  const { open, openMs, endedMs, goodMs, attempts, hangMs, fruitlessMs } = supervisor;
  const stillMs = atMs - Math.max(endedMs, openMs);
  if (open > 0 && stillMs > patienceMs(supervisor, hangMs)) return 'no poll ends';
  const isFruitless = attempts > 0 && atMs - goodMs > patienceMs(supervisor, fruitlessMs);
  return isFruitless ? 'no meter gives values' : undefined;
}

/** A meter is due. */
export function noteDue(supervisor: Supervisor, atMs: number): void {
  if (supervisor.open === 0) supervisor.openMs = atMs;
  supervisor.open += 1;
}

export function noteSettled(supervisor: Supervisor, outcome: PollOutcome, atMs: number): void {
  const { sample, error } = outcome;
  supervisor.open = Math.max(0, supervisor.open - 1);
  if (error && UNASKED.has(error.code)) return;
  supervisor.endedMs = atMs;
  supervisor.attempts += 1;
  if (!sample) return;
  supervisor.goodMs = atMs;
  supervisor.attempts = 0;
  supervisor.rebuilds = 0;
}

/** Why the worker is to be rebuilt; its patience starts anew, doubled, at most an hour. */
export function verdictOf(supervisor: Supervisor, atMs: number): string | undefined {
  const reason = diagnose(supervisor, atMs);
  if (reason === undefined) return undefined;
  supervisor.open = 0;
  supervisor.attempts = 0;
  supervisor.goodMs = atMs;
  supervisor.rebuilds += 1;
  return reason;
}
