/** A flow over time: a rate per slot, and its running total from the epoch, summed once and remembered. */
import { type Days, type ModelDay, SLOTS_PER_HOUR, slotAt } from './days.ts';

/** Amount per hour in a slot of a day. */
export type RateOf = (day: ModelDay, slot: number) => number;

export interface Series {
  /** Amount since the epoch; 0 before it. */
  totalAt(atMs: number): number;
  /** Amount per hour at an instant; 0 before the epoch. */
  rateAt(atMs: number): number;
  /** Amount per hour in a slot. */
  rateIn(slot: number): number;
}

const FIRST_CAPACITY = 96 * 400;

/** Totals grow a day at a time, as far as somebody asks. */
export function createSeries(days: Days, rateOf: RateOf): Series {
  /** `totals[slot]` is the amount up to the start of the slot. */
  let totals = new Float64Array(FIRST_CAPACITY);
  let knownSlots = 0;
  let knownDays = 0;

  function extendTo(slot: number): void {
    while (knownSlots <= slot) {
      const day = days.at(knownDays);
      if (day.toSlot + 1 > totals.length) {
        const larger = new Float64Array(totals.length * 2);
        larger.set(totals);
        totals = larger;
      }
      for (let at = day.fromSlot; at < day.toSlot; at += 1) {
        totals[at + 1] = (totals[at] as number) + rateOf(day, at) / SLOTS_PER_HOUR;
      }
      knownDays += 1;
      knownSlots = day.toSlot;
    }
  }

  function rateIn(slot: number): number {
    extendTo(slot);
    return ((totals[slot + 1] as number) - (totals[slot] as number)) * SLOTS_PER_HOUR;
  }

  return {
    rateIn,
    rateAt: (atMs) => (slotAt(atMs) < 0 ? 0 : rateIn(Math.floor(slotAt(atMs)))),
    totalAt(atMs) {
      const position = slotAt(atMs);
      if (position <= 0) return 0;
      const slot = Math.floor(position);
      const rate = rateIn(slot);
      return (totals[slot] as number) + ((position - slot) * rate) / SLOTS_PER_HOUR;
    },
  };
}
