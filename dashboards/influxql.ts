/** Pieces of InfluxQL that panels share. */
import type { QuerySpec } from './query.ts';

type Shape = Pick<QuerySpec, 'format' | 'alias'>;

/** One agency at a time: a parent's rows already hold its children's. */
export const AGENCY = '"agency" =~ /^$agency$/';
export const CARRIER = '"carrier" =~ /^$carrier$/';
export const ZONE = 'Asia/Shanghai';
export const NO_DATA = { zh: '无数据', en: 'No data' };

/** Asks what was computed. */
export function rollup(influxql: string, shape: Shape = {}): QuerySpec {
  return { source: 'jieyue-rollup', influxql, ...shape };
}

/** Asks what meters reported. */
export function readings(influxql: string, shape: Shape = {}): QuerySpec {
  return { source: 'jieyue', influxql, ...shape };
}
