/** One bus as the collector runs it: its source, rebuilt by the supervisor when it does nothing any more. */
import type { Logger } from 'pino';
import { AppError, messageOf } from '../domain/errors.ts';
import type { Connection, Meter } from '../registry/schema.ts';
import type { BusFigures, MeterFigures, MeterSource, PollOutcome } from './source.ts';
import { createSupervisor, noteDue, noteSettled, verdictOf } from './supervisor.ts';
import { within } from './within.ts';

export interface WorkerOptions {
  readonly connection: Connection;
  readonly meters: readonly Meter[];
  readonly open: (report: (outcome: PollOutcome) => void) => MeterSource;
  report(outcome: PollOutcome): void;
  readonly logger: Logger;
  /** Least silence after which the source is rebuilt although probes are due. */
  readonly rebuildAfterMs: number;
}

export interface Worker {
  readonly connection: Connection;
  readonly meters: readonly Meter[];
  start(): Promise<void>;
  poll(meterId: string): void;
  /** Asked now and then; rebuilds the source when it has to be. */
  supervise(): void;
  /** Part of the time since the call before that the bus was busy; nothing where that is not measured. */
  takeLoad(): number | undefined;
  /** Ends in bounded time, whatever the source does; nothing is reported afterwards. */
  stop(): Promise<void>;
  figures(): BusFigures;
  meterFigures(): readonly MeterFigures[];
}

const STOP_MS = 10_000;

/** @throws AppError `config.invalid` when the meters cannot be read this way. */
export function createWorker(options: WorkerOptions): Worker {
  const { connection, meters, logger } = options;
  const periodsMs = meters.map((meter) => meter.pollSeconds * 1000);
  const supervisor = createSupervisor(
    {
      shortestMs: Math.min(...periodsMs),
      longestMs: Math.max(...periodsMs),
      minSilenceMs: options.rebuildAfterMs,
    },
    performance.now(),
  );
  let source = openNext();
  let isStopped = false;
  let rebuilds = 0;
  let rebuilding: Promise<void> | undefined;
  let loadSince = { atMs: performance.now(), busyMs: 0 };

  /** A source that was given up may still report; nobody listens then. */
  function openNext(): MeterSource {
    const opened: MeterSource = options.open((outcome) => {
      if (opened !== source || isStopped) return;
      noteSettled(supervisor, outcome, performance.now());
      options.report(outcome);
    });
    return opened;
  }

  async function stopSource(): Promise<void> {
    const text = `${connection.id}: did not end within ${STOP_MS} ms`;
    const late = () => new AppError('link.closed', text, { connection: connection.id });
    await within(source.stop(), STOP_MS, late).catch((error: unknown) => {
      const reason = messageOf(error);
      logger.error({ event: 'bus.stop-failed', bus: connection.id, reason }, 'bus did not end');
    });
  }

  async function rebuild(reason: string): Promise<void> {
    rebuilds += 1;
    logger.error({ event: 'bus.rebuilt', bus: connection.id, reason, rebuilds }, 'bus is rebuilt');
    await stopSource();
    if (isStopped) return;
    try {
      source = openNext();
      loadSince = { atMs: performance.now(), busyMs: 0 };
      await source.start();
    } catch (error) {
      const cause = messageOf(error);
      logger.error({ event: 'bus.start-failed', bus: connection.id, reason: cause }, 'not rebuilt');
    }
  }

  return {
    connection,
    meters,
    start: () => source.start(),
    poll(meterId) {
      noteDue(supervisor, performance.now());
      source.poll(meterId);
    },
    supervise() {
      if (rebuilding || isStopped) return;
      const reason = verdictOf(supervisor, performance.now());
      if (reason === undefined) return;
      rebuilding = rebuild(reason).finally(() => {
        rebuilding = undefined;
      });
    },
    takeLoad() {
      const busyMs = source.figures().busy_ms;
      if (busyMs === undefined) return undefined;
      const since = loadSince;
      loadSince = { atMs: performance.now(), busyMs };
      const elapsedMs = loadSince.atMs - since.atMs;
      return elapsedMs > 0 ? Math.min(1, (busyMs - since.busyMs) / elapsedMs) : undefined;
    },
    async stop() {
      isStopped = true;
      await rebuilding;
      await stopSource();
    },
    figures: () => ({ ...source.figures(), rebuilds }),
    meterFigures: () => source.meterFigures?.() ?? [],
  };
}
