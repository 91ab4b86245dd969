/** A token bucket: bisecting must not become an attack on the store. */
export interface Budget {
  /** Takes one if there is one. */
  take(): boolean;
  /** Until `tokens` are there again. */
  waitMs(tokens: number): number;
}

export function createBudget(perMinute: number, now: () => number): Budget {
  let tokens = perMinute;
  let atMs = now();
  const refill = () => {
    const nowMs = now();
    tokens = Math.min(perMinute, tokens + ((nowMs - atMs) / 60_000) * perMinute);
    atMs = nowMs;
  };
  return {
    take() {
      refill();
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
    waitMs(wanted) {
      refill();
      const missing = Math.min(wanted, perMinute) - tokens;
      return Math.max(0, (missing / perMinute) * 60_000);
    },
  };
}
