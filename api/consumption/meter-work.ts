/** Computes the hours of meters where readings came, changed or failed to come, and settles them with their days. */
import type { MeterConsumption } from '../../domain/consumption.ts';
import type { Finding } from '../../domain/finding.ts';
import { DAY_MS, periodAt, type TimeRange } from '../../domain/period.ts';
import type { CounterId } from '../../domain/quantities.ts';
import type { CurveInput } from '../../domain/reading.ts';
import { type CountingMeter, counterOf, isCounting } from '../../registry/registry.ts';
import type { Store } from '../../store/port.ts';
import { countersOf } from './allocation.ts';
import { type ByHand, NOT_BY_HAND, withBills } from './by-hand.ts';
import { CONTEXT } from './context.ts';
import { METER_ROWS, seriesOf } from './families.ts';
import { firstReadingMs, isForgotten } from './first-reading.ts';
import { settleNights } from './meter-nights.ts';
import { hourRows } from './meter-rows.ts';
import { curveInput, readFor } from './power.ts';
import { dayRows } from './rollup.ts';
import type { Run } from './run.ts';
import { settleFindings } from './transitions.ts';
import { type Window, wholeDays, windowOf } from './window.ts';

/** What was computed from forgotten readings is left alone, with the days their absence could reach. */
const FORGOTTEN_MS = 4 * DAY_MS;

/** Hours of one register over whole days, but for the first and the running one. */
interface Computed {
  readonly meterId: string;
  readonly counter: CounterId;
  readonly rows: readonly MeterConsumption[];
  readonly findings: readonly Finding[];
  readonly range: TimeRange;
}

/** A suspected change of unit reaches from its first reading to whatever settles it. */
async function startOf(run: Run, meterId: string, dirty: TimeRange): Promise<number> {
  if (!run.isExact) return dirty.fromMs;
  const code = 'unit_change_suspected';
  const open = await run.context.store.findings({ meterIds: [meterId], range: dirty, code });
  return Math.min(dirty.fromMs, ...open.map(({ fromMs }) => fromMs));
}

interface RegisterPart {
  readonly meter: CountingMeter;
  readonly counter: CounterId;
  readonly dirty: TimeRange;
  readonly firstMs: number;
  readonly byHand: ByHand;
}

function look(run: Run, { meter, counter, dirty, firstMs, byHand }: RegisterPart): Promise<Window> {
  const { registry, store } = run.context;
  const { zone } = registry.region;
  const { nowMs, isExact } = run;
  const otherMs = [byHand.manual.map(({ atMs }) => atMs), byHand.intervals.map(({ toMs }) => toMs)];
  const quantity = readFor(meter, counter);
  const register = { meterId: meter.id, quantity, firstMs, otherMs: otherMs.flat() };
  return windowOf(store, register, { ...dirty, zone, nowMs, isExact });
}

/** Input of the curve over a window; what was measured within a bill is taken off it, wherever in it the range lies. */
export async function inputOf(
  store: Store,
  { meter, counter, byHand }: Pick<RegisterPart, 'meter' | 'counter' | 'byHand'>,
  { registers, range }: Window,
): Promise<CurveInput> {
  const { fromMs, toMs } = range;
  const reach = withBills(range, byHand);
  if (reach.fromMs >= fromMs && reach.toMs <= toMs) {
    return curveInput([meter, counter], registers, byHand);
  }
  const columns = await store.counterColumns(meter.id, readFor(meter, counter), {
    fromMs: Math.min(reach.fromMs - CONTEXT.beforeMs - DAY_MS, registers.atMs[0] ?? fromMs),
    toMs: Math.max(reach.toMs + CONTEXT.afterMs, (registers.atMs.at(-1) ?? toMs) + 1),
  });
  return curveInput([meter, counter], columns, byHand);
}

async function computeRegister(
  run: Run,
  { meter, counter, firstMs, byHand }: RegisterPart,
  window: Window,
): Promise<Computed | undefined> {
  const { registry, store } = run.context;
  const { zone } = registry.region;
  const { nowMs } = run;
  let { fromMs } = window.range;
  const { toMs } = window.range;
  if (fromMs < firstMs && (await isForgotten(run, meter.id, firstMs))) {
    fromMs = periodAt(firstMs + FORGOTTEN_MS, 'day', zone).fromMs;
  }
  if (toMs <= fromMs) return undefined;
  const range = { fromMs, toMs };
  const input = await inputOf(store, { meter, counter, byHand }, { ...window, range });
  const { rows, findings } = hourRows(registry, meter, { counter, input, range, nowMs });
  return { meterId: meter.id, counter, rows, findings, range };
}

/** What was computed anew of a meter. */
export interface Settled {
  readonly range: TimeRange;
  readonly isChanged: boolean;
}

/** The range around all of them; there is at least one. */
function around(ranges: readonly TimeRange[]): TimeRange {
  return {
    fromMs: Math.min(...ranges.map(({ fromMs }) => fromMs)),
    toMs: Math.max(...ranges.map(({ toMs }) => toMs)),
  };
}

