/** Whether the store may be tried now: closed after trouble, for as long as that trouble asks. */
import type { Logger } from 'pino';
import { isAppError, messageOf } from '../../domain/errors.ts';
import { createBackoff } from '../backoff.ts';

export type Trouble = 'none' | 'unavailable' | 'denied';

export interface GateOptions {
  readonly now: () => number;
  readonly random: () => number;
  readonly retryFirstMs: number;
  readonly retryMaxMs: number;
  readonly deniedProbeMs: number;
  readonly logger?: Pick<Logger, 'info' | 'warn' | 'error'> | undefined;
}

export interface Gate {
  readonly trouble: Trouble;
  /** Until the next attempt; 0 when it may be made now. */
  waitMs(): number;
  answered(): void;
  /** Nothing is given up, whatever the error is: the records stay in the spool. */
  failed(error: unknown): void;
}

export function createGate(options: GateOptions): Gate {
  const { now, random, retryFirstMs, retryMaxMs, deniedProbeMs, logger } = options;
  const backoff = createBackoff({ firstMs: retryFirstMs, maxMs: retryMaxMs, floor: 0 }, random);
  let trouble: Trouble = 'none';
  let retryAtMs = Number.NEGATIVE_INFINITY;

  /** Full jitter, but never before the instant the store itself asked for. */
  function backoffMs(error: unknown): number {
    backoff.failed(now());
    const asked = isAppError(error) ? error.context.retryAfterMs : undefined;
    return Math.max(backoff.retryAtMs - now(), typeof asked === 'number' ? asked : 0);
  }

  return {
    get trouble() {
      return trouble;
    },
    waitMs: () => Math.max(0, retryAtMs - now()),
    answered() {
      if (trouble !== 'none') {
        logger?.info({ event: 'store.available' }, 'the store takes data again');
      }
      trouble = 'none';
      retryAtMs = Number.NEGATIVE_INFINITY;
      backoff.succeeded();
    },
    failed(error) {
      const before = trouble;
      trouble = isAppError(error, 'store.denied') ? 'denied' : 'unavailable';
      retryAtMs = now() + (trouble === 'denied' ? deniedProbeMs : backoffMs(error));
      if (trouble === before) return;
      const context = { event: `store.${trouble}`, reason: messageOf(error) };
      if (trouble === 'denied') logger?.error(context, 'the store denies us; data is kept');
      else logger?.warn(context, 'the store is away; data is kept');
    },
  };
}
