/** Model time: quarter-hour slots since a fixed epoch, and the local days they belong to. */
import { type HeatingSeason, inHeatingSeason, isWorkday } from '../../domain/calendar.ts';
import { periodAt } from '../../domain/period.ts';

/** Before this instant every register stands at its initial index. */
export const MODEL_EPOCH_MS = Date.parse('2024-10-01T00:00:00+08:00');
/** Power is constant within a slot, so that the cumulative register is its exact integral. */
export const SLOT_MS = 900_000;
export const SLOTS_PER_HOUR = 4;
export const MINUTE_MS = 60_000;

export interface ModelDay {
  /** `YYYY-MM-DD` in the region's zone. */
  readonly date: string;
  readonly workday: boolean;
  readonly heating: boolean;
  /** Half-open range of slots; the first day starts at the epoch. */
  readonly fromSlot: number;
  readonly toSlot: number;
  /** Slot of the local midnight the day began with; negative when that was before the epoch. */
  readonly midnightSlot: number;
}

export interface Days {
  /** Days counted from the epoch; each is worked out once. */
  at(index: number): ModelDay;
}

/** Fractional slots since the epoch. */
export function slotAt(atMs: number): number {
  return (atMs - MODEL_EPOCH_MS) / SLOT_MS;
}

/** The middle of a slot, which stands for the whole of it. */
export function slotMiddleMs(slot: number): number {
  return MODEL_EPOCH_MS + (slot + 0.5) * SLOT_MS;
}

export function createDays(zone: string, season: HeatingSeason): Days {
  const days: ModelDay[] = [];
  let nextMs = MODEL_EPOCH_MS;

  function append(): void {
    const { id, fromMs, toMs } = periodAt(nextMs, 'day', zone);
    days.push({
      date: id,
      workday: isWorkday(id),
      heating: inHeatingSeason(id, season),
      fromSlot: Math.ceil(slotAt(nextMs)),
      toSlot: Math.ceil(slotAt(toMs)),
      midnightSlot: Math.ceil(slotAt(fromMs)),
    });
    nextMs = toMs;
  }

  return {
    at(index) {
      while (days.length <= index) append();
      return days[index] as ModelDay;
    },
  };
}
