/** Hourly temperatures from a CSV, for sites without a sensor on the line or without internet. */
import { Temporal } from 'temporal-polyfill';
import { AppError } from '../../domain/errors.ts';

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

const TIME_COLUMNS = ['time', '时间'];
const TEMPERATURE_COLUMNS = ['temperaturec', '气温'];
/** Colder and warmer than any record on land: what lies beyond is a code for "missing" such as 999. */
const PLAUSIBLE_C = { min: -90, max: 60 };

interface Fault {
  readonly line: number;
  readonly expected: string;
  readonly found: string;
}

/** As spreadsheets write it: slashes, one digit, a blank. */
const LOOSE = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})[ T](\d{1,2})(?=:)/;
const HAS_OFFSET = /T.*(Z|[+-]\d{2}:?\d{2})$/i;

/** A time with an offset, or local without one. */
function instantOf(text: string, zone: string): number | undefined {
  const iso = text.replace(
    LOOSE,
    (_, ...[year = '', month = '', day = '', hour = '']: string[]) =>
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

function cellsOf(line: string): string[] {
  return line.split(',').map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
}

function columnIn(header: readonly string[], names: readonly string[]): number {
  return header.findIndex((name) => names.includes(name.toLowerCase()));
}

/**
 * Reads `time,temperatureC` (时间,气温), in any order and beside other columns. Times are ISO 8601
 * with an offset, or local without one.
 * @throws AppError `request.invalid` with every faulty line.
 */
export function parseWeatherCsv(
  text: string,
  { file, zone }: { readonly file: string; readonly zone: string },
): WeatherCsv {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const header = cellsOf(lines[0] ?? '');
  const timeAt = columnIn(header, TIME_COLUMNS);
  const temperatureAt = columnIn(header, TEMPERATURE_COLUMNS);
  const faults: Fault[] = [];
  if (timeAt < 0 || temperatureAt < 0) {
    faults.push({
      line: 1,
      expected: 'columns time,temperatureC (时间,气温)',
      found: lines[0] ?? '',
    });
  }
  const byTime = new Map<number, number>();
  let empty = 0;
  for (const [i, line] of (faults.length > 0 ? [] : lines).entries()) {
    if (i === 0 || line.trim() === '') continue;
    const cells = cellsOf(line);
    const [time = '', value = ''] = [cells[timeAt], cells[temperatureAt]];
    const atMs = instantOf(time, zone);
    const celsius = Number(value);
    if (atMs === undefined) {
      faults.push({ line: i + 1, expected: 'a time such as 2026-01-01T00:00+08:00', found: time });
    } else if (value === '') {
      empty += 1;
    } else if (!(celsius >= PLAUSIBLE_C.min && celsius <= PLAUSIBLE_C.max)) {
      const expected = `${PLAUSIBLE_C.min} to ${PLAUSIBLE_C.max} °C, or nothing when missing`;
      faults.push({ line: i + 1, expected, found: value });
    } else if ((byTime.get(atMs) ?? celsius) !== celsius) {
      faults.push({ line: i + 1, expected: `one temperature for ${time}`, found: value });
    } else {
      byTime.set(atMs, celsius);
    }
  }
  if (faults.length > 0) {
    const list = faults.map(
      ({ line, expected, found }) => `  ${file}:${line} expected ${expected}, found '${found}'`,
    );
    throw new AppError('request.invalid', `${faults.length} fault(s):\n${list.join('\n')}`, {
      file,
      faults,
    });
  }
  const points = [...byTime].map(([atMs, celsius]) => ({ atMs, celsius }));
  return { points: points.sort((a, b) => a.atMs - b.atMs), empty };
}
