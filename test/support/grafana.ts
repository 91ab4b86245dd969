/** Runs a dashboard's queries as Grafana would: variables, time ranges and macros, against a real InfluxDB. */
import { readFile } from 'node:fs/promises';
import type { Dashboard, Panel } from '@grafana/schema';
import { parse } from 'yaml';
import { z } from 'zod';
import { expandMacros, interpolate, intervalOf, lengthMs, rangeOf } from './grafana-macros.ts';

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

const answerBody = z.object({
  error: z.string().optional(),
  results: z
    .array(
      z.object({
        error: z.string().optional(),
        series: z
          .array(
            z.object({
              tags: z.record(z.string(), z.string()).default({}),
              columns: z.array(z.string()),
              values: z.array(z.array(z.unknown())),
            }),
          )
          .default([]),
      }),
    )
    .default([]),
});

type Answer = z.infer<typeof answerBody>;
type Series = Answer['results'][number]['series'][number];

export interface QueryOutcome {
  /** Panel title or variable name, with the query's letter. */
  readonly where: string;
  readonly influxql: string;
  /** Values that are not null, the time column apart. */
  readonly values: number;
  readonly series: readonly Series[];
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

/** The databases behind the uids, as provisioned. */
export async function provisionedDatasources(path: URL): Promise<Map<string, Datasource>> {
  const { datasources } = datasourceFile.parse(parse(await readFile(path, 'utf8')));
  return new Map(
    datasources.map(({ uid, jsonData }) => [
      uid,
      { database: jsonData.dbName, minIntervalMs: lengthMs(jsonData.timeInterval) },
    ]),
  );
}

async function ask(influxql: string, database: string, options: RunOptions): Promise<Answer> {
  const response = await fetch(`${options.url}/query?epoch=ms&db=${encodeURIComponent(database)}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      ...(options.authorization ? { authorization: options.authorization } : {}),
    },
    body: new URLSearchParams({ q: influxql }),
    signal: AbortSignal.timeout(QUERY_TIMEOUT_MS),
  });
  return answerBody.parse(await response.json());
}

function countValues(series: readonly Series[]): number {
  const values = series.flatMap(({ columns, values }) =>
    values.flatMap((row) => row.filter((_, index) => columns[index] !== 'time')),
  );
  return values.filter((value) => value !== null).length;
}

function outcome(where: string, influxql: string, given: Answer): QueryOutcome {
  const series = given.results.flatMap((result) => result.series);
  const error = given.error ?? given.results.find((result) => result.error)?.error;
  const values = countValues(series);
  return { where, influxql, values, series, ...(error === undefined ? {} : { error }) };
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
