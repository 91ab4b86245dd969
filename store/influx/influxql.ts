/** Builds queries in the subset of InfluxQL that InfluxDB 1.x, 2.x and openGemini share. */
import type { TimeRange } from '../../domain/period.ts';
import type { DatabaseName } from '../retention.ts';
import { type MeasurementName, READING_DATABASE, ROLLUP_DATABASE } from '../schema.ts';

/** InfluxDB counts nanoseconds in 64 bits; instants before 1970 do not occur. */
const LAST_INSTANT_MS = 9_223_372_036_854;

export function literal(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&').replace(/\n/g, '\\n')}'`;
}

export function name(identifier: string): string {
  return `"${identifier.replace(/[\\"]/g, '\\$&')}"`;
}

export function names(identifiers: readonly string[]): string {
  return identifiers.map(name).join(', ');
}

function instant(atMs: number): string {
  return `${Math.min(Math.max(Math.ceil(atMs), 0), LAST_INSTANT_MS)}ms`;
}

/**
 * `tag = value`, or any of several: there is no IN on InfluxDB. Of a long chain of ORs it goes
 * through the rest at every link, so they are nested in halves.
 */
export function matches(tag: string, values: readonly string[]): string {
  const [first = ''] = values;
  if (values.length <= 1) return `(${name(tag)} = ${literal(first)})`;
  const half = Math.ceil(values.length / 2);
  return `(${matches(tag, values.slice(0, half))} OR ${matches(tag, values.slice(half))})`;
}

function within({ fromMs, toMs }: TimeRange): string {
  return `time >= ${instant(fromMs)} AND time < ${instant(toMs)}`;
}

/** Cuts a range at whole multiples of a length, so that each part's answer stays short. */
export function windows({ fromMs, toMs }: TimeRange, lengthMs: number): TimeRange[] {
  const parts: TimeRange[] = [];
  const lastMs = Math.min(toMs, LAST_INSTANT_MS);
  for (let atMs = Math.max(fromMs, 0); atMs < lastMs; ) {
    const nextMs = (Math.floor(atMs / lengthMs) + 1) * lengthMs;
    parts.push({ fromMs: atMs, toMs: Math.min(nextMs, lastMs) });
    atMs = nextMs;
  }
  return parts;
}

export interface Select {
  /** Plain fields, or one expression such as `mean("activePower")`. */
  readonly columns: string;
  readonly from: MeasurementName;
  readonly where: readonly string[];
  /** Always bounded: an unbounded query reads every shard there is. */
  readonly range: TimeRange;
  /** Whatever follows: GROUP BY, ORDER BY, LIMIT, in this order. */
  readonly tail?: string;
}

export function select({ columns, from, where, range, tail }: Select): string {
  const conditions = [...where, within(range)].join(' AND ');
  const query = `SELECT ${columns} FROM ${name(from)} WHERE ${conditions}`;
  return tail === undefined ? query : `${query} ${tail}`;
}

/** Removes points of the series that have these tags. */
export function remove(
  from: MeasurementName,
  tags: Readonly<Record<string, string>>,
  range: TimeRange,
): string {
  const series = Object.entries(tags).map(([tag, value]) => `${name(tag)} = ${literal(value)}`);
  return `DELETE FROM ${name(from)} WHERE ${[...series, within(range)].join(' AND ')}`;
}

/** For ever is asked for by calendar years: each shard a year lies in costs its cursors again. */
const EVER_SHARD_DAYS = 3650;
/**
 * Otherwise the longest that fits. Each is a whole part of the one before it, the first of rollups
 * of `EVER_SHARD_DAYS`: shards made after a change then overlap none that is there, as rows written
 * again would come to lie in both and count twice.
 */
const SHARD_DAYS: Readonly<Record<DatabaseName, readonly number[]>> = {
  [READING_DATABASE]: [30, 5, 1],
  [ROLLUP_DATABASE]: [365, 73, 1],
};

function shardDays(database: DatabaseName, days: number | undefined): number {
  if (days === undefined) return EVER_SHARD_DAYS;
  return SHARD_DAYS[database].find((length) => length <= days) ?? 1;
}

/** @param days how long it is kept; for ever when absent */
export function createDatabase(database: DatabaseName, days: number | undefined): string {
  const duration = days === undefined ? 'INF' : `${days}d`;
  const shard = `SHARD DURATION ${shardDays(database, days)}d`;
  return `CREATE DATABASE ${name(database)} WITH DURATION ${duration} REPLICATION 1 ${shard}`;
}

/**
 * Changes the policy that CREATE DATABASE makes; the second where the first is refused, since its
 * shards are longer than what is to be kept. Not portable: for what an operator asks for only.
 */
export function alterRetention(database: DatabaseName, days: number): readonly string[] {
  const longer = `ALTER RETENTION POLICY "autogen" ON ${name(database)} DURATION ${days}d`;
  return [longer, `${longer} SHARD DURATION ${shardDays(database, days)}d`];
}
