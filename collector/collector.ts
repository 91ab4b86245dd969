/** The polling half of the collector: from the registry to `recorder.record(…)`, one worker a bus. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import pino, { type Logger } from 'pino';
import { METER_STATES } from '../domain/meter-state.ts';
import type { Registry } from '../registry/registry.ts';
import { sumFigures } from './figures.ts';
import { createIntake } from './intake.ts';
import { lastReadingMs } from './meter-track.ts';
import { type OpenSource, openSource, type Profiles } from './open-source.ts';
import { PROFILES_BY_ID } from './profiles/index.ts';
import type { Recorder } from './recorder.ts';
import { openRefusals } from './refusals.ts';
import { busKeys, planReload, type ReloadPlan } from './reload.ts';
import { createRoster } from './roster.ts';
import { createScheduler, type ScheduledTask } from './scheduler.ts';
import type { BusFigures, MeterFigures } from './source.ts';
import { createSummary } from './summary.ts';
import { createWorker, type Worker, type WorkerContext } from './worker.ts';

export interface CollectorOptions {
  readonly registry: Registry;
  readonly recorder: Recorder;
  /** Wall clock. */
  readonly now?: () => number;
  /** The clock that is never set, to tell when the wall clock was. */
  readonly monotonic?: () => number;
  /** A second wall clock, asked when ours jumped far ahead: the store's, say. */
  readonly otherClock?: () => Promise<number | undefined>;
  /** Jitter of all back-offs. */
  readonly random?: () => number;
  readonly logger?: Logger;
  /** Where OPC UA certificates live; needed by encrypted OPC UA connections only. */
  readonly pkiFolder?: string;
  /** Where blocks that devices refuse are remembered; for the life of the process when absent. */
  readonly refusalsFile?: string;
  /** Polls on whole periods of the wall clock instead of spread. */
  readonly align?: boolean;
  /** Meter profiles by id; those we ship by default. */
  readonly profiles?: Profiles;
  /** How connections are opened; another kind of link may be put in its place. */
  readonly open?: OpenSource;
  /** A bus without success for so long (at least three periods) is rebuilt; `Infinity` never. */
  readonly rebuildAfterMs?: number;
  /** Figures of others (spool, writer) that are told along with ours. */
  readonly others?: () => BusFigures;
}

export interface BusMeterFigures extends MeterFigures {
  readonly bus: string;
}

export interface Collector {
  start(): Promise<void>;
  /** Resolves when every socket is closed; nothing is recorded afterwards. */
  stop(): Promise<void>;
  /**
   * Goes over to another registry; buses it does not touch keep their sockets and their cadence.
   * @throws AppError `config.invalid`, and nothing has changed.
   */
  reload(registry: Registry, profiles?: Profiles): Promise<ReloadPlan>;
  /** Per bus id, and `_all` for the process. */
  figures(): Readonly<Record<string, BusFigures>>;
  meterFigures(): readonly BusMeterFigures[];
  /** What keeps it from doing its work; nothing when all is well. */
  problem(): string | undefined;
}

const FIGURES_EVERY_MS = 60_000;
const SUMMARY_EVERY_MS = 300_000;
const WATCH_EVERY_MS = 1_000;
const ASK_CLOCK_EVERY_MS = 30_000;
const LOOP_SAMPLE_MS = 20;

