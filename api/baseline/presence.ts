/** People at work as the driver of water and other uses that the weather does not move. */
import { isWorkday } from '../../domain/calendar.ts';
import type { DayDriver } from './rows.ts';

/** 1 on working days (调休 included), 0 on days off. */
export function workdayDriver(dates: readonly string[]): DayDriver[] {
  return dates.map((date) => ({ date, value: isWorkday(date) ? 1 : 0 }));
}

/** Head count on working days, none on days off; unknown where nobody was counted. */
export function presenceDriver(
  dates: readonly string[],
  personsOn: (date: string) => number | undefined,
): DayDriver[] {
  return dates.map((date) => ({ date, value: isWorkday(date) ? (personsOn(date) ?? null) : 0 }));
}
