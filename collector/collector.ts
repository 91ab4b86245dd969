/** The polling half of the collector: from the registry to `recorder.record(…)`, one worker a bus. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import pino, { type Logger } from 'pino';
import { AppError } from '../domain/errors.ts';
import type { Registry } from '../registry/registry.ts';
import type { Connection, Meter } from '../registry/schema.ts';
import { createModbusBus } from './bus.ts';
import type { BusMeter } from './meter-poll.ts';
import { createMeterTrack } from './meter-track.ts';
import { createOpcuaSource } from './opcua/source.ts';
import type { MeterProfile } from './profile.ts';
import { PROFILES_BY_ID } from './profiles/index.ts';
import type { Recorder } from './recorder.ts';
import { createScheduler } from './scheduler.ts';
import type { BusFigures, MeterSource, PollOutcome } from './source.ts';

export interface CollectorOptions {
  readonly registry: Registry;
  readonly recorder: Recorder;
  /** Wall clock. */
  readonly now?: () => number;
  /** Jitter of all back-offs. */
  readonly random?: () => number;
  readonly logger?: Logger;
  /** Where OPC UA certificates live; needed by encrypted OPC UA connections only. */
  readonly pkiFolder?: string;
  /** Polls on whole periods of the wall clock instead of spread. */
  readonly align?: boolean;
}

export interface Collector {
  start(): Promise<void>;
  /** Resolves when every socket is closed; nothing is recorded afterwards. */
  stop(): Promise<void>;
  /** Per bus id, and `_all` for the process. */
  figures(): Readonly<Record<string, BusFigures>>;
}

const FIGURES_EVERY_MS = 60_000;
const LOOP_SAMPLE_MS = 20;

function profileOf(meter: Meter): MeterProfile {
  const profile = PROFILES_BY_ID.get(meter.profile);
  if (profile) return profile;
  const context = { meter: meter.id, profile: meter.profile };
  throw new AppError('config.invalid', `${meter.id}: no profile '${meter.profile}'`, context);
}

function busMeter(meter: Meter): BusMeter {
  const profile = profileOf(meter);
  if (profile.protocol !== 'modbus' || meter.unit === undefined) {
    const context = { meter: meter.id, profile: meter.profile };
    throw new AppError('config.invalid', `${meter.id}: needs a Modbus profile and a unit`, context);
  }
  return { id: meter.id, unit: meter.unit, profile, periodMs: meter.pollSeconds * 1000 };
}

function sum(all: readonly BusFigures[]): BusFigures {
  const totals: Record<string, number> = {};
  for (const figures of all) {
    for (const [name, value] of Object.entries(figures)) totals[name] = (totals[name] ?? 0) + value;
  }
  return totals;
}

export function createCollector(options: CollectorOptions): Collector {
  const { registry, recorder, now = Date.now, random = Math.random } = options;
  const logger = options.logger ?? pino({ level: 'silent' });
  const tracks = new Map(
    registry.meters.map((meter) => [meter.id, createMeterTrack(meter.id, profileOf(meter))]),
  );
  const sources = new Map<string, MeterSource>();
  for (const connection of registry.connections) {
    if (registry.metersOn(connection.id).length > 0) sources.set(connection.id, open(connection));
  }
  const scheduler = createScheduler({
    tasks: registry.meters.map((meter) => ({
      id: meter.id,
      periodMs: meter.pollSeconds * 1000,
      run: () => sources.get(meter.connection)?.poll(meter.id),
    })),
    now,
    ...(options.align === undefined ? {} : { align: options.align }),
  });
  const loopDelay = monitorEventLoopDelay({ resolution: LOOP_SAMPLE_MS });
  let figuresTimer: NodeJS.Timeout | undefined;
  let isRunning = false;

  function open(connection: Connection): MeterSource {
    const meters = registry.metersOn(connection.id);
    if (connection.kind !== 'opcua') {
      return createModbusBus({ connection, meters: meters.map(busMeter), now, random, report });
    }
    const { pkiFolder } = options;
    return createOpcuaSource({
      connection,
      meters: meters.map((meter) => ({ meter, profile: profileOf(meter) })),
      now,
      random,
      logger,
      report,
      ...(pkiFolder === undefined ? {} : { pkiFolder }),
    });
  }

  function report(outcome: PollOutcome): void {
    if (!isRunning) return;
    const settled = tracks.get(outcome.meterId)?.settle(outcome, now());
    if (!settled) return;
    const { reading, status, changedFrom } = settled;
    if (reading) recorder.record({ kind: 'reading', reading });
    recorder.record({ kind: 'status', status });
    if (changedFrom === undefined) return;
    const { meterId, state, reason } = status;
    const facts = { event: 'meter.state', meter: meterId, from: changedFrom, to: state };
    if (state === 'ok') logger.info(facts, 'meter answers');
    else logger.warn({ ...facts, reason }, outcome.error?.message ?? 'meter gives no values');
  }

  function figures(): Record<string, BusFigures> {
    const perBus = [...sources].map(([id, source]) => [id, source.figures()] as const);
    const { missed, latestMs } = scheduler.figures();
    return {
      ...Object.fromEntries(perBus),
      _all: {
        ...sum(perBus.map(([, bus]) => bus)),
        schedule_missed: missed,
        schedule_latest_ms: latestMs,
        loop_lag_p99_ms: Math.max(0, loopDelay.percentile(99) / 1e6 - LOOP_SAMPLE_MS),
        rss_bytes: process.memoryUsage.rss(),
      },
    };
  }

  function recordFigures(): void {
    const atMs = now();
    for (const [bus, fields] of Object.entries(figures())) {
      recorder.record({ kind: 'collector', point: { atMs, bus, fields } });
    }
    loopDelay.reset();
  }

  return {
    async start() {
      isRunning = true;
      loopDelay.enable();
      scheduler.start();
      figuresTimer = setInterval(recordFigures, FIGURES_EVERY_MS);
      await Promise.all([...sources.values()].map((source) => source.start()));
      logger.info(
        { event: 'collector.started', buses: sources.size, meters: tracks.size },
        'polling started',
      );
    },
    async stop() {
      if (!isRunning) return;
      recordFigures();
      isRunning = false;
      clearInterval(figuresTimer);
      scheduler.stop();
      loopDelay.disable();
      await Promise.all([...sources.values()].map((source) => source.stop()));
      logger.info({ event: 'collector.stopped' }, 'polling stopped');
    },
    figures,
  };
}
