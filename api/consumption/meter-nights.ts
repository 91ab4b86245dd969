/** Nights of water meters, made of the hours that were just settled and written with them. */
import type { MeterConsumption } from '../../domain/consumption.ts';
import type { TimeRange } from '../../domain/period.ts';
import { counterOf, isCounting, type Registry } from '../../registry/registry.ts';
import type { Store } from '../../store/port.ts';
import type { MeterNight } from '../../store/schema.ts';
import { addNights } from '../water/nights.ts';
import { METER_ROWS, seriesOf } from './families.ts';
import type { Run, Writable } from './run.ts';
import { wholeDays } from './window.ts';

/** Hours of one register; rows of its range that are stored and were not computed hold nothing any more. */
interface SettledHours {
  readonly meterId: string;
  readonly counter: MeterConsumption['counter'];
  readonly rows: readonly MeterConsumption[];
  readonly range: TimeRange;
}

const NIGHTS: Writable<MeterNight> = {
  write: (store: Store, nights) => store.writeNights(nights),
};

/** Whether leaks are looked for in a register: that of a water meter that its consumption is counted by. */
function hasNights(registry: Registry, { meterId, counter }: SettledHours): boolean {
  const meter = registry.findMeter(meterId);
  return (
    meter !== undefined &&
    isCounting(meter) &&
    meter.carrier === 'water' &&
    counterOf(meter) === counter
  );
}

function keyOf({ meterId, counter, startMs }: MeterNight): string {
  return `${meterId} ${counter} ${startMs}`;
}

function isSame(a: MeterNight, b: MeterNight | undefined): boolean {
  return (
    a.hours === b?.hours &&
    a.zeroHours === b.zeroHours &&
    a.sumM3 === b.sumM3 &&
    a.windowHours === b.windowHours &&
    a.leastM3 === b.leastM3
  );
}

/** The hours as the store has them once everything settled is written, in order. */
function hoursNow(
  { rows, range }: SettledHours,
  stored: readonly MeterConsumption[],
): MeterConsumption[] {
  const now = new Map(
    stored.map((row) => {
      const isWithdrawn = row.startMs >= range.fromMs && row.startMs < range.toMs;
      return [row.startMs, isWithdrawn ? { ...row, value: null } : row];
    }),
  );
  for (const row of rows) now.set(row.startMs, row);
  return [...now.values()].sort((a, b) => a.startMs - b.startMs);
}

/**
 * Compares them with the stored ones even where no hour changed: a process may have ended between
 * writing the one and the other.
 * @param stored hours of all these registers over the whole days that touch the ranges
 */
export async function settleNights(
  run: Run,
  settled: readonly SettledHours[],
  stored: readonly MeterConsumption[],
): Promise<void> {
  const { registry, store } = run.context;
  const parts = settled.filter((part) => hasNights(registry, part));
  if (parts.length === 0) return;
  const { zone } = registry.region;
  const range = wholeDays(
    {
      fromMs: Math.min(...parts.map((part) => part.range.fromMs)),
      toMs: Math.max(...parts.map((part) => part.range.toMs)),
    },
    zone,
  );
  const meterIds = [...new Set(parts.map(({ meterId }) => meterId))];
  const known = new Map(
    (await store.nights({ meterIds, range })).map((night) => [keyOf(night), night]),
  );
  const storedBy = Map.groupBy(stored, (row) => seriesOf(METER_ROWS, row));
  const nights = parts.flatMap((part) => {
    const { meterId, counter } = part;
    const days = wholeDays(part.range, zone);
    const own = storedBy.get(`${meterId} ${counter}`) ?? [];
    const hours = hoursNow(part, own).filter(
      ({ startMs }) => startMs >= days.fromMs && startMs < days.toMs,
    );
    return addNights(hours, zone).map((sums) => ({ meterId, counter, ...sums }));
  });
  const changed = nights.filter((night) => !isSame(night, known.get(keyOf(night))));
  await run.write(NIGHTS, changed);
}
