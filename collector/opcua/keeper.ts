/** Keeps one session with a server up: opens it, notices its end, opens the next. */
import type { Logger } from 'pino';
import { AppError, isAppError, messageOf } from '../../domain/errors.ts';
import type { OpcuaConnection } from '../../registry/schema.ts';
import { type Backoff, createBackoff, LINK_BACKOFF } from '../backoff.ts';
import type { OpcuaSession } from './session.ts';

export interface KeeperOptions {
  readonly connection: OpcuaConnection;
  /** The shortest period of its meters. */
  readonly periodMs: number;
  readonly random: () => number;
  readonly logger: Logger;
  open(how: { signal: AbortSignal; onLost(reason: string): void }): Promise<OpcuaSession>;
  onOpened(session: OpcuaSession): void;
  /** Nothing that is known of the server holds any more. */
  onClosed(): void;
}

export interface SessionKeeper {
  readonly session: OpcuaSession | undefined;
  /** Why there is no session. */
  readonly failure: AppError;
  start(): void;
  /** The server has spoken: the next attempt, should one be needed, comes soon. */
  succeeded(): void;
  /** Ends the session; the next one follows. */
  end(reason: string): void;
  stop(): Promise<void>;
}

/** Servers that accept sessions only to drop them are not asked in a tight loop. */
const LASTING_MS = 1000;
/** However short the periods are, a server that is away is asked no more often than this allows. */
const LEAST_WAIT_MS = 500;

export function createSessionKeeper(options: KeeperOptions): SessionKeeper {
  const { connection, periodMs, random, logger } = options;
  const { id, endpoint } = connection;
  // Of a server that is back, half a period is lost to waiting at most: the other half is for connecting.
  const maxMs = Math.min(LINK_BACKOFF.maxMs, Math.max(LEAST_WAIT_MS, periodMs / 2));
  const firstMs = Math.min(LINK_BACKOFF.firstMs, maxMs);
  const away = createBackoff({ ...LINK_BACKOFF, firstMs, maxMs }, random);
  // What only a person can change is tried rarely: many wrong logins lock an account.
  const refused = createBackoff(LINK_BACKOFF, random);
  const stopping = new AbortController();
  /** Sessions that are being closed, which a frozen server delays; the next one does not wait. */
  const closing = new Set<Promise<void>>();
  let session: OpcuaSession | undefined;
  let failure = new AppError('opcua.connect', `${id}: not connected yet`, { connection: id });
  let endSession: (reason: string) => void = () => {};
  let wakeUp: () => void = () => {};
  let running: Promise<void> = Promise.resolve();

  function closeInBackground(ended: OpcuaSession): void {
    const closed = ended.close().catch((error: unknown) => {
      logger.warn(
        { event: 'opcua.close', bus: id, reason: messageOf(error) },
        'not closed cleanly',
      );
    });
    closing.add(closed);
    void closed.finally(() => closing.delete(closed));
  }

  /** One session from connecting to its end. */
  async function runSession(): Promise<void> {
    const ended = Promise.withResolvers<string>();
    endSession = ended.resolve;
    const opened = await options.open({ signal: stopping.signal, onLost: ended.resolve });
    session = opened;
    logger.info({ event: 'opcua.connected', bus: id, endpoint }, 'session open');
    options.onOpened(opened);
    const reason = stopping.signal.aborted ? 'stopped' : await ended.promise;
    session = undefined;
    failure = new AppError('opcua.silent', `${id}: ${reason}`, { connection: id, endpoint });
    options.onClosed();
    closeInBackground(opened);
    if (!stopping.signal.aborted)
      logger.warn({ event: 'opcua.lost', bus: id, endpoint, reason }, 'session lost');
  }

  /**
   * How long to wait is told by who could not: the network, or the server that knows us. A session
   * that lasted is followed by the next at once.
   */
  async function attempt(): Promise<Backoff | undefined> {
    const lastText = failure.message;
    const startMs = performance.now();
    try {
      await runSession();
      return performance.now() - startMs < LASTING_MS ? away : undefined;
    } catch (error) {
      failure = isAppError(error)
        ? error
        : new AppError('opcua.connect', `${id}: ${messageOf(error)}`, {}, { cause: error });
      if (failure.message !== lastText && !stopping.signal.aborted)
        logger.warn({ event: 'opcua.failed', bus: id, reason: failure.code }, failure.message);
      return failure.retryable ? away : refused;
    }
  }

  async function keepConnected(): Promise<void> {
    while (!stopping.signal.aborted) {
      const backoff = await attempt();
      if (stopping.signal.aborted) return;
      if (!backoff) continue;
      backoff.failed(performance.now());
      await pause(backoff.retryAtMs - performance.now());
    }
  }

  function pause(delayMs: number): Promise<void> {
    return new Promise((done) => {
      const timer = setTimeout(done, Math.max(0, delayMs));
      wakeUp = () => {
        clearTimeout(timer);
        done();
      };
    });
  }

  return {
    get session() {
      return session;
    },
    get failure() {
      return failure;
    },
    start() {
      running = keepConnected();
    },
    succeeded() {
      away.succeeded();
      refused.succeeded();
    },
    end: (reason) => endSession(reason),
    async stop() {
      stopping.abort();
      endSession('stopped');
      wakeUp();
      await running;
      await Promise.all(closing);
    },
  };
}
