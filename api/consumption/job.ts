/** Keeps the rows up to date: the running hour every minute, what became dirty beside it, a sweep and closings every hour. */
import { randomUUID } from 'node:crypto';
import { DAY_MS, HOUR_MS } from '../../domain/period.ts';
import { isCounting } from '../../registry/registry.ts';
import type { ApiContext } from '../context.ts';
import { createJob, type Job, type JobLogger } from '../job.ts';
import { closeEnded } from './closings.ts';
import { withdrawRows } from './derived/withdraw.ts';
import { createFeeder } from './feed.ts';
import { createNightFiller } from './night-fill.ts';
import type { DirtyEntry, RecomputeQueue } from './queue.ts';
import { recomputeDirty } from './recompute.ts';

/** The hour before the running one is still open: its closing boundary needs the next reading. */
const TAIL_MS = HOUR_MS;
/** Where rows were never computed, they begin this far back; older ones are for `jieyue rebuild`. */
const FIRST_MS = 2 * DAY_MS;
/** How long a round works at the queue before the running hour has its turn again. */
const QUEUE_MS = 30_000;
/** Meters of one cause together, so that the accounts above them are computed once. */
const BATCH = 500;
/** A worker that died is followed after that. */
const CLAIM_MS = 60_000;

export interface ConsumptionJobOptions {
  readonly queue: RecomputeQueue;
  readonly logger: JobLogger;
  /** Days after its end that a period closes. */
  readonly closeAfterDays: number;
}

/**
 * Runs `work` as the one process that computes rows, or not at all.
 * @returns whether it was run.
 */
export async function asWorker(
  queue: RecomputeQueue,
  now: () => number,
  work: () => Promise<void>,
): Promise<boolean> {
  const holder = randomUUID();
  const renew = () => queue.claim(holder, now() + CLAIM_MS);
  if (!renew()) return false;
  const timer = setInterval(renew, CLAIM_MS / 4);
  try {
    await work();
  } finally {
    clearInterval(timer);
    queue.claim(holder, 0);
  }
  return true;
}

/** Works off entries of one cause. */
async function workOff(
  context: ApiContext,
  entries: readonly DirtyEntry[],
  onProgress: DrainOptions['onProgress'] = () => undefined,
): Promise<void> {
  const [first] = entries;
  if (!first) return;
  const { registry } = context;
  const dirty = entries.flatMap(({ kind, subject, fromMs, toMs }) =>
    kind === 'meter' ? [{ meterId: subject, fromMs, toMs }] : [],
  );
  const known = new Set(registry.buildings.map(({ id }) => id));
  const buildings = entries.flatMap(({ kind, subject, fromMs, toMs }) =>
    kind === 'building' && known.has(subject) ? [{ buildingId: subject, fromMs, toMs }] : [],
  );
  await recomputeDirty(context, dirty, { cause: first.cause, buildings, onProgress });
  const gone = entries.filter(({ kind }) => kind === 'gone').map(({ subject }) => subject);
  await withdrawRows(context, gone, first.cause);
}

interface DrainOptions {
  readonly isEnough?: () => boolean;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Works off the queue until it is empty or `isEnough`. */
export async function drain(
  context: () => ApiContext,
  queue: RecomputeQueue,
  options: DrainOptions = {},
): Promise<void> {
  for (let entries = queue.next(BATCH); entries.length > 0; entries = queue.next(BATCH)) {
    if (options.isEnough?.()) return;
    await workOff(context(), entries, options.onProgress);
    queue.done(entries);
  }
}

export function createConsumptionJob(
  context: () => ApiContext,
  options: ConsumptionJobOptions,
): Job {
  const { queue, logger, closeAfterDays } = options;
  const feeder = createFeeder(queue);
  const nights = createNightFiller();
  /** Until a whole sweep has succeeded, accounts may be behind their meters. */
  let isWhole = false;

  async function hours(current: ApiContext, isSweep: boolean): Promise<void> {
    const nowMs = current.now();
    const lastMs = queue.mark(isSweep ? 'sweep' : 'rows') ?? nowMs - FIRST_MS;
    const fromMs = Math.floor(Math.min(lastMs, nowMs) / HOUR_MS) * HOUR_MS - TAIL_MS;
    const meters = current.registry.meters.filter(isCounting);
    const dirty = meters.map(({ id }) => ({ meterId: id, fromMs, toMs: nowMs }));
    isWhole = false;
    await recomputeDirty(current, dirty, {
      cause: 'late',
      daysOnly: !isSweep,
      changedOnly: !isSweep,
    });
    isWhole = true;
    queue.setMark('rows', nowMs);
    if (isSweep) queue.setMark('sweep', nowMs);
  }

  async function work(): Promise<void> {
    const current = context();
    await feeder.feed(current);
    const isSweepDue = current.now() - (queue.mark('sweep') ?? 0) >= HOUR_MS;
    await hours(current, isSweepDue || !isWhole);
    const untilMs = performance.now() + QUEUE_MS;
    const isEnough = () => performance.now() > untilMs;
    await drain(context, queue, { isEnough });
    await nights.fill(context(), isEnough);
    if (isSweepDue && queue.state().length === 0) await closeEnded(context(), closeAfterDays);
  }

  return createJob(
    'consumption',
    async () => void (await asWorker(queue, context().now, work)),
    logger,
  );
}
