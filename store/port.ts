/** The store's interface: readings at rest, in the words of the domain; no query language leaves it. */
import type { Carrier } from '../domain/carriers.ts';
import type {
  AccountItem,
  AgencyConsumption,
  BuildingConsumption,
  MeterConsumption,
} from '../domain/consumption.ts';
import type { Finding, FindingCode } from '../domain/finding.ts';
import type { Resolution, TimeRange } from '../domain/period.ts';
import type { CounterId, QuantityId } from '../domain/quantities.ts';
import type { MeterStatus, Reading } from '../domain/reading.ts';
import type { Restatement, SubjectKind } from '../domain/restatement.ts';
import type { Archive } from './archive.ts';
import type {
  Arrival,
  AssessmentPoint,
  CollectorPoint,
  LoadProfilePoint,
  MeterNight,
  OutdoorHour,
  StoreEvent,
} from './schema.ts';

export interface StoreHealth {
  readonly ok: boolean;
  readonly engine: string;
  readonly version: string;
  readonly detail?: string;
}

/** What the collector needs: durable, idempotent writes. Same series and instant overwrite. */
export interface ReadingSink {
  /**
   * Resolves when durable; what is handed in may be gone through more than once. `building` and
   * `carrier` tags come from the registry's meter.
   * @throws AppError `store.unavailable` (retry), `store.denied` (pause, keep), `store.too-large`
   *   (halve), `store.rejected` (bisect: some points may be stored, some are bad).
   */
  writeReadings(readings: Iterable<Reading>): Promise<void>;
  writeStatuses(statuses: Iterable<MeterStatus>): Promise<void>;
  writeCollector(points: Iterable<CollectorPoint>): Promise<void>;
  /** Arrivals of one meter in one millisecond become one that spans them all. */
  writeArrivals(arrivals: readonly Arrival[]): Promise<void>;
}

interface RowQuery {
  readonly resolution: Resolution;
  readonly range: TimeRange;
  /** Rows as first published; by default each is the newest restatement where there is one. */
  readonly published?: boolean;
}

export interface ConsumptionQuery extends RowQuery {
  readonly meterIds: readonly string[];
  /** Only rows that carry a finding. */
  readonly flaggedOnly?: boolean;
}

/** Narrows the accounts of a building or an agency. */
interface AccountQuery extends RowQuery {
  readonly carrier?: Carrier;
  readonly item?: AccountItem;
}

export interface BuildingConsumptionQuery extends AccountQuery {
  readonly buildingIds: readonly string[];
}

export interface AgencyConsumptionQuery extends AccountQuery {
  readonly agencyIds: readonly string[];
}

export interface RestatementQuery {
  readonly subjectKind: SubjectKind;
  readonly subjects: readonly string[];
  readonly resolution?: Resolution;
  /** By the start of the row. */
  readonly range: TimeRange;
}

export interface NightQuery {
  readonly meterIds: readonly string[];
  /** By local midnight. */
  readonly range: TimeRange;
}

export interface FindingQuery {
  readonly meterIds: readonly string[];
  /** Findings that touch it. */
  readonly range: TimeRange;
  readonly code?: FindingCode;
  /** Those that were withdrawn, instead of those that hold. */
  readonly withdrawn?: boolean;
}

export interface EventFilter {
  readonly kind?: string;
  readonly subject?: string;
}

/** One register over time, oldest first: `value[i]` was read at `atMs[i]`. */
export interface CounterColumns {
  readonly atMs: Float64Array;
  readonly value: Float64Array;
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
  /**
   * One register or gauge of one meter, oldest first, without limit: input of the corrected curve. What is
   * asked for several meters at once costs less than one after the other.
   */
  counterColumns(meterId: string, counter: QuantityId, range: TimeRange): Promise<CounterColumns>;
  /** Mean of a gauge per `everyMs` bucket (aligned to the epoch); empty buckets are absent. */
  meanPerBucket(
    meterId: string,
    quantity: QuantityId,
    range: TimeRange,
    everyMs: number,
  ): Promise<{ atMs: number; value: number }[]>;
  /**
   * What arrived after an instant, oldest first, about `limit`: an instant is never split, so the
   * last one's is where to go on. An arrival may be stored a little after its own instant.
   */
  arrivals(afterMs: number, limit: number): Promise<Arrival[]>;

  writeMeterConsumption(rows: readonly MeterConsumption[]): Promise<void>;
  meterConsumption(query: ConsumptionQuery): Promise<MeterConsumption[]>;
  /** Start of the newest row of each meter, within the range. */
  lastMeterConsumption(query: ConsumptionQuery): Promise<Map<string, number>>;

  /** Of water meters, by whoever writes the hours they repeat. */
  writeNights(nights: readonly MeterNight[]): Promise<void>;
  /** By meter, then counter, then start. */
  nights(query: NightQuery): Promise<MeterNight[]>;

  /** Of weather stations, from the readings of their sensors or imported. */
  writeOutdoorHours(hours: readonly OutdoorHour[]): Promise<void>;
  /** Of one station, oldest first. */
  outdoorHours(stationId: string, range: TimeRange): Promise<OutdoorHour[]>;

  writeBuildingConsumption(rows: readonly BuildingConsumption[]): Promise<void>;
  buildingConsumption(query: BuildingConsumptionQuery): Promise<BuildingConsumption[]>;

  writeAgencyConsumption(rows: readonly AgencyConsumption[]): Promise<void>;
  agencyConsumption(query: AgencyConsumptionQuery): Promise<AgencyConsumption[]>;

  /** The rows they restate stay; the same subject, row and revision overwrites itself. */
  writeRestatements(restatements: readonly Restatement[]): Promise<void>;
  /** By subject, then start, name and revision. */
  restatements(query: RestatementQuery): Promise<Restatement[]>;

  /**
   * What is now known of a register: findings that start in the range and are not among these any
   * more are withdrawn. They stay stored and are not shown.
   */
  writeFindings(
    meterId: string,
    counter: CounterId,
    range: TimeRange,
    findings: readonly Finding[],
  ): Promise<void>;
  /** By meter, then start. */
  findings(query: FindingQuery): Promise<Finding[]>;

  writeAssessment(points: readonly AssessmentPoint[]): Promise<void>;
  assessment(agencyIds: readonly string[], range: TimeRange): Promise<AssessmentPoint[]>;
  writeLoadProfile(points: readonly LoadProfilePoint[]): Promise<void>;
  writeEvents(events: readonly StoreEvent[]): Promise<void>;
  /** The newest `limit` events, oldest first. */
  events(range: TimeRange, limit: number, filter?: EventFilter): Promise<StoreEvent[]>;

  /** Everything, as plain points: for backups. */
  readonly archive: Archive;

  close(): Promise<void>;
}