/** Compares with the store what was computed of some meters, asking it once for all of them. */
async function settleComputed(
  run: Run,
  computed: readonly Computed[],
): Promise<ReadonlySet<string>> {
  if (computed.length === 0) return new Set();
  const { context, cuts, nowMs } = run;
  const { store, registry } = context;
  const subjects = [...new Set(computed.map(({ meterId }) => meterId))];
  const range = around(computed.map((part) => part.range));
  // A first day begins before its first hour.
  const days = wholeDays(range, registry.region.zone);
  const ranges = new Map(computed.map((part) => [`${part.meterId} ${part.counter}`, part.range]));
  const isOwn = (row: MeterConsumption) => {
    const own = ranges.get(seriesOf(METER_ROWS, row));
    const endMs = row.startMs + cuts.lengthMs(row.startMs, row.resolution);
    return own !== undefined && endMs > own.fromMs && row.startMs < own.toMs;
  };
  const touching = await store.findings({ meterIds: subjects, range });
  for (const part of computed) await settleFindings(store, { ...part, nowMs }, touching);
  const hours = await METER_ROWS.read(store, { subjects, resolution: 'hour', range: days });
  const changed = await run.settle(METER_ROWS, {
    computed: computed.flatMap(({ rows }) => rows),
    stored: hours.filter(isOwn),
  });
  await settleNights(run, computed, hours);
  const stored = await METER_ROWS.read(store, { subjects, resolution: 'day', range: days });
  await run.settle(METER_ROWS, {
    computed: computed.flatMap((part) =>
      dayRows(METER_ROWS, part.rows, { cuts, range: part.range }),
    ),
    stored: stored.filter(isOwn),
  });
  return changed;
}

/** Long stretches are worked off in parts, so that memory does not grow with them. */
const PART_MS = 46 * DAY_MS;

function partsOf({ fromMs, toMs }: TimeRange): TimeRange[] {
  const count = Math.max(1, Math.ceil((toMs - fromMs) / PART_MS));
  return Array.from({ length: count }, (_, index) => ({
    fromMs: fromMs + index * PART_MS,
    toMs: Math.min(toMs, fromMs + (index + 1) * PART_MS),
  }));
}

/** Registers whose readings are asked for at once: a few short stretches, a long one alone. */
const MOST_TOGETHER = 10;

function* together(parts: readonly RegisterPart[]): Iterable<RegisterPart[]> {
  let some: RegisterPart[] = [];
  let lengthMs = 0;
  for (const part of parts) {
    const { fromMs, toMs } = part.dirty;
    lengthMs += toMs - fromMs;
    if (some.length > 0 && (some.length === MOST_TOGETHER || lengthMs > PART_MS)) {
      yield some;
      some = [];
      lengthMs = toMs - fromMs;
    }
    some.push(part);
  }
  if (some.length > 0) yield some;
}

/** A dirty stretch of a meter in parts, each with its registers; none without anything to compute from. */
async function plan(run: Run, meterId: string, dirty: TimeRange): Promise<RegisterPart[][]> {
  const { registry } = run.context;
  const meter = registry.findMeter(meterId);
  if (!meter || !isCounting(meter)) return [];
  const known = run.byHand(meter);
  const firstMs = Math.min(
    (await firstReadingMs(run, meterId, dirty.fromMs)) ?? Number.POSITIVE_INFINITY,
    ...known.manual.map(({ atMs }) => atMs),
    ...known.intervals.map(({ fromMs }) => fromMs),
  );
  if (dirty.toMs <= firstMs) return [];
  const fromMs = Math.max(firstMs, await startOf(run, meterId, dirty));
  return partsOf({ fromMs, toMs: dirty.toMs }).map((own) => {
    const stretch = withBills(own, known);
    return countersOf(registry, meter).map((counter) => {
      // Bills and readings by hand are of the register consumption is counted by.
      const byHand = counter === counterOf(meter) ? known : NOT_BY_HAND;
      return { meter, counter, dirty: stretch, firstMs, byHand };
    });
  });
}

/** Settles dirty stretches of some meters part by part; what comes out is by meter. */
export async function settleMeters(
  run: Run,
  dirty: readonly (TimeRange & { readonly meterId: string })[],
): Promise<Map<string, Settled>> {
  const plans: RegisterPart[][][] = [];
  for (const one of dirty) plans.push(await plan(run, one.meterId, one));
  const settled = new Map<string, Settled>();
  const most = Math.max(0, ...plans.map((parts) => parts.length));
  for (let index = 0; index < most; index += 1) {
    const computed: Computed[] = [];
    for (const some of together(plans.flatMap((parts) => parts[index] ?? []))) {
      const seen = await Promise.all(
        some.map(async (part) => ({ part, window: await look(run, part) })),
      );
      for (const { part, window } of seen) {
        const one = await computeRegister(run, part, window);
        if (one) computed.push(one);
        await run.rest();
      }
    }
    const changed = await settleComputed(run, computed);
    for (const { meterId, range } of computed) {
      const before = settled.get(meterId);
      settled.set(meterId, {
        range: around(before ? [before.range, range] : [range]),
        isChanged: changed.has(meterId) || (before?.isChanged ?? false),
      });
    }
  }
  return settled;
}
