/** One bus as the collector runs it: its source, rebuilt by the supervisor when it does nothing any more. */
import type { Logger } from 'pino';
import { AppError, messageOf } from '../domain/errors.ts';
import type { Connection, Meter } from '../registry/schema.ts';
import type { SourceRequest } from './open-source.ts';
import type { BusFigures, MeterFigures, MeterSource, PollOutcome } from './source.ts';
import {
  createSupervisor,
  noteDue,
  noteSettled,
  type Supervisor,
  verdictOf,
} from './supervisor.ts';
import { within } from './within.ts';

export interface WorkerOptions {
  readonly connection: Connection;
  readonly meters: readonly Meter[];
  /** What all workers share. */
  readonly context: WorkerContext;
}

export interface WorkerContext {
  open(request: SourceRequest): MeterSource;
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

/** A class, as there may be thousands: functions made for each would be kilobytes a bus. */
class BusWorker implements Worker {
  readonly connection: Connection;
  readonly meters: readonly Meter[];
  readonly #context: WorkerContext;
  readonly #supervisor: Supervisor;
  #source: MeterSource;
  #isStopped = false;
  #rebuilds = 0;
  #rebuilding: Promise<void> | undefined = undefined;
  #loadSinceMs = performance.now();
  #loadSinceBusyMs = 0;

  constructor({ connection, meters, context }: WorkerOptions) {
    const periodsMs = meters.map((meter) => meter.pollSeconds * 1000);
    this.connection = connection;
    this.meters = meters;
    this.#context = context;
    this.#supervisor = createSupervisor(
      {
        shortestMs: Math.min(...periodsMs),
        longestMs: Math.max(...periodsMs),
        minSilenceMs: context.rebuildAfterMs,
      },
      performance.now(),
    );
    this.#source = this.#openNext();
  }

  start(): Promise<void> {
    return this.#source.start();
  }

  poll(meterId: string): void {
    noteDue(this.#supervisor, performance.now());
    this.#source.poll(meterId);
  }

  supervise(): void {
    if (this.#rebuilding || this.#isStopped) return;
    const reason = verdictOf(this.#supervisor, performance.now());
    if (reason === undefined) return;
    this.#rebuilding = this.#rebuild(reason).finally(() => {
      this.#rebuilding = undefined;
    });
  }

  takeLoad(): number | undefined {
    const busyMs = this.#source.figures().busy_ms;
    if (busyMs === undefined) return undefined;
    const [sinceMs, sinceBusyMs] = [this.#loadSinceMs, this.#loadSinceBusyMs];
    this.#loadSinceMs = performance.now();
    this.#loadSinceBusyMs = busyMs;
    const elapsedMs = this.#loadSinceMs - sinceMs;
    return elapsedMs > 0 ? Math.min(1, (busyMs - sinceBusyMs) / elapsedMs) : undefined;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#rebuilding;
    await this.#stopSource();
  }

  figures(): BusFigures {
    return { ...this.#source.figures(), rebuilds: this.#rebuilds };
  }

  meterFigures(): readonly MeterFigures[] {
    return this.#source.meterFigures?.() ?? [];
  }

  /** A source that was given up may still report; nobody listens then. */
  #openNext(): MeterSource {
    const { connection, meters } = this;
    const { open, report } = this.#context;
    const opened: MeterSource = open({
      connection,
      meters,
      report: (outcome) => {
        if (opened !== this.#source || this.#isStopped) return;
        noteSettled(this.#supervisor, outcome, performance.now());
        report(outcome);
      },
    });
    return opened;
  }

  async #stopSource(): Promise<void> {
    const { id } = this.connection;
    const text = `${id}: did not end within ${STOP_MS} ms`;
    const late = () => new AppError('link.closed', text, { connection: id });
    await within(this.#source.stop(), STOP_MS, late).catch((error: unknown) => {
      const facts = { event: 'bus.stop-failed', bus: id, reason: messageOf(error) };
      this.#context.logger.error(facts, 'bus did not end');
    });
  }

  async #rebuild(reason: string): Promise<void> {
    const { logger } = this.#context;
    const bus = this.connection.id;
    this.#rebuilds += 1;
    const rebuilds = this.#rebuilds;
    logger.error({ event: 'bus.rebuilt', bus, reason, rebuilds }, 'bus is rebuilt');
    await this.#stopSource();
    if (this.#isStopped) return;
    try {
      this.#source = this.#openNext();
      this.#loadSinceMs = performance.now();
      this.#loadSinceBusyMs = 0;
      await this.#source.start();
    } catch (error) {
      const cause = messageOf(error);
      logger.error({ event: 'bus.start-failed', bus, reason: cause }, 'not rebuilt');
    }
  }
}

/** @throws AppError `config.invalid` when the meters cannot be read this way. */
export function createWorker(options: WorkerOptions): Worker {
  return new BusWorker(options);
}
