/** Computes rows anew where something changed: meters' hours and days, the accounts that contain them, then months, seasons and years. */
import { DAY_MS, HOUR_MS, type TimeRange } from '../../domain/period.ts';
import { isCounting, type Registry } from '../../registry/registry.ts';
import type { ApiContext } from '../context.ts';
import { WEIGHT_DAYS } from './account-rows.ts';
import { type Accounts, settleAccounts } from './account-work.ts';
import { settleDerived } from './derived/settle.ts';
import { AGENCY_ROWS, BUILDING_ROWS, METER_ROWS } from './families.ts';
import { settleMeters } from './meter-work.ts';
import { accountsWith } from './plan.ts';
import { rollUp } from './rollup.ts';
import { type Run, startRun } from './run.ts';
import { union, wholeDays } from './window.ts';

/** A stretch of one meter whose readings, or whose facts, changed. */
export interface Dirty extends TimeRange {
  readonly meterId: string;
}

export interface RecomputeOptions {
  readonly cause: string;
  /** Accounts of meters whose rows came out as they were are left alone. */
  readonly changedOnly?: boolean;
  /** A later round follows with months, seasons and years, and with what the days before owe to it. */
  readonly daysOnly?: boolean;
  /** Buildings whose accounts changed although their meters did not. */
  readonly buildings?: readonly (TimeRange & { readonly buildingId: string })[];
  readonly onProgress?: (done: number, total: number) => void;
}

/** Meters whose last hours are compared with the store's together. */
const SHORT_TOGETHER = 100;
/** Accounts take about this many times as long as the meters they are made of. */
const ACCOUNTS_TAKE = 2;
/** Subjects whose days are read together for their months. */
const ROLLUP_SUBJECTS = 20;

type Ranges = Map<string, TimeRange>;

function touch(ranges: Ranges, id: string, range: TimeRange): void {
  const known = ranges.get(id);
  ranges.set(id, {
    fromMs: Math.min(range.fromMs, known?.fromMs ?? range.fromMs),
    toMs: Math.max(range.toMs, known?.toMs ?? range.toMs),
  });
}

function rangesOf(dirty: readonly Dirty[]): Ranges {
  const ranges: Ranges = new Map();
  for (const { meterId, fromMs, toMs } of dirty) touch(ranges, meterId, { fromMs, toMs });
  return ranges;
}

async function rollUpAll(
  run: Run,
  accounts: Accounts & { readonly meters: readonly string[] },
  range: TimeRange,
): Promise<void> {
  const each = async (ids: readonly string[], work: (subjects: string[]) => Promise<void>) => {
    for (let at = 0; at < ids.length; at += ROLLUP_SUBJECTS) {
      await work(ids.slice(at, at + ROLLUP_SUBJECTS));
      await run.rest();
    }
  };
  await each(accounts.meters, (subjects) => rollUp(run, METER_ROWS, { subjects, range }));
  await each(accounts.buildings, (subjects) => rollUp(run, BUILDING_ROWS, { subjects, range }));
  await each(accounts.agencies, (subjects) => rollUp(run, AGENCY_ROWS, { subjects, range }));
}

/** Local days up to the running hour, and the days whose weights these are part of. */
function accountRange({ context, nowMs }: Run, changed: TimeRange): TimeRange {
  const { zone } = context.registry.region;
  const endMs = Math.ceil(nowMs / HOUR_MS) * HOUR_MS;
  const { fromMs, toMs } = wholeDays(changed, zone);
  const after = wholeDays({ fromMs, toMs: toMs + WEIGHT_DAYS * DAY_MS }, zone);
  return { fromMs, toMs: Math.min(endMs, after.toMs) };
}

/**
 * Settles everything the dirty stretches reach. Idempotent: the same readings give the same rows,
 * in whatever order and number of calls they arrived.
 */
export async function recomputeDirty(
  context: ApiContext,
  dirty: readonly Dirty[],
  options: RecomputeOptions,
): Promise<void> {
  const { cause, daysOnly = false, changedOnly = false, buildings = [] } = options;
  const { onProgress = () => undefined } = options;
  const total = (1 + ACCOUNTS_TAKE) * dirty.length;
  const { registry } = context;
  const run = await startRun(context, { cause, isExact: !daysOnly });
  const endMs = Math.ceil(run.nowMs / HOUR_MS) * HOUR_MS;
  const meters: Ranges = new Map();
  const size = daysOnly ? SHORT_TOGETHER : 1;
  for (let at = 0; at < dirty.length; at += size) {
    const some = dirty.slice(at, at + size).map((one) => {
      return { ...one, toMs: Math.min(one.toMs, endMs) };
    });
    for (const [meterId, { range, isChanged }] of await settleMeters(run, some)) {
      if (isChanged || !changedOnly) touch(meters, meterId, range);
    }
    onProgress(at + some.length, total);
  }
  const virtual = dirty.filter(({ meterId }) => !registry.findMeter(meterId));
  await settleDerived(run, { dirty: rangesOf(virtual), changed: meters, changedOnly });
  const changed = union([...meters.values(), ...buildings]);
  if (changed) {
    const range = accountRange(run, changed);
    const accounts = accountsOf(registry, { meters, buildings, range });
    await settleAccounts(run, { accounts, range }, (share) => {
      onProgress((1 + ACCOUNTS_TAKE * share) * dirty.length, total);
    });
    if (!daysOnly) await rollUpAll(run, { ...accounts, meters: [...meters.keys()] }, range);
  }
  await run.end();
}

/** Where the shares of a building changed, any agency may have lost its part of it. */
function accountsOf(
  registry: Registry,
  part: {
    readonly meters: Ranges;
    readonly buildings: NonNullable<RecomputeOptions['buildings']>;
    readonly range: TimeRange;
  },
): Accounts {
  const found = accountsWith(registry, new Set(part.meters.keys()), part.range);
  if (part.buildings.length === 0) return found;
  const own = part.buildings.map(({ buildingId }) => buildingId);
  return {
    buildings: [...new Set([...found.buildings, ...own])],
    agencies: registry.agencies.map(({ id }) => id),
  };
}

/** Recomputes all rows that a range touches. */
export async function recompute(
  context: ApiContext,
  range: TimeRange,
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<void> {
  const meters = context.registry.meters.filter(isCounting);
  const dirty = meters.map(({ id }) => ({ meterId: id, ...range }));
  await recomputeDirty(context, dirty, { cause: 'rebuild', onProgress });
}
