/** What a server's clock says against ours: told once when it is off, and handed on as a second clock. */
import type { Logger } from 'pino';
import type { BusFigures } from '../source.ts';

export interface ServerClockOptions {
  readonly bus: string;
  readonly now: () => number;
  readonly logger: Logger;
  /** Told the server's time at each of its answers. */
  readonly otherClock: ((atMs: number) => void) | undefined;
}

export interface ServerClock {
  note(atMs: number): void;
  figures(): BusFigures;
}

const WARN_MS = 5000;

export function createServerClock(options: ServerClockOptions): ServerClock {
  const { bus, now, logger, otherClock } = options;
  let offsetMs: number | undefined;
  let isWarned = false;
  return {
    note(atMs) {
      otherClock?.(atMs);
      offsetMs = atMs - now();
      const isOff = Math.abs(offsetMs) > WARN_MS;
      if (isOff && !isWarned)
        logger.warn({ event: 'opcua.clock', bus, offsetMs }, 'its clock differs from ours');
      isWarned = isOff;
    },
    figures: () => (offsetMs === undefined ? {} : { clock_offset_ms: offsetMs }),
  };
}
