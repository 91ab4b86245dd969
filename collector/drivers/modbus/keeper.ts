/** Keeps a link usable: waits out a drain, reconnects with back-off, and says why when it may not yet. */
import { setTimeout as delay } from 'node:timers/promises';
import { AppError, isAppError } from '../../../domain/errors.ts';
import { type Backoff, createBackoff, LINK_BACKOFF } from '../../backoff.ts';
import type { ModbusLink } from './modbus-link.ts';

export interface LinkKeeper {
  /** Resolves when the link can be read. @throws AppError `link.refused` */
  ready(): Promise<void>;
  /** A reply came: the next loss starts the back-off anew. */
  succeeded(): void;
  /** The link was lost, or is given up because nobody behind it answers. */
  failed(cause: unknown): void;
  /** Closes the link for good: whoever waits for it gets no new one. */
  stop(): void;
}

export interface KeeperOptions {
  readonly random: () => number;
  /** Rest that the device wants after connecting. */
  readonly connectDelayMs: number;
}

/** A class, as there is one a link: see there. */
class Keeper implements LinkKeeper {
  readonly #link: ModbusLink;
  readonly #options: KeeperOptions;
  /** Most links are never lost. */
  #backoff: Backoff | undefined = undefined;
  #waiting: AppError | undefined = undefined;
  #isStopped = false;

  constructor(link: ModbusLink, options: KeeperOptions) {
    this.#link = link;
    this.#options = options;
  }

  async ready(): Promise<void> {
    const { connectDelayMs } = this.#options;
    await this.#link.quiet();
    if (this.#link.isOpen) return;
    // Closing ends a drain too, and with it this wait.
    if (this.#isStopped) throw new AppError('link.closed', 'stopped');
    if (this.#waiting && this.#backoff?.allows(performance.now()) === false) throw this.#waiting;
    try {
      await this.#link.connect();
      if (connectDelayMs > 0) await delay(connectDelayMs, undefined, { ref: false });
    } catch (error) {
      this.failed(error);
      throw error;
    }
  }

  succeeded(): void {
    if (!this.#waiting) return;
    this.#backoff?.succeeded();
    this.#waiting = undefined;
  }

  failed(cause: unknown): void {
    this.#link.close();
    this.#backoff ??= createBackoff(LINK_BACKOFF, this.#options.random);
    this.#backoff.failed(performance.now());
    const context = isAppError(cause) ? cause.context : {};
    const text = isAppError(cause, 'link.refused') ? cause.message : 'waiting to reconnect';
    this.#waiting = new AppError('link.refused', text, context, { cause });
  }

  stop(): void {
    this.#isStopped = true;
    this.#link.close();
  }
}

export function createLinkKeeper(link: ModbusLink, options: KeeperOptions): LinkKeeper {
  return new Keeper(link, options);
}
