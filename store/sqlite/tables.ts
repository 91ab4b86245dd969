/** How the tables of the store file hold what a point has as tags, time and fields. */
import type { MeasurementName } from '../schema.ts';

/** Rows of series: which tags make up a series' key. */
interface SeriesTable {
  readonly kind: 'series';
  readonly table: string;
  readonly subject: string;
  readonly cut?: string;
  /** Joined by `/`. */
  readonly name?: readonly string[];
}

/** Rows that carry their tags themselves, in columns of the same name. */
interface PlainTable {
  readonly kind: 'plain';
  readonly table: string;
  readonly time: string;
}

export type TableMap = SeriesTable | PlainTable;

export const TABLES: Readonly<Record<MeasurementName, TableMap>> = {
  reading: { kind: 'series', table: 'reading', subject: 'meter' },
  meter_status: { kind: 'series', table: 'meter_status', subject: 'meter' },
  collector: { kind: 'series', table: 'collector', subject: 'bus' },
  consumption: {
    kind: 'series',
    table: 'amount',
    subject: 'meter',
    cut: 'resolution',
    name: ['counter'],
  },
  night: { kind: 'series', table: 'night', subject: 'meter', name: ['counter'] },
  outdoor_temperature: { kind: 'series', table: 'outdoor_temperature', subject: 'station' },
  building_consumption: {
    kind: 'series',
    table: 'amount',
    subject: 'building',
    cut: 'resolution',
    name: ['carrier', 'item'],
  },
  agency_consumption: {
    kind: 'series',
    table: 'amount',
    subject: 'agency',
    cut: 'resolution',
    name: ['carrier', 'item'],
  },
  assessment: {
    kind: 'series',
    table: 'assessment',
    subject: 'agency',
    cut: 'kind',
    name: ['metric'],
  },
  load_profile: { kind: 'series', table: 'load_profile', subject: 'agency', name: ['carrier'] },
  arrival: { kind: 'plain', table: 'arrival', time: 'at_ms' },
  event: { kind: 'plain', table: 'event', time: 'at_ms' },
  finding: { kind: 'plain', table: 'finding', time: 'from_ms' },
  restatement: { kind: 'plain', table: 'restatement', time: 'start_ms' },
};

/** The column that says when. */
export function timeColumn(map: TableMap): string {
  return map.kind === 'plain' ? map.time : 'at_ms';
}
