/** What a water meter's hours say of each night: the least flow between 02:00 and 05:00, and the day's mean. */
import type { MeterConsumption } from '../../domain/consumption.ts';
import { HOUR_MS, localDate, localHour } from '../../domain/period.ts';

/** Minimum night flow window: nobody washes, cisterns are full (facts of the IWA practice). */
const WINDOW_HOURS: readonly number[] = [2, 3, 4];
const HOURS_A_DAY = 24;
/** Share of an hour, and of a day's hours, that must be measured to count. */
const MIN_MEASURED = 0.9;

export type HourRow = Pick<MeterConsumption, 'startMs' | 'value' | 'coverage'>;

export interface Night {
  /** Local date of the window and of the day around it. */
  readonly date: string;
  /** Start of the window; it lasts three hours. */
  readonly fromMs: number;
  readonly toMs: number;
  /** The least hour; `undefined` unless the whole window was measured. */
  readonly leastM3PerHour: number | undefined;
  /** Mean of the day around it; `undefined` when less than 90 % of its hours were measured. */
  readonly meanM3PerHour: number | undefined;
  /** Whether some hour of the day counted nothing; `undefined` unless all were measured or one is 0. */
  readonly stopped: boolean | undefined;
}

function isMeasured({ value, coverage }: HourRow): boolean {
  return value !== null && coverage >= MIN_MEASURED;
}

/** Nights in order; a day without any row in the window has none. */
export function nightsOf(hours: readonly HourRow[], zone: string): Night[] {
  const byDate = Map.groupBy(hours, ({ startMs }) => localDate(startMs, zone));
  return [...byDate].flatMap(([date, day]): Night[] => {
    const window = day.filter(({ startMs }) => WINDOW_HOURS.includes(localHour(startMs, zone)));
    const [first] = window;
    const last = window.at(-1);
    if (!first || !last) return [];
    const amounts = (rows: readonly HourRow[]) =>
      rows.filter(isMeasured).map(({ value }) => value ?? 0);
    const night = amounts(window);
    const known = amounts(day);
    const sum = known.reduce((total, amount) => total + amount, 0);
    return [
      {
        date,
        fromMs: first.startMs,
        toMs: last.startMs + HOUR_MS,
        leastM3PerHour: night.length < WINDOW_HOURS.length ? undefined : Math.min(...night),
        meanM3PerHour: known.length < HOURS_A_DAY * MIN_MEASURED ? undefined : sum / known.length,
        stopped: known.includes(0) ? true : known.length < HOURS_A_DAY ? undefined : false,
      },
    ];
  });
}
