/** One timer for many deadlines in a row: it is left running and looks for itself what is due. */

export interface DeadlineTimer {
  /** Calls back at or soon after this instant (`performance.now()` milliseconds); replaces an earlier one. */
  set(atMs: number): void;
  /** Nothing is due; the timer runs out by itself. */
  clear(): void;
  /** Lets go of the timer too. */
  stop(): void;
}

/** Setting and clearing cost two assignments while the timer that is running fires early enough. */
export function createDeadlineTimer(onDue: (nowMs: number) => void): DeadlineTimer {
  let timer: NodeJS.Timeout | undefined;
  let firesAtMs = 0;
  let dueAtMs = Number.POSITIVE_INFINITY;

  function fire(): void {
    timer = undefined;
    const nowMs = performance.now();
    if (dueAtMs === Number.POSITIVE_INFINITY) return;
    if (nowMs < dueAtMs) {
      arm(nowMs);
      return;
    }
    dueAtMs = Number.POSITIVE_INFINITY;
    onDue(nowMs);
  }

  function arm(nowMs: number): void {
    firesAtMs = dueAtMs;
    timer = setTimeout(fire, Math.max(1, Math.ceil(dueAtMs - nowMs)));
  }

  return {
    set(atMs) {
      dueAtMs = atMs;
      if (timer !== undefined && firesAtMs <= atMs) return;
      clearTimeout(timer);
      arm(performance.now());
    },
    clear() {
      dueAtMs = Number.POSITIVE_INFINITY;
    },
    stop() {
      dueAtMs = Number.POSITIVE_INFINITY;
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
