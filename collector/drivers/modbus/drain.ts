/** Waiting for a line to fall silent after a timeout. */

export interface Drain {
  readonly quietMs: number;
  readonly endAtMs: number;
  readonly isOver: Promise<void>;
  readonly done: () => void;
}

/** A line that does not fall silent within so many timeouts is reconnected. */
const MAX_DRAIN_TIMEOUTS = 3;

export function createDrain(timeoutMs: number, nowMs: number): Drain {
  const { promise: isOver, resolve: done } = Promise.withResolvers<void>();
  return { quietMs: timeoutMs, endAtMs: nowMs + timeoutMs * MAX_DRAIN_TIMEOUTS, isOver, done };
}
