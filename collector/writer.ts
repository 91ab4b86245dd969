/** Brings the spool to the store: live data first, nothing lost, nothing stuck behind a record the store refuses. */
import type { Logger } from 'pino';
import { isAppError, messageOf } from '../domain/errors.ts';
import type { ReadingSink } from '../store/port.ts';
import { type Packed, pack } from './spool/packed.ts';
import type { Spool, SpoolBatch } from './spool.ts';
import { createBell } from './writer/bell.ts';
import { bisect } from './writer/bisect.ts';
import { createBudget } from './writer/budget.ts';
import { createGate } from './writer/gate.ts';
import { createLanes, type Load } from './writer/lanes.ts';
import { tellingArrivals } from './writer/late.ts';
import { createPoster } from './writer/post.ts';

export interface WriterOptions {
  readonly spool: Spool;
  readonly sink: ReadingSink;
  /** Monotonic milliseconds: a clock that is set back must not lengthen a wait. */
  readonly now?: () => number;
  readonly random?: () => number;
  readonly logger?: Pick<Logger, 'info' | 'warn' | 'error'>;
  /** Records in one write. */
  readonly maxRecords?: number;
  /** Records of the live lane in memory. */
  readonly maxLive?: number;
  /** Least time between two writes of live data, so that many small commits become one write. */
  readonly lingerMs?: number;
  readonly writeTimeoutMs?: number;
  /** Full-jitter back-off while the store is away. */
  readonly retryFirstMs?: number;
  readonly retryMaxMs?: number;
  /** How often a store that denied us is asked again. */
  readonly deniedProbeMs?: number;
  readonly bisectPostsPerMinute?: number;
}

/** Numbers only, so that they can be stored as the collector's own figures. */
export interface WriterFigures {
  readonly written: number;
  readonly posts: number;
  readonly rejectedWrites: number;
  readonly quarantined: number;
  /** Records of the live lane still in memory. */
  readonly live: number;
  readonly maxRecords: number;
  /** 1 while the store is away. */
  readonly unavailable: number;
  /** 1 while the store denies us. */
  readonly denied: number;
}

export interface Writer {
  start(): void;
  /** Writes what the store still takes within `drainMs`; the rest stays in the spool. */
  stop(drainMs?: number): Promise<void>;
  figures(): WriterFigures;
}

/** How often the spool is looked at when nothing was announced: records may have been put back by hand. */
const IDLE_MS = 5_000;
/** Posts that must be there before bisecting goes on. */
const BISECT_RESUME_POSTS = 32;

export function createWriter(options: WriterOptions): Writer {
  const { spool, sink, now = () => performance.now(), random = Math.random, logger } = options;
  const { maxRecords = 5_000, lingerMs = 250 } = options;
  const poster = createPoster({
    sink: tellingArrivals(sink),
    maxRecords,
    timeoutMs: options.writeTimeoutMs ?? 30_000,
  });
  const lanes = createLanes({ spool, maxRecords, maxLive: options.maxLive ?? 10_000 });
  const budget = createBudget(options.bisectPostsPerMinute ?? 600, now);
  const gate = createGate({
    now,
    random,
    retryFirstMs: options.retryFirstMs ?? 500,
    retryMaxMs: options.retryMaxMs ?? 30_000,
    deniedProbeMs: options.deniedProbeMs ?? 30_000,
    logger,
  });
  const bell = createBell();
  let backlogAtMs = now();
  let liveAtMs = now();
  let stopping = false;
  let abandoned = false;
  let running: Promise<void> | undefined;
  let written = 0;
  let rejectedWrites = 0;
  let quarantined = 0;

  async function refusal(batches: readonly Packed[]): Promise<string | undefined> {
    try {
      await poster.post(batches);
      return undefined;
    } catch (error) {
      if (isAppError(error, 'store.rejected')) return messageOf(error);
      throw error;
    }
  }

  /** Only what the store refuses on its own goes to quarantine; every other record is stored. */
  async function isolate(batches: readonly SpoolBatch[], reason: string): Promise<void> {
    const parts = batches.map(({ seq, records }) => ({ seq, records }));
    const records = parts.flatMap((part) => part.records);
    const found = await bisect(records, reason, {
      attempt: (some) => refusal([pack(some)]),
      mayPost: budget.take,
    });
    if (abandoned) return;
    const byReason = Map.groupBy(found.bad, (bad) => bad.reason);
    for (const [why, bad] of byReason) {
      spool.quarantine(
        bad.map(({ record }) => record),
        why,
      );
      logger?.warn({ event: 'store.quarantined', records: bad.length, reason: why }, 'refused');
    }
    quarantined += found.bad.length;
    written += records.length - found.bad.length - found.rest.length;
    const rest = new Set(found.rest);
    for (const { seq, records: own } of parts) {
      const left = own.filter((record) => rest.has(record));
      if (left.length < own.length) spool.replace(seq, left);
    }
    if (found.error !== undefined) throw found.error;
    if (rest.size > 0) backlogAtMs = now() + budget.waitMs(BISECT_RESUME_POSTS);
  }

  async function write({ lane, batches }: Load): Promise<void> {
    const reason = await refusal(batches.map(({ packed }) => packed));
    if (abandoned) return;
    gate.answered();
    if (reason === undefined) {
      spool.ack(batches.map(({ seq }) => seq));
      written += batches.reduce((sum, { packed }) => sum + packed.size, 0);
      lanes.leave(batches);
      if (lane === 'live') liveAtMs = now() + lingerMs;
      return;
    }
    rejectedWrites += 1;
    // The live lane never waits for a search: what it could not write is searched as backlog.
    if (lane === 'live') lanes.leave(batches);
    else await isolate(batches, reason);
  }

  /** One step; returns how long to wait before the next. */
  async function step(): Promise<number> {
    const waitMs = gate.waitMs();
    if (waitMs > 0 && !stopping) return waitMs;
    const atMs = now();
    const withBacklog = atMs >= backlogAtMs;
    const withLive = atMs >= liveAtMs || stopping;
    try {
      const load = lanes.next({ single: gate.trouble !== 'none', withBacklog, withLive });
      if (load === undefined) {
        const heldMs = [
          withBacklog ? IDLE_MS : backlogAtMs - atMs,
          withLive ? IDLE_MS : liveAtMs - atMs,
        ];
        return Math.min(...heldMs);
      }
      await write(load);
      return 0;
    } catch (error) {
      gate.failed(error);
      return Math.max(1, gate.waitMs());
    }
  }

  async function run(): Promise<void> {
    while (!abandoned) {
      const waitMs = await step();
      if (waitMs > 0 && stopping) return;
      if (waitMs > 0) await bell.wait(waitMs);
    }
  }

  spool.onDurable((batch) => {
    lanes.offer(batch);
    bell.ring();
  });

  return {
    start() {
      running ??= run();
    },
    async stop(drainMs = 5_000) {
      await spool.flush().catch((error: unknown) => {
        logger?.error({ event: 'spool.unavailable', reason: messageOf(error) }, 'flush failed');
      });
      stopping = true;
      bell.ring();
      const late = Promise.withResolvers<void>();
      const deadline = setTimeout(late.resolve, drainMs);
      await Promise.race([running, late.promise]);
      clearTimeout(deadline);
      abandoned = true;
    },
    figures: () => ({
      written,
      posts: poster.posts,
      rejectedWrites,
      quarantined,
      live: lanes.live,
      maxRecords: poster.limit,
      unavailable: gate.trouble === 'unavailable' ? 1 : 0,
      denied: gate.trouble === 'denied' ? 1 : 0,
    }),
  };
}
