/** Meters due for reading: one request under way at a time, and those due meanwhile share the next. */

export interface ReadQueue {
  /** False when the meter is still waiting or being read. */
  add(meterId: string): boolean;
}

/** `work` must not throw. */
export function createReadQueue(work: (meterIds: readonly string[]) => Promise<void>): ReadQueue {
  let waiting = new Set<string>();
  let reading: ReadonlySet<string> = new Set();

  async function drain(): Promise<void> {
    while (waiting.size > 0) {
      reading = waiting;
      waiting = new Set();
      await work([...reading]);
    }
    reading = new Set();
  }

  return {
    add(meterId) {
      if (waiting.has(meterId) || reading.has(meterId)) return false;
      const isIdle = waiting.size === 0 && reading.size === 0;
      waiting.add(meterId);
      // Those due at the same instant go together.
      if (isIdle) setImmediate(() => void drain());
      return true;
    },
  };
}
