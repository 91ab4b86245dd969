/** What a panel asks InfluxDB for, in InfluxQL. */
import type { DataSourceRef } from '@grafana/schema';
import type { Text } from '../domain/text.ts';
import { READING_DATABASE, ROLLUP_DATABASE } from '../store/schema.ts';

/** The uids that `provisioning/grafana/datasources` gives the two databases; fixed for ever. */
export const DATASOURCES = {
  jieyue: READING_DATABASE,
  'jieyue-rollup': ROLLUP_DATABASE,
} as const;

export type DatasourceUid = keyof typeof DATASOURCES;

export interface QuerySpec {
  readonly source: DatasourceUid;
  readonly influxql: string;
  /** `time_series` (the default) makes one series per group; `table` keeps tags as columns. */
  readonly format?: 'time_series' | 'table';
  /** Name of the series; `$tag_<key>` stands for a tag's value. */
  readonly alias?: string | Text;
}

/** Grafana's InfluxQL target. `@grafana/schema` has no type for it. */
export interface InfluxTarget {
  readonly refId: string;
  readonly datasource: DataSourceRef;
  readonly rawQuery: true;
  readonly query: string;
  readonly resultFormat: 'time_series' | 'table';
  readonly alias?: string;
}

export function datasourceRef(uid: DatasourceUid): DataSourceRef {
  return { type: 'influxdb', uid };
}

export function targetOf(spec: QuerySpec, index: number, language: keyof Text): InfluxTarget {
  const { alias } = spec;
  return {
    refId: String.fromCharCode('A'.charCodeAt(0) + index),
    datasource: datasourceRef(spec.source),
    rawQuery: true,
    query: spec.influxql,
    resultFormat: spec.format ?? 'time_series',
    ...(alias === undefined ? {} : { alias: typeof alias === 'string' ? alias : alias[language] }),
  };
}
