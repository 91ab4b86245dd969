/** Settles the hours and days of one meter for a stretch in which readings came, changed or failed to come. */
import type { MeterConsumption } from '../../domain/consumption.ts';
import { DAY_MS, HOUR_MS, periodAt, type TimeRange } from '../../domain/period.ts';
import type { CounterId } from '../../domain/quantities.ts';
import { type CountingMeter, counterOf, isCounting } from '../../registry/registry.ts';
import type { Store } from '../../store/port.ts';
import { countersOf } from './allocation.ts';
import { type ByHand, NOT_BY_HAND, withBills } from './by-hand.ts';
import { CONTEXT } from './context.ts';
import { METER_ROWS } from './families.ts';
import { hourRows } from './meter-rows.ts';
import { dayRows } from './rollup.ts';
import type { Run } from './run.ts';
import { settleFindings } from './transitions.ts';
import { windowOf } from './window.ts';

/** Readings of this long ago may have been forgotten since the first one was last looked for. */
const FIRST_HOLDS_MS = 30 * DAY_MS;
/** What was computed from forgotten readings is left alone, with the days their absence could reach. */
const FORGOTTEN_MS = 4 * DAY_MS;

const firsts = new WeakMap<Store, Map<string, number>>();

/** When the store's first reading of a meter was read; rows begin with its hour. */
async function firstReadingMs(
  run: Run,
  meterId: string,
  fromMs: number,
): Promise<number | undefined> {
  const { store } = run.context;
  const known = firsts.get(store) ?? new Map<string, number>();
  firsts.set(store, known);
  const cached = known.get(meterId);
  if (cached !== undefined && cached <= fromMs && fromMs > run.nowMs - FIRST_HOLDS_MS)
    return cached;
  const [first] = await store.readings(meterId, { fromMs: 0, toMs: run.nowMs + HOUR_MS }, 1);
  if (first) known.set(meterId, first.atMs);
  return first?.atMs;
}

/** Whether rows from before the first reading say that there were readings once. */
async function isForgotten({ context }: Run, meterId: string, firstMs: number): Promise<boolean> {
  const toMs = Math.floor(firstMs / HOUR_MS) * HOUR_MS;
  const rows = await METER_ROWS.read(context.store, {
    subjects: [meterId],
    resolution: 'hour',
    range: { fromMs: toMs - 2 * DAY_MS, toMs },
  });
  return rows.some(({ value }) => value !== null);
}

interface Computed {
  readonly rows: readonly MeterConsumption[];
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
  readonly counter: CounterId;
  readonly dirty: TimeRange;
  readonly firstMs: number;
  readonly byHand: ByHand;
}

async function computeRegister(
  run: Run,
  meter: CountingMeter,
  part: RegisterPart,
): Promise<Computed | undefined> {
  const { registry, store } = run.context;
  const { zone } = registry.region;
  const { counter, dirty, firstMs, byHand } = part;
  const { nowMs, isExact } = run;
  const otherMs = [byHand.manual.map(({ atMs }) => atMs), byHand.intervals.map(({ toMs }) => toMs)];
  const register = { meterId: meter.id, counter, firstMs, otherMs: otherMs.flat() };
  const window = await windowOf(store, register, { ...dirty, zone, nowMs, isExact });
  let { fromMs } = window.range;
  const { toMs } = window.range;
  if (fromMs < firstMs && (await isForgotten(run, meter.id, firstMs))) {
    fromMs = periodAt(firstMs + FORGOTTEN_MS, 'day', zone).fromMs;
  }
  if (toMs <= fromMs) return undefined;
  const range = { fromMs, toMs };
  const reach = withBills(range, byHand);
  const isBilled = reach.fromMs < fromMs || reach.toMs > toMs;
  // What was measured within a bill is taken off it, wherever in it the range lies.
  const billed = {
    fromMs: Math.min(reach.fromMs - CONTEXT.beforeMs - DAY_MS, window.registers.atMs[0] ?? fromMs),
    toMs: Math.max(reach.toMs + CONTEXT.afterMs, (window.registers.atMs.at(-1) ?? toMs) + 1),
  };
  const registers = isBilled
    ? await store.counterColumns(meter.id, counter, billed)
    : window.registers;
  const input = { ...byHand, registers };
  const { rows, findings } = hourRows(registry, meter, { counter, input, range, nowMs });
  await settleFindings(store, { meterId: meter.id, counter, nowMs }, { range, findings });
  return { rows, range };
}

export interface Settled {
  /** What was computed anew. */
  readonly range: TimeRange;
  readonly isChanged: boolean;
}

async function settleRegister(
  run: Run,
  meter: CountingMeter,
  part: RegisterPart,
): Promise<Settled | undefined> {
  const computed = await computeRegister(run, meter, part);
  if (!computed) return undefined;
  const { store } = run.context;
  const { range, rows } = computed;
  const selection = { subjects: [meter.id], range };
  const own = (row: MeterConsumption) => row.counter === part.counter;
  const hours = await METER_ROWS.read(store, { ...selection, resolution: 'hour' });
  const changed = await run.settle(METER_ROWS, { computed: rows, stored: hours.filter(own) });
  const days = await METER_ROWS.read(store, { ...selection, resolution: 'day' });
  await run.settle(METER_ROWS, {
    computed: dayRows(METER_ROWS, rows, { cuts: run.cuts, range }),
    stored: days.filter(own),
  });
  return { range, isChanged: changed !== undefined };
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

/** @returns `undefined` when the meter has nothing to compute rows from. */
export async function settleMeter(
  run: Run,
  meterId: string,
  dirty: TimeRange,
): Promise<Settled | undefined> {
  const { registry } = run.context;
  const meter = registry.findMeter(meterId);
  if (!meter || !isCounting(meter)) return undefined;
  const known = run.byHand(meter);
  const firstMs = Math.min(
    (await firstReadingMs(run, meterId, dirty.fromMs)) ?? Number.POSITIVE_INFINITY,
    ...known.manual.map(({ atMs }) => atMs),
    ...known.intervals.map(({ fromMs }) => fromMs),
  );
  if (dirty.toMs <= firstMs) return undefined;
  const fromMs = Math.max(firstMs, await startOf(run, meterId, dirty));
  const all: Settled[] = [];
  for (const own of partsOf({ fromMs, toMs: dirty.toMs })) {
    const stretch = withBills(own, known);
    for (const counter of countersOf(registry, meter)) {
      // Bills and readings by hand are of the register consumption is counted by.
      const byHand = counter === counterOf(meter) ? known : NOT_BY_HAND;
      const part = { counter, dirty: stretch, firstMs, byHand };
      const settled = await settleRegister(run, meter, part);
      if (settled) all.push(settled);
      await run.rest();
    }
  }
  if (all.length === 0) return undefined;
  return {
    range: {
      fromMs: Math.min(...all.map(({ range }) => range.fromMs)),
      toMs: Math.max(...all.map(({ range }) => range.toMs)),
    },
    isChanged: all.some(({ isChanged }) => isChanged),
  };
}