export function createCollector(options: CollectorOptions): Collector {
  const { now = Date.now, random = Math.random, open = openSource, pkiFolder, align } = options;
  const { rebuildAfterMs = 60_000, others = () => ({}) } = options;
  const logger = options.logger ?? pino({ level: 'silent' });
  const refusals = openRefusals(options.refusalsFile, logger);
  let { registry, profiles = PROFILES_BY_ID } = options;
  const roster = createRoster();
  roster.replace(registry.meters, profiles);
  let keys = busKeys(registry, profiles);
  let workers = new Map(
    workersOf([...keys.keys()], registry, profiles).map((worker) => [worker.connection.id, worker]),
  );
  const scheduler = createScheduler({ tasks: tasks(), now, align: align ?? false });
  const intake = createIntake({
    roster,
    recorder: options.recorder,
    now,
    monotonic: options.monotonic,
    logger,
    onStep: scheduler.realign,
  });
  const summarise = createSummary(logger);
  const loopDelay = monitorEventLoopDelay({ resolution: LOOP_SAMPLE_MS });
  const loads = new Map<string, number>();
  const timers: NodeJS.Timeout[] = [];
  let isRunning = false;
  let reloading: Promise<unknown> = Promise.resolve();
  let clockAskedMs = Number.NEGATIVE_INFINITY;

  function workersOf(ids: readonly string[], from: Registry, using: Profiles): Worker[] {
    const otherClock = (atMs: number) => intake.clock.agree(atMs);
    const sourceContext = {
      profiles: using,
      now,
      random,
      logger,
      pkiFolder,
      refusals,
      otherClock,
    };
    const context: WorkerContext = {
      open: (request) => open(request, sourceContext),
      report(outcome) {
        if (isRunning) intake.accept(outcome);
      },
      logger,
      rebuildAfterMs,
    };
    return ids.map((id) =>
      createWorker({ connection: from.connection(id), meters: from.metersOn(id), context }),
    );
  }

  /** Of the meters whose bus runs. */
  function tasks(): ScheduledTask[] {
    return registry.meters.flatMap(({ id, connection, pollSeconds }) => {
      const worker = workers.get(connection);
      return worker ? [{ id, periodMs: pollSeconds * 1000, run: () => worker.poll(id) }] : [];
    });
  }

  async function apply(next: Registry, using: Profiles): Promise<ReloadPlan> {
    const nextKeys = busKeys(next, using);
    const plan = planReload(keys, nextKeys);
    // All that can be refused is refused here, before anything is touched.
    const fresh = workersOf([...plan.changed, ...plan.added], next, using);
    const leaving = [...plan.changed, ...plan.removed].flatMap((id) => workers.get(id) ?? []);
    const kept = plan.kept.flatMap((id) => workers.get(id) ?? []);
    roster.replace(next.meters, using);
    workers = new Map(kept.map((worker) => [worker.connection.id, worker]));
    [registry, profiles, keys] = [next, using, nextKeys];
    scheduler.replace(tasks());
    // Two connections may have changed places: every old socket closes before a new one opens.
    await Promise.all(leaving.map((worker) => worker.stop()));
    for (const worker of fresh) workers.set(worker.connection.id, worker);
    scheduler.replace(tasks());
    if (isRunning) await Promise.all(fresh.map((worker) => worker.start()));
    for (const id of plan.removed) loads.delete(id);
    return plan;
  }

  function offline(): string[] {
    const entries = Array.from(roster.entries());
    return entries.flatMap(({ meter, track }) => (track.state === 'offline' ? [meter.id] : []));
  }

  function figures(): Record<string, BusFigures> {
    const perBus = Array.from(workers, ([id, worker]) => {
      const load = loads.get(id);
      return [id, { ...worker.figures(), ...(load === undefined ? {} : { load }) }] as const;
    });
    const { missed, latestMs } = scheduler.figures();
    return {
      ...Object.fromEntries(perBus),
      _all: {
        ...sumFigures(perBus.map(([, bus]) => bus)),
        ...intake.figures(),
        ...others(),
        schedule_missed: missed,
        schedule_latest_ms: latestMs,
        meters_configured: roster.size,
        meters_running: roster.running(),
        loop_lag_p99_ms: Math.max(0, loopDelay.percentile(99) / 1e6 - LOOP_SAMPLE_MS),
        rss_bytes: process.memoryUsage.rss(),
      },
    };
  }

  function recordFigures(): void {
    for (const [id, worker] of workers) {
      const load = worker.takeLoad();
      if (load !== undefined) loads.set(id, load);
    }
    const atMs = now();
    for (const [bus, fields] of Object.entries(figures())) {
      intake.record({ kind: 'collector', point: { atMs, bus, fields } });
    }
    loopDelay.reset();
  }

  function askOtherClock(): void {
    const nowMs = performance.now();
    if (intake.clock.isTrusted || nowMs - clockAskedMs < ASK_CLOCK_EVERY_MS) return;
    clockAskedMs = nowMs;
    options.otherClock?.().then(
      (otherMs) => otherMs !== undefined && intake.clock.compare(otherMs),
      // No answer is no contradiction: the clock is asked again.
      () => undefined,
    );
  }

  function watch(): void {
    intake.clock.check();
    askOtherClock();
    for (const worker of workers.values()) worker.supervise();
  }

  function logSummary(): void {
    summarise({ figures: figures()._all ?? {}, offline: offline(), meters: roster.size });
  }

  return {
    async start() {
      isRunning = true;
      loopDelay.enable();
      scheduler.start();
      timers.push(
        setInterval(recordFigures, FIGURES_EVERY_MS),
        setInterval(logSummary, SUMMARY_EVERY_MS),
        setInterval(watch, WATCH_EVERY_MS),
      );
      await Promise.all(Array.from(workers.values(), (worker) => worker.start()));
      logger.info(
        { event: 'collector.started', buses: workers.size, meters: roster.size },
        'polling started',
      );
    },
    async stop() {
      if (!isRunning) return;
      recordFigures();
      isRunning = false;
      for (const timer of timers.splice(0)) clearInterval(timer);
      scheduler.stop();
      loopDelay.disable();
      await reloading.catch(() => undefined);
      await Promise.all(Array.from(workers.values(), (worker) => worker.stop()));
      logger.info({ event: 'collector.stopped' }, 'polling stopped');
    },
    reload(next, using = profiles) {
      const done = reloading.catch(() => undefined).then(() => apply(next, using));
      reloading = done;
      return done;
    },
    figures,
    meterFigures() {
      const nowMs = now();
      const perMeter = new Map(
        Array.from(workers.values()).flatMap((worker) =>
          worker.meterFigures().map((figure) => [figure.meterId, figure] as const),
        ),
      );
      return Array.from(roster.entries(), ({ meter, track }) => {
        const { fields = {}, exceptions = new Map() } = perMeter.get(meter.id) ?? {};
        const { state } = track;
        const newestMs = lastReadingMs(track);
        return {
          meterId: meter.id,
          bus: meter.connection,
          exceptions,
          fields: {
            ...fields,
            ...(state === 'unknown' ? {} : { state: METER_STATES[state].code }),
            ...(newestMs === undefined ? {} : { age_ms: Math.max(0, nowMs - newestMs) }),
          },
        };
      });
    },
    problem() {
      if (!isRunning) return 'not polling';
      if (!intake.clock.isTrusted) return 'the clock jumped ahead; readings are withheld';
      if (roster.size > 0 && roster.running() === 0) return 'no poll ended in a minute';
      return undefined;
    },
  };
}
