/** What may run at night by the registry's water schedules. */
import { inHeatingSeason } from '../../domain/calendar.ts';
import type { Registry } from '../../registry/registry.ts';
import type { Meter, WaterSchedule } from '../../registry/schema.ts';
import type { Night } from './nights.ts';

/** Whether a meter sees what another one counts: itself, or a meter above it. */
function sees(registry: Registry, meter: Meter, otherId: string): boolean {
  const visited = new Set<string>();
  for (let at = registry.findMeter(otherId); at && !visited.has(at.id); ) {
    if (at.id === meter.id) return true;
    visited.add(at.id);
    at = at.parent === undefined ? undefined : registry.findMeter(at.parent);
  }
  return false;
}

function holdsOn({ season, from, to }: WaterSchedule, date: string): boolean {
  return from <= date && (to === undefined || date < to) && inHeatingSeason(date, season);
}

/** The schedules that concern a meter, by date. */
export function schedulesOf(registry: Registry, meter: Meter): (date: string) => WaterSchedule[] {
  const own = registry.waterSchedules.filter((schedule) =>
    schedule.meter === undefined
      ? schedule.building === meter.building
      : sees(registry, meter, schedule.meter),
  );
  return (date) => own.filter((schedule) => holdsOn(schedule, date));
}

/** Flow to be expected in a night; `undefined` when a schedule does not say how much. */
export function allowedFlow(
  registry: Registry,
  meter: Meter,
): (night: Pick<Night, 'date'>) => number | undefined {
  const schedulesOn = schedulesOf(registry, meter);
  return ({ date }) =>
    schedulesOn(date).reduce<number | undefined>(
      (sum, { allowedM3PerHour: allowed }) =>
        sum === undefined || allowed === undefined ? undefined : sum + allowed,
      0,
    );
}
