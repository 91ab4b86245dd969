/** Stored names: measurements, tags and fields. A change here is breaking and needs a migration. */
import type { Carrier } from '../domain/carriers.ts';
import type { CounterId } from '../domain/quantities.ts';

/** Readings and statuses, kept for a time. */
export const READING_DATABASE = 'jieyue';
/** Everything computed, and events. */
export const ROLLUP_DATABASE = 'jieyue_rollup';

/** Tag keys and fields of each measurement. Fields are floats unless named in `integer` or `string`. */
export const MEASUREMENTS = {
  /** One field per quantity in canonical units, plus `quality` (bits). No agency tag: that is dated registry data. */
  reading: {
    database: READING_DATABASE,
    tags: ['building', 'carrier', 'meter'],
    integer: ['quality'],
    string: [],
  },
  /** One point per configured meter per poll, failed ones too. */
  meter_status: {
    database: READING_DATABASE,
    tags: ['building', 'carrier', 'meter'],
    integer: ['state'],
    string: ['reason'],
  },
  /** Per meter and register; hours, local days, months, years, heating seasons. */
  consumption: {
    database: ROLLUP_DATABASE,
    tags: ['building', 'carrier', 'counter', 'meter', 'resolution'],
    integer: ['rule_version'],
    string: ['class', 'flags'],
  },
  /** Per water meter and local day, timestamp local midnight: what the hours say of its night. */
  night: {
    database: ROLLUP_DATABASE,
    tags: ['counter', 'meter'],
    integer: ['hours', 'window_hours', 'zero_hours'],
    string: [],
  },
  /** Hourly mean at a weather station, timestamp the start of the hour: outlives the readings it is made of. */
  outdoor_temperature: {
    database: ROLLUP_DATABASE,
    tags: ['station'],
    integer: [],
    string: [],
  },
  /** Per building, carrier and sub-item. */
  building_consumption: {
    database: ROLLUP_DATABASE,
    tags: ['building', 'carrier', 'item', 'resolution'],
    integer: ['rule_version'],
    string: ['class', 'flags'],
  },
  /** Per agency, carrier and sub-item. */
  agency_consumption: {
    database: ROLLUP_DATABASE,
    tags: ['agency', 'carrier', 'item', 'resolution'],
    integer: ['rule_version'],
    string: ['class', 'flags'],
  },
  /** What a published row says now; the timestamp is the row's start. `name`: counter or `carrier/item`. */
  restatement: {
    database: ROLLUP_DATABASE,
    tags: ['name', 'resolution', 'revision', 'subject', 'subject_kind'],
    integer: ['at_ms', 'rule_version'],
    string: ['class', 'flags', 'cause'],
  },
  /** What was seen of a register; the timestamp is the start of it, `withdrawn` 1 once it holds no more. */
  finding: {
    database: ROLLUP_DATABASE,
    tags: ['code', 'counter', 'meter'],
    integer: ['provisional', 'to_ms', 'withdrawn'],
    string: ['evidence', 'proposal'],
  },
  /** Per agency and metric; the timestamp is the period's start. `revision` 0: not frozen. */
  assessment: {
    database: ROLLUP_DATABASE,
    tags: ['agency', 'kind', 'metric'],
    integer: ['revision'],
    string: ['status'],
  },
  /** Hourly amounts tagged with the local hour, for the day × hour heat map. */
  load_profile: {
    database: ROLLUP_DATABASE,
    tags: ['agency', 'carrier', 'hour'],
    integer: [],
    string: [],
  },
  /** Readings that came late: when they arrived, and the stretch they lie in. */
  arrival: {
    database: READING_DATABASE,
    tags: ['meter'],
    integer: ['from_ms', 'to_ms'],
    string: [],
  },
  event: { database: ROLLUP_DATABASE, tags: ['kind', 'subject'], integer: [], string: ['text'] },
  /** The collector's own figures. */
  collector: { database: READING_DATABASE, tags: ['bus'], integer: [], string: [] },
} as const;

export type MeasurementName = keyof typeof MEASUREMENTS;

/** Say what other points say, and are made anew of them: no part of an archive. */
export const REPEATED: readonly MeasurementName[] = ['night'];

export interface AssessmentPoint {
  readonly agencyId: string;
  readonly metric: string;
  readonly kind: 'month' | 'year';
  /** Start of the period. */
  readonly startMs: number;
  /** `null` when the data did not suffice. */
  readonly value: number | null;
  readonly status: 'ok' | 'partial' | 'insufficient';
  /** Share of the period that was measured, 0…1. */
  readonly completeness: number;
  /** Of the frozen assessment it is from; 0 while it follows the data. */
  readonly revision: number;
}

export interface LoadProfilePoint {
  readonly agencyId: string;
  readonly carrier: Carrier;
  /** Start of the hour; the tag is the local hour `00` … `23`. */
  readonly startMs: number;
  readonly localHour: number;
  readonly value: number;
}

/**
 * What the hours of a water meter's local day add up to, and those from 02:00 to 05:00 in it. It
 * repeats what hour rows say and nothing else: a night that is not stored is asked of them.
 */
export interface MeterNight {
  readonly meterId: string;
  readonly counter: CounterId;
  /** Local midnight. */
  readonly startMs: number;
  /** Hours of the day that were measured, those of them that counted nothing, and what all counted. */
  readonly hours: number;
  readonly zeroHours: number;
  readonly sumM3: number;
  /** Hours of the window that were measured, and the least of them; `null` where none was. */
  readonly windowHours: number;
  readonly leastM3: number | null;
}

/** Mean temperature of an hour outdoors. An hour of which nothing is known has none. */
export interface OutdoorHour {
  readonly stationId: string;
  readonly startMs: number;
  readonly celsius: number;
}

export interface StoreEvent {
  readonly atMs: number;
  /** A slug, e.g. `replacement`, `reset`. */
  readonly kind: string;
  /** Id of the meter or agency it is about. */
  readonly subject: string;
  readonly text: string;
}

/** Late readings of a meter: the store has had them since `arrivedAtMs`; half-open. */
export interface Arrival {
  readonly meterId: string;
  readonly arrivedAtMs: number;
  readonly fromMs: number;
  readonly toMs: number;
}

/** One bus, or `_all` for the process as a whole. */
export interface CollectorPoint {
  readonly atMs: number;
  readonly bus: string;
  readonly fields: Readonly<Record<string, number>>;
}
