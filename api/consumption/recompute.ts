/** Computes rows anew where something changed: meters' hours and days, the accounts that contain them, then months, seasons and years. */
import { DAY_MS, HOUR_MS, type TimeRange } from '../../domain/period.ts';
import { isCounting } from '../../registry/registry.ts';
import type { ApiContext } from '../context.ts';
import { WEIGHT_DAYS } from './account-rows.ts';
import { type Accounts, settleAccounts } from './account-work.ts';
import { AGENCY_ROWS, BUILDING_ROWS, METER_ROWS } from './families.ts';
import { settleMeter } from './meter-work.ts';
import { accountsWith } from './plan.ts';
import { rollUp } from './rollup.ts';
import { type Run, startRun } from './run.ts';
import { wholeDays } from './window.ts';

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

/** Long stretches of a meter are worked off in parts, so that memory does not grow with them. */
const PART_MS = 92 * DAY_MS;
/** Subjects whose days are read together for their months. */
const ROLLUP_SUBJECTS = 20;

function partsOf({ fromMs, toMs }: TimeRange): TimeRange[] {
  const count = Math.max(1, Math.ceil((toMs - fromMs) / PART_MS));
  return Array.from({ length: count }, (_, index) => ({
    fromMs: fromMs + index * PART_MS,
    toMs: Math.min(toMs, fromMs + (index + 1) * PART_MS),
  }));
}

/** The stretches and meters of one round that accounts are computed for. */
interface Touched {
  readonly ranges: Map<string, TimeRange>;
}

function touch({ ranges }: Touched, id: string, range: TimeRange): void {
  const known = ranges.get(id);
  ranges.set(id, {
    fromMs: Math.min(range.fromMs, known?.fromMs ?? range.fromMs),
    toMs: Math.max(range.toMs, known?.toMs ?? range.toMs),
  });
}

function union(ranges: Iterable<TimeRange>): TimeRange | undefined {
  const all = [...ranges];
  if (all.length === 0) return undefined;
  return {
    fromMs: all.reduce((min, { fromMs }) => Math.min(min, fromMs), Number.POSITIVE_INFINITY),
    toMs: all.reduce((max, { toMs }) => Math.max(max, toMs), Number.NEGATIVE_INFINITY),
  };
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

/**
 * Settles everything the dirty stretches reach. Idempotent: the same readings give the same rows,
 * in whatever order and number of calls they arrived.
 */
export async function recomputeDirty(
  context: ApiContext,
  dirty: readonly Dirty[],
  options: RecomputeOptions,
): Promise<void> {
  const { cause, daysOnly = false } = options;
  const run = await startRun(context, { cause, isExact: !daysOnly });
  const { registry } = context;
  const { zone } = registry.region;
  const endMs = Math.ceil(run.nowMs / HOUR_MS) * HOUR_MS;
  const touched: Touched = { ranges: new Map() };
  let done = 0;
  for (const { meterId, fromMs, toMs } of dirty) {
    for (const part of partsOf({ fromMs, toMs: Math.min(toMs, endMs) })) {
      const settled = await settleMeter(run, meterId, part);
      if (settled && (settled.isChanged || !options.changedOnly)) {
        touch(touched, meterId, settled.range);
      }
      await run.rest();
    }
    done += 1;
    options.onProgress?.(done, dirty.length);
  }
  for (const { buildingId, ...range } of options.buildings ?? []) {
    for (const { id } of registry.metersIn(buildingId)) touch(touched, id, range);
  }
  const changed = union(touched.ranges.values());
  if (changed) {
    const days = wholeDays(changed, zone);
    // A day's amount is part of the weights of the thirty days after it.
    const toMs = Math.min(endMs, wholeDays(changed, zone).toMs + (WEIGHT_DAYS + 1) * DAY_MS);
    const range = {
      fromMs: days.fromMs,
      toMs: Math.min(endMs, wholeDays({ ...days, toMs }, zone).toMs),
    };
    const meters = [...touched.ranges.keys()];
    const accounts = accountsWith(registry, new Set(meters), range);
    await settleAccounts(run, accounts, range);
    if (!daysOnly) await rollUpAll(run, { ...accounts, meters }, range);
  }
  await run.end();
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
