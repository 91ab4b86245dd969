/** Keeps a link usable: waits out a drain, reconnects with back-off, and says why when it may not yet. */
import { setTimeout as delay } from 'node:timers/promises';
import { AppError, isAppError } from '../../../domain/errors.ts';
import { type Backoff, createBackoff, LINK_BACKOFF } from '../../backoff.ts';
import type { ModbusLink } from './link.ts';

export interface LinkKeeper {
  /** Resolves when the link can be read. @throws AppError `link.refused` */
  ready(): Promise<void>;
  /** A reply came: the next loss starts the back-off anew. */
  succeeded(): void;
  /** The link was lost, or is given up because nobody behind it answers. */
  failed(cause: unknown): void;
}

export interface KeeperOptions {
  readonly random: () => number;
  /** Rest that the device wants after connecting. */
  readonly connectDelayMs: number;
}

export function createLinkKeeper(link: ModbusLink, options: KeeperOptions): LinkKeeper {
  const { random, connectDelayMs } = options;
  /** Most links are never lost. */
  let backoff: Backoff | undefined;
  let waiting: AppError | undefined;

  function failed(cause: unknown): void {
    link.close();
    backoff ??= createBackoff(LINK_BACKOFF, random);
    backoff.failed(performance.now());
    const context = isAppError(cause) ? cause.context : {};
    const text = isAppError(cause, 'link.refused') ? cause.message : 'waiting to reconnect';
    waiting = new AppError('link.refused', text, context, { cause });
  }

  return {
    async ready() {
      await link.quiet();
      if (link.isOpen) return;
      if (waiting && backoff?.allows(performance.now()) === false) throw waiting;
      try {
        await link.connect();
        if (connectDelayMs > 0) await delay(connectDelayMs, undefined, { ref: false });
      } catch (error) {
        failed(error);
        throw error;
      }
    },
    succeeded() {
      if (!waiting) return;
      backoff?.succeeded();
      waiting = undefined;
    },
    failed,
  };
}
