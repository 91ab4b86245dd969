/** How much of its staff a government office holds through the day. */
import { type ModelDay, SLOTS_PER_HOUR } from './days.ts';

/** Share of the staff present at local hours of a working day; straight lines between. */
const WORKDAY_COURSE: readonly (readonly [hour: number, share: number])[] = [
  [0, 0.02],
  [7, 0.04],
  [8.5, 0.95],
  [11.5, 1],
  [12.25, 0.6],
  [13.75, 0.6],
  [14.5, 1],
  [17.25, 0.95],
  [18.5, 0.3],
  [21, 0.06],
  [24, 0.02],
];
/** Those on duty, and a few who drop in by day. */
const DUTY_SHARE = 0.02;
const WEEKEND_SHARE = 0.08;

function interpolate(course: typeof WORKDAY_COURSE, hour: number): number {
  for (let index = 1; index < course.length; index += 1) {
    const [fromHour, from] = course[index - 1] as readonly [number, number];
    const [toHour, to] = course[index] as readonly [number, number];
    if (hour < toHour) return from + ((to - from) * (hour - fromHour)) / (toHour - fromHour);
  }
  return course.at(-1)?.[1] ?? 0;
}

/** Both kinds of day by quarter hour, since the same 96 answers are asked for all the time. */
const BY_SLOT = Array.from({ length: 25 * SLOTS_PER_HOUR }, (_, slot) =>
  interpolate(WORKDAY_COURSE, (slot + 0.5) / SLOTS_PER_HOUR),
);

/** Local hour of the middle of a slot, counted from the day's midnight. */
export function hourIn(day: ModelDay, slot: number): number {
  return (slot - day.midnightSlot + 0.5) / SLOTS_PER_HOUR;
}

/** Share of the staff present, 0…1. */
export function presenceIn(day: ModelDay, slot: number): number {
  if (day.workday) return BY_SLOT[slot - day.midnightSlot] ?? DUTY_SHARE;
  const hour = hourIn(day, slot);
  return hour >= 9 && hour < 17 ? WEEKEND_SHARE : DUTY_SHARE;
}

/** Share of its peak a canteen that cooks lunch runs at, 0…1. */
export function canteenIn(day: ModelDay, slot: number): number {
  if (!day.workday) return 0;
  const hour = hourIn(day, slot);
  return hour < 9.5 || hour >= 13.5 ? 0 : hour < 11 ? 0.6 : hour < 12.5 ? 1 : 0.4;
}
