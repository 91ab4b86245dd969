/** What Grafana puts in place of variables, macros and relative times before it asks a data source. */
import { DAY_MS, HOUR_MS, periodAt, type TimeRange } from '../../domain/period.ts';

const MINUTE_MS = 60_000;
const UNIT_MS: Readonly<Record<string, number>> = {
  s: 1000,
  m: MINUTE_MS,
  h: HOUR_MS,
  d: DAY_MS,
  w: 7 * DAY_MS,
  y: 365 * DAY_MS,
};
const PERIODS = { d: 'day', M: 'month', y: 'year' } as const;

export function lengthMs(text: string): number {
  const match = /^(\d+)([smhdwy])$/.exec(text);
  const unit = UNIT_MS[match?.[2] ?? ''];
  if (!match || unit === undefined) throw new RangeError(`'${text}' is not a length of time`);
  return Number(match[1]) * unit;
}

/** `now-24h`, `24h`, `now/d`, `now/M`, `now/y`: what a dashboard of ours may say. */
export function rangeOf(from: string, nowMs: number, zone: string): TimeRange {
  const start = /^now\/([dMy])$/.exec(from)?.[1] as keyof typeof PERIODS | undefined;
  if (start) return { fromMs: periodAt(nowMs, PERIODS[start], zone).fromMs, toMs: nowMs };
  return { fromMs: nowMs - lengthMs(from.replace(/^now-/, '')), toMs: nowMs };
}

/** Upper bounds and values of Grafana's rounding of intervals, as far as our ranges go. */
const STEPS: readonly (readonly [belowMinutes: number, text: string])[] = [
  [1.5, '1m'],
  [3.5, '2m'],
  [7.5, '5m'],
  [12.5, '10m'],
  [17.5, '15m'],
  [25, '20m'],
  [45, '30m'],
  [90, '1h'],
  [150, '2h'],
  [270, '3h'],
  [540, '6h'],
  [1440, '12h'],
];

/** About 1,000 points a range, rounded, and never finer than the data source's floor. */
export function intervalOf({ fromMs, toMs }: TimeRange, minIntervalMs: number): string {
  const minutes = Math.max(minIntervalMs, (toMs - fromMs) / 1000) / MINUTE_MS;
  return STEPS.find(([below]) => minutes < below)?.[1] ?? '1d';
}

/** A value is escaped inside a pattern only, and not at all when it begins like a number. */
function escaped(value: string, insidePattern: boolean): string {
  if (!insidePattern || !Number.isNaN(Number.parseFloat(value))) return value;
  return value.replace(/[\\^$*+?.()|[\]{}/]/g, '\\$&');
}

/** The browser's part: `$name`, `${name}`, `${name:format}` and `[[name]]`. */
export function interpolate(influxql: string, variables: ReadonlyMap<string, string>): string {
  const names = [...variables.keys()].join('|');
  if (names === '') return influxql;
  const pattern = new RegExp(
    `\\$(${names})\\b|\\$\\{(${names})(?::\\w+)?\\}|\\[\\[(${names})\\]\\]`,
    'g',
  );
  return influxql.replace(pattern, (_, ...groups: (string | number | undefined)[]) => {
    const name = groups.slice(0, 3).find((group) => group !== undefined);
    const offset = Number(groups[3]);
    const slashes = influxql.slice(0, offset).split('/').length - 1;
    return escaped(variables.get(String(name)) ?? '', slashes % 2 === 1);
  });
}

/** The server's part: macros, in the order Grafana replaces them. */
export function expandMacros(influxql: string, range: TimeRange, interval: string): string {
  return influxql
    .replaceAll('$timeFilter', `time >= ${range.fromMs}ms and time <= ${range.toMs}ms`)
    .replaceAll('$interval', interval)
    .replaceAll('$__interval_ms', String(lengthMs(interval)))
    .replaceAll('$__interval', interval);
}
