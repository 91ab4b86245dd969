/** Holds records back while the host's clock is in doubt: stored once it is confirmed, never when it is not. */
import type { CollectorRecord } from './recorder.ts';

export interface Withheld {
  add(record: CollectorRecord): void;
  /** Hands everything over, oldest first. */
  release(record: (record: CollectorRecord) => void): void;
  drop(): void;
  figures(): Record<string, number>;
}

/** Ten minutes of a thousand meters at one reading and one status a minute; the oldest go first. */
const MAX_RECORDS = 20_000;

export function createWithheld(maxRecords = MAX_RECORDS): Withheld {
  let held: CollectorRecord[] = [];
  let dropped = 0;
  return {
    add(record) {
      held.push(record);
      if (held.length <= maxRecords) return;
      // A tenth at a time, so that not every further record moves the whole list.
      dropped += held.splice(0, Math.ceil(maxRecords / 10)).length;
    },
    release(record) {
      const released = held;
      held = [];
      for (const one of released) record(one);
    },
    drop() {
      dropped += held.length;
      held = [];
    },
    figures: () => ({ withheld: held.length, withheld_dropped: dropped }),
  };
}
