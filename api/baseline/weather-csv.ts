/** Temperatures from a CSV, for sites without a sensor on the line or without internet. */
import { Temporal } from 'temporal-polyfill';
import { HOUR_MS } from '../../domain/period.ts';
import { isMissing, numberOf } from './table/cells.ts';
import { columnsIn, PLAUSIBLE } from './table/columns.ts';
import { csvRows } from './table/csv.ts';
import { refuseFaults, type TableFault } from './table/fault.ts';
import { inCelsius } from './terms.ts';

export interface TemperaturePoint {
  readonly atMs: number;
  readonly celsius: number;
}

export interface WeatherCsv {
  /** In the order of time. */
  readonly points: readonly TemperaturePoint[];
  /** Lines without a temperature: missing, not zero. */
  readonly empty: number;
}

/** As spreadsheets write it: slashes, one digit, a blank. */
const LOOSE = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[ T](\d{1,2})(?=:)|$)/;
const HAS_OFFSET = /T.*(Z|[+-]\d{2}:?\d{2})$/i;

/** A time with an offset, or local without one. */
function instantOf(text: string, zone: string): number | undefined {
  const iso = text.replace(
    LOOSE,
    (_, ...[year = '', month = '', day = '', hour = '0']: string[]) =>
      `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}T${hour.padStart(2, '0')}`,
  );
  try {
    return HAS_OFFSET.test(iso)
      ? Temporal.Instant.from(iso).epochMilliseconds
      : Temporal.PlainDateTime.from(iso).toZonedDateTime(zone).epochMilliseconds;
  } catch {
    return undefined;
  }
}

/**
 * Reads `time,temperatureC` (时间,气温; temperatureF), in any order and beside other columns. Times
 * are ISO 8601 with an offset, or local without one.
 * @throws AppError `request.invalid` with every faulty cell.
 */
export function parseWeatherCsv(
  text: string,
  { file, zone }: { readonly file: string; readonly zone: string },
): WeatherCsv {
  const [header = { line: 1, cells: [] }, ...rows] = csvRows(text);
  const { columns, faults: ofHeader } = columnsIn(header, ['date', 'temperature']);
  refuseFaults(file, ofHeader);
  const unit = columns.temperatureUnit;
  const { min, max } = PLAUSIBLE[unit];
  const timeAt = columns.at.get('date') ?? -1;
  const temperatureAt = columns.at.get('temperature') ?? -1;
  const faults: TableFault[] = [];
  const byTime = new Map<number, number>();
  let empty = 0;
  for (const { line, cells } of rows) {
    const [time = '', value = ''] = [cells[timeAt], cells[temperatureAt]];
    const atMs = instantOf(time, zone);
    const fault = (column: number, expected: string) =>
      faults.push({ line, column, expected, found: cells[column] ?? '' });
    if (atMs === undefined) {
      fault(timeAt, 'a time such as 2026-01-01T00:00+08:00');
      continue;
    }
    if (isMissing(value)) {
      empty += 1;
      continue;
    }
    const degrees = numberOf(value) ?? Number.NaN;
    if (!(degrees >= min && degrees <= max)) {
      fault(temperatureAt, `${min} to ${max} ${unit}, or nothing when missing`);
    } else if ((byTime.get(atMs) ?? degrees) !== degrees) {
      fault(temperatureAt, `one temperature for ${time}`);
    } else {
      byTime.set(atMs, degrees);
    }
  }
  refuseFaults(file, faults);
  const points = [...byTime].map(([atMs, degrees]) => ({
    atMs,
    celsius: unit === '°C' ? degrees : inCelsius(degrees),
  }));
  return { points: points.sort((a, b) => a.atMs - b.atMs), empty };
}

/** Mean of each hour that has a point, by start of hour, in the order of time. */
export function hourlyMeans(points: readonly TemperaturePoint[]): Map<number, number> {
  const hours = Map.groupBy(points, ({ atMs }) => Math.floor(atMs / HOUR_MS) * HOUR_MS);
  return new Map(
    [...hours].map(([startMs, own]) => [
      startMs,
      own.reduce((sum, { celsius }) => sum + celsius, 0) / own.length,
    ]),
  );
}
