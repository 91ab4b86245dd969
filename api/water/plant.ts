/** Nights of a meter less what plant and gardens below it take: that need not rest at night. */
import type { MeterConsumption } from '../../domain/consumption.ts';
import { type CountingMeter, counterOf, type Registry } from '../../registry/registry.ts';
import { type HourRow, type Night, nightsOf } from './nights.ts';

export type MeterHour = HourRow & Pick<MeterConsumption, 'meterId' | 'counter'>;

/** Hours of each meter's own register, in order. */
type HoursOf = (meter: CountingMeter) => readonly HourRow[];

/** Water for people; what plant makes up or gardens take need not rest at night. */
export function isWatched(meter: CountingMeter): boolean {
  return meter.waterUse === undefined || meter.waterUse === 'canteen';
}

/** Plant and garden meters below a meter, the first of each branch: what is below it is in it. */
export function plantBelow(meterId: string, meters: readonly CountingMeter[]): CountingMeter[] {
  return meters
    .filter(({ parent }) => parent === meterId)
    .flatMap((sub) => (isWatched(sub) ? plantBelow(sub.id, meters) : [sub]));
}

/** A meter's hours less those of one below it; an hour of which only one is known is not known. */
function withoutHours(hours: readonly HourRow[], below: readonly HourRow[]): HourRow[] {
  const taken = new Map(below.map((row) => [row.startMs, row]));
  return hours.map(({ startMs, value, coverage }) => {
    const part = taken.get(startMs);
    if (value === null || !part || part.value === null)
      return { startMs, value: null, coverage: 0 };
    const rest = Math.max(0, value - part.value);
    return { startMs, value: rest, coverage: Math.min(coverage, part.coverage) };
  });
}

/** A meter's nights by hours, its own and those of all plant among `meters` below it. */
export function nightsBeside(
  { region }: Registry,
  [meter, meters]: readonly [CountingMeter, readonly CountingMeter[]],
  hoursOf: HoursOf,
): Night[] {
  const plant = plantBelow(meter.id, meters).map(hoursOf);
  return nightsOf(plant.reduce(withoutHours, hoursOf(meter)), region.zone);
}

/** Rows by the meter whose register they are of. */
export function hoursByMeter(rows: readonly MeterHour[]): HoursOf {
  const byMeter = Map.groupBy(rows, ({ meterId }) => meterId);
  return (meter) => {
    const counter = counterOf(meter);
    return (byMeter.get(meter.id) ?? []).filter((row) => row.counter === counter);
  };
}
