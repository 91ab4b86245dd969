/** Runs a dashboard's queries as Grafana would: variables, time ranges and macros, against a real InfluxDB. */
import { readFile } from 'node:fs/promises';
import type { Dashboard, Panel } from '@grafana/schema';
import { parse } from 'yaml';
import { z } from 'zod';
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
const QUERY_TIMEOUT_MS = 30_000;

export interface Datasource {
  readonly database: string;
  /** Floor of `$__interval`. */
  readonly minIntervalMs: number;
}

const datasourceFile = z.object({
  datasources: z.array(
    z.object({
      uid: z.string(),
      jsonData: z.object({ dbName: z.string(), timeInterval: z.string() }),
    }),
  ),
});

const target = z.object({
  refId: z.string(),
  query: z.string(),
  datasource: z.object({ uid: z.string() }),
});

const answer = z.object({
  error: z.string().optional(),
  results: z
    .array(
      z.object({
        error: z.string().optional(),
        series: z
          .array(z.object({ columns: z.array(z.string()), values: z.array(z.array(z.unknown())) }))
          .default([]),
      }),
    )
    .default([]),
});

export interface QueryOutcome {
  /** Panel title or variable name, with the query's letter. */
  readonly where: string;
  readonly influxql: string;
  /** Values that are not null, the time column apart. */
  readonly values: number;
  readonly error?: string;
}

export interface RunOptions {
  readonly url: string;
  readonly nowMs: number;
  readonly datasources: ReadonlyMap<string, Datasource>;
  /** Instead of the value a variable starts with. */
  readonly choose?: Readonly<Record<string, string>>;
  /** Instead of the dashboard's own range; panels with a range of their own keep it. */
  readonly from?: string;
  readonly authorization?: string;
}

function lengthMs(text: string): number {
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

/** The databases behind the uids, as provisioned. */
export async function provisionedDatasources(path: string): Promise<Map<string, Datasource>> {
  const { datasources } = datasourceFile.parse(parse(await readFile(path, 'utf8')));
  return new Map(
    datasources.map(({ uid, jsonData }) => [
      uid,
      { database: jsonData.dbName, minIntervalMs: lengthMs(jsonData.timeInterval) },
    ]),
  );
}

async function ask(
  influxql: string,
  database: string,
  options: RunOptions,
): Promise<z.infer<typeof answer>> {
  const response = await fetch(`${options.url}/query?epoch=ms&db=${encodeURIComponent(database)}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      ...(options.authorization ? { authorization: options.authorization } : {}),
    },
    body: new URLSearchParams({ q: influxql }),
    signal: AbortSignal.timeout(QUERY_TIMEOUT_MS),
  });
  return answer.parse(await response.json());
}

function valuesOf({ results }: z.infer<typeof answer>): unknown[] {
  return results
    .flatMap(({ series }) => series)
    .flatMap(({ columns, values }) =>
      values.flatMap((row) => row.filter((_, index) => columns[index] !== 'time')),
    )
    .filter((value) => value !== null);
}

function outcome(where: string, influxql: string, given: z.infer<typeof answer>): QueryOutcome {
  const error = given.error ?? given.results.find((result) => result.error)?.error;
  return { where, influxql, values: valuesOf(given).length, ...(error ? { error } : {}) };
}

function databaseOf(uid: string | undefined, options: RunOptions): Datasource {
  const found = options.datasources.get(uid ?? '');
  if (!found) throw new RangeError(`no data source '${uid}' is provisioned`);
  return found;
}

/** Values of the variables, in order, and how the queries for them went. */
export async function resolveVariables(
  dashboard: Dashboard,
  options: RunOptions,
): Promise<{
  chosen: Map<string, string>;
  found: Map<string, string[]>;
  outcomes: QueryOutcome[];
}> {
  const chosen = new Map<string, string>();
  const found = new Map<string, string[]>();
  const outcomes: QueryOutcome[] = [];
  for (const variable of dashboard.templating?.list ?? []) {
    let values = (variable.options ?? []).map(({ value }) => String(value));
    if (variable.type === 'query') {
      const influxql = interpolate(String(variable.query), chosen);
      const given = await ask(
        influxql,
        databaseOf(variable.datasource?.uid, options).database,
        options,
      );
      outcomes.push(outcome(`variable ${variable.name}`, influxql, given));
      // SHOW TAG VALUES answers rows of [key, value].
      values = given.results.flatMap(({ series }) =>
        series.flatMap((one) => one.values.map((row) => String(row.at(-1)))),
      );
    }
    found.set(variable.name, values);
    const initial = String(variable.current?.value ?? '');
    const wanted = options.choose?.[variable.name] ?? initial;
    chosen.set(variable.name, values.includes(wanted) ? wanted : (values[0] ?? ''));
  }
  return { chosen, found, outcomes };
}

/** Every query of every panel and variable. */
export async function runDashboard(
  dashboard: Dashboard,
  options: RunOptions,
): Promise<QueryOutcome[]> {
  const { chosen, outcomes } = await resolveVariables(dashboard, options);
  const zone = dashboard.timezone ?? 'UTC';
  for (const panel of (dashboard.panels ?? []).filter((each): each is Panel => 'targets' in each)) {
    const from = panel.timeFrom ?? options.from ?? dashboard.time?.from ?? 'now-6h';
    const range = rangeOf(from, options.nowMs, zone);
    for (const raw of panel.targets ?? []) {
      const { query, datasource, refId } = target.parse(raw);
      const { database, minIntervalMs } = databaseOf(datasource.uid, options);
      const interval = intervalOf(range, minIntervalMs);
      const influxql = expandMacros(interpolate(query, chosen), range, interval);
      const given = await ask(influxql, database, options);
      outcomes.push(outcome(`${panel.title} ${refId}`, influxql, given));
    }
  }
  return outcomes;
}

/** What Grafana would show as an error or an empty panel, one line each. */
export function complaints(outcomes: readonly QueryOutcome[]): string[] {
  return outcomes
    .filter(({ error, values }) => error !== undefined || values === 0)
    .map(({ where, error, influxql }) => `${where}: ${error ?? 'no value'}\n    ${influxql}`);
}
