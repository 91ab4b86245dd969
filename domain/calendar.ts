/** Chinese working days with their shifted weekends (调休), and the heating season of a place. */
import chineseDays from 'chinese-days';

/** Asked for every hour of a year, answered once a day. */
const workdays = new Map<string, boolean>();
const MOST_DATES = 20_000;

/**
 * Whether a calendar date is a working day. The State Council's yearly notice decides, so years
 * beyond the package's table fall back to Monday to Friday.
 */
export function isWorkday(date: string): boolean {
  const known = workdays.get(date);
  if (known !== undefined) return known;
  if (workdays.size >= MOST_DATES) workdays.clear();
  const isOne = chineseDays.isWorkday(date);
  workdays.set(date, isOne);
  return isOne;
}

/** `from` and `to` as `MM-DD`; the season runs over New Year and includes both days. */
export interface HeatingSeason {
  readonly from: string;
  readonly to: string;
}

/** Whether a calendar date (`YYYY-MM-DD`) lies in the heating season. */
export function inHeatingSeason(date: string, season: HeatingSeason): boolean {
  const monthDay = date.slice(5);
  return season.from > season.to
    ? monthDay >= season.from || monthDay <= season.to
    : monthDay >= season.from && monthDay <= season.to;
}
