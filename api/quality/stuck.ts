/**
 * Rule 12 over stored hours: a register that stands still for longer than it ever does, while its
 * siblings or parent move. Not part of the rows: what is usual is learned from weeks of hours and
 * from other meters, and a row must depend on a bounded past of its own only.
 */
import type { MeterConsumption } from '../../domain/consumption.ts';
import type { Finding } from '../../domain/finding.ts';
import { DAY_MS, HOUR_MS, type TimeRange } from '../../domain/period.ts';
import { type CountingMeter, counterOf, isCounting } from '../../registry/registry.ts';
import { learnHabits, stuckFindings } from '../consumption/rules/stuck.ts';
import { append, createSegments, type Segments } from '../consumption/segments.ts';
import { INTERPOLATED, MEASURED } from '../consumption/track.ts';
import type { ApiContext } from '../context.ts';

/** Weeks a meter's habits are learned from. */
const LEARN_MS = 28 * DAY_MS;
/** A meter that delivered for less than a week has no habits yet. */
const LEAST_HOURS = 7 * 24;

function toSegments(rows: readonly MeterConsumption[]): Segments {
  const segments = createSegments(rows.length);
  for (const { startMs, value, coverage } of rows) {
    if (value === null) continue;
    const kind = coverage > 1 - 1e-9 ? MEASURED : INTERPOLATED;
    append(segments, { fromMs: startMs, toMs: startMs + HOUR_MS, amount: value, kind });
  }
  return segments;
}

/** Meters whose movement says that this one should move too: its parent, and those beside it. */
function othersOf({ registry }: ApiContext, meter: CountingMeter): CountingMeter[] {
  const { parent } = meter;
  if (parent === undefined) return [];
  return registry.meters
    .filter(isCounting)
    .filter(
      (other) =>
        other.id !== meter.id &&
        other.carrier === meter.carrier &&
        (other.id === parent || other.parent === parent),
    );
}

function movedIn(rows: readonly MeterConsumption[], range: TimeRange): boolean {
  return rows.some(
    ({ startMs, value }) =>
      startMs >= range.fromMs && startMs < range.toMs && value !== null && value > 0,
  );
}

function stuckRunsOf(
  meter: CountingMeter,
  hours: ReadonlyMap<string, readonly MeterConsumption[]>,
  [others, range]: readonly [readonly CountingMeter[], TimeRange],
): Finding[] {
  const counter = counterOf(meter);
  const rowsOf = ({ id }: CountingMeter, of: string) => hours.get(`${id} ${of}`) ?? [];
  const own = rowsOf(meter, counter);
  const past = own.filter(({ startMs }) => startMs < range.fromMs);
  if (past.length < LEAST_HOURS) return [];
  const around = others.flatMap((other) => rowsOf(other, counterOf(other)));
  const stuck = {
    ...learnHabits(toSegments(past)),
    // Without siblings or a parent the meter's own week decides.
    ...(others.length > 0 ? { othersMove: (run: TimeRange) => movedIn(around, run) } : {}),
  };
  const rules = {
    gapMs: HOUR_MS,
    maxPerHour: meter.maxPerHour,
    resolution: 0,
    replacements: [],
    stuck,
  };
  return stuckFindings(toSegments(own), rules)
    .filter(({ toMs }) => toMs > range.fromMs)
    .map((finding) => ({ ...finding, meterId: meter.id, counter }));
}

/** Stand-stills of meters that touch a range. */
export async function stuckOf(
  context: ApiContext,
  meterIds: readonly string[],
  range: TimeRange,
): Promise<Finding[]> {
  const { registry, store } = context;
  const wanted = new Set(meterIds);
  const meters = registry.meters.filter(isCounting).filter(({ id }) => wanted.has(id));
  const others = new Map(meters.map((meter) => [meter.id, othersOf(context, meter)]));
  const ids = new Set([...wanted, ...[...others.values()].flat().map(({ id }) => id)]);
  const rows = await store.meterConsumption({
    meterIds: [...ids],
    resolution: 'hour',
    range: { fromMs: range.fromMs - LEARN_MS, toMs: range.toMs },
  });
  const hours = Map.groupBy(rows, ({ meterId, counter }) => `${meterId} ${counter}`);
  return meters.flatMap((meter) => stuckRunsOf(meter, hours, [others.get(meter.id) ?? [], range]));
}
