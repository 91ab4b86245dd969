/** The store's interface: readings at rest, in the words of the domain; no query language leaves it. */
import type { Carrier } from '../domain/carriers.ts';
import type { AccountItem, AgencyConsumption, MeterConsumption } from '../domain/consumption.ts';
import type { Resolution, TimeRange } from '../domain/period.ts';
import type { CounterId, QuantityId } from '../domain/quantities.ts';
import type { CounterReading, MeterStatus, Reading } from '../domain/reading.ts';
import type { AssessmentPoint, CollectorPoint, LoadProfilePoint, StoreEvent } from './schema.ts';

export interface StoreHealth {
  readonly ok: boolean;
  readonly engine: string;
  readonly version: string;
  readonly detail?: string;
}

/** What the collector needs: durable, idempotent writes. Same series and instant overwrite. */
export interface ReadingSink {
  /**
   * Resolves when durable. `building` and `carrier` tags come from the registry's meter.
   * @throws AppError `store.unavailable` (retry), `store.denied` (pause, keep), `store.too-large`
   *   (halve), `store.rejected` (bisect: some points may be stored, some are bad).
   */
  writeReadings(readings: readonly Reading[]): Promise<void>;
  writeStatuses(statuses: readonly MeterStatus[]): Promise<void>;
  writeCollector(points: readonly CollectorPoint[]): Promise<void>;
}

export interface ConsumptionQuery {
  readonly meterIds: readonly string[];
  readonly resolution: Resolution;
  readonly range: TimeRange;
  /** Only rows that carry a finding. */
  readonly flaggedOnly?: boolean;
}

export interface AgencyConsumptionQuery {
  readonly agencyIds: readonly string[];
  readonly resolution: Resolution;
  readonly range: TimeRange;
  readonly carrier?: Carrier;
  readonly item?: AccountItem;
}

/**
 * All ranges are half-open UTC milliseconds. Unknown ids yield nothing, never an error. Rows come
 * sorted by id, then time. A value that was `null` when written is `null` when read.
 */
export interface Store extends ReadingSink {
  readonly kind: 'sqlite' | 'influx';
  /** Creates what can be created, migrates what must be, and explains what is missing. */
  init(): Promise<void>;
  health(): Promise<StoreHealth>;

  /** The last reading of each meter inside the range (always bounded). */
  latestReadings(meterIds: readonly string[], range: TimeRange): Promise<Reading[]>;
  /** The last status of each meter inside the range. */
  latestStatuses(meterIds: readonly string[], range: TimeRange): Promise<MeterStatus[]>;
  /** The newest `limit` statuses of one meter, oldest first. */
  statuses(meterId: string, range: TimeRange, limit: number): Promise<MeterStatus[]>;
  /** Whole readings of one meter, oldest first, at most `limit`; registers of one instant are merged. */
  readings(meterId: string, range: TimeRange, limit: number): Promise<Reading[]>;
  /** One register of one meter, oldest first, without limit: input of the corrected curve. */
  counterReadings(meterId: string, counter: CounterId, range: TimeRange): Promise<CounterReading[]>;
  /** Mean of a gauge per `everyMs` bucket (aligned to the epoch); empty buckets are absent. */
  meanPerBucket(
    meterId: string,
    quantity: QuantityId,
    range: TimeRange,
    everyMs: number,
  ): Promise<{ atMs: number; value: number }[]>;

  writeMeterConsumption(rows: readonly MeterConsumption[]): Promise<void>;
  meterConsumption(query: ConsumptionQuery): Promise<MeterConsumption[]>;
  /** Start of the newest row of each meter, within the range. */
  lastMeterConsumption(query: ConsumptionQuery): Promise<Map<string, number>>;

  writeAgencyConsumption(rows: readonly AgencyConsumption[]): Promise<void>;
  agencyConsumption(query: AgencyConsumptionQuery): Promise<AgencyConsumption[]>;

  writeAssessment(points: readonly AssessmentPoint[]): Promise<void>;
  assessment(agencyIds: readonly string[], range: TimeRange): Promise<AssessmentPoint[]>;
  writeLoadProfile(points: readonly LoadProfilePoint[]): Promise<void>;
  writeEvents(events: readonly StoreEvent[]): Promise<void>;
  /** The newest `limit` events of all subjects, oldest first. */
  events(range: TimeRange, limit: number): Promise<StoreEvent[]>;

  close(): Promise<void>;
}
