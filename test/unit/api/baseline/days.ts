/** Invented years of days with a known equation behind them. */
import type { DayAmount, DayTemperature } from '../../../../api/baseline/rows.ts';
import { isWorkday } from '../../../../domain/calendar.ts';
import { DAY_MS } from '../../../../domain/period.ts';

export function datesFrom(first: string, count: number): string[] {
  const startMs = Date.parse(`${first}T00:00:00Z`);
  return Array.from({ length: count }, (_, i) =>
    new Date(startMs + i * DAY_MS).toISOString().slice(0, 10),
  );
}

/** Repeatable noise between −1 and 1, without a period. */
export function noiseAt(i: number): number {
  const x = Math.sin(i * 12.9898 + 4.1) * 43_758.5453;
  return 2 * (x - Math.floor(x)) - 1;
}

/** A continental year: −15 °C in January, 24 °C in July, and days that differ. */
export function temperaturesOf(dates: readonly string[]): DayTemperature[] {
  return dates.map((date, i) => {
    const dayOfYear = (Date.parse(date) - Date.parse(`${date.slice(0, 4)}-01-01`)) / DAY_MS;
    const annual = -Math.cos((2 * Math.PI * (dayOfYear - 15)) / 365.25);
    return { date, meanC: 5 + 19 * annual + 4 * noiseAt(i + 1000) };
  });
}

export interface Building {
  readonly base: number;
  readonly perHdd: number;
  readonly perCdd: number;
  /** Added on working days. */
  readonly work: number;
  readonly noise: number;
}

/** Heats below 15 °C, cools above 20 °C. */
export function useOf(
  temperatures: readonly DayTemperature[],
  { base, perHdd, perCdd, work, noise }: Building,
): DayAmount[] {
  return temperatures.map(({ date, meanC }, i) => {
    const t = meanC ?? 0;
    const weather = perHdd * Math.max(0, 15 - t) + perCdd * Math.max(0, t - 20);
    return { date, value: base + weather + (isWorkday(date) ? work : 0) + noise * noiseAt(i) };
  });
}
