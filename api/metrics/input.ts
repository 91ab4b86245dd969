/** What a metric may see: one agency's account of one period, the facts on file, and the periods before. */
import type { Carrier } from '../../domain/carriers.ts';
import type { AccountItem, AgencyConsumption } from '../../domain/consumption.ts';
import type { Finding } from '../../domain/finding.ts';
import type { Fuel } from '../../domain/fuels.ts';
import type { HeadDefinition } from '../../domain/heads.ts';
import type { Period, TimeRange } from '../../domain/period.ts';
import type { Text } from '../../domain/text.ts';
import type { MeteringLimits } from '../../registry/metering-limits.ts';
import type { CountingMeter, Registry } from '../../registry/registry.ts';
import type {
  Agency,
  Building,
  Factor,
  FactorProfile,
  PeerMean,
  Quota,
  Target,
} from '../../registry/schema.ts';
import type { SavingsReport } from '../baseline/savings.ts';
import type { PeriodAmount } from '../consumption/amounts.ts';
import type { EntryOf, KindId } from '../ledger/ledger.ts';
import type { Leak } from '../water/nearest.ts';

export type AreaKind = 'floorM2' | 'heatedM2' | 'cooledM2' | 'greenM2';

/** Degree days at the agency's stations, weighted by the floor area of its buildings. */
export interface DegreeDays {
  /** Over the days of the elapsed period that have a temperature; never scaled up. */
  readonly hdd18: number;
  readonly cdd26: number;
  /** Share of those days. */
  readonly coverage: number;
  /** Of a typical year; `undefined` when a station has none on file. */
  readonly normal:
    | {
        readonly hdd18: number;
        readonly cdd26: number;
        readonly source: string;
        readonly verified: boolean;
      }
    | undefined;
}

/** A unit below (or the agency itself): what a roll-up is made of. */
export interface UnitAccount {
  readonly agency: Agency;
  total(carrier: Carrier, item?: AccountItem): PeriodAmount | undefined;
}

/** What a meter counted. */
export interface MeterAmount {
  readonly meter: CountingMeter;
  readonly amount: PeriodAmount;
  /** While somebody of the account was in its building; absent: over all of the elapsed period. */
  readonly range?: TimeRange;
}

/** A working sensor's hour. */
export interface RoomHour {
  readonly startMs: number;
  readonly celsius: number;
  /** `undefined` when the station does not know it. */
  readonly outdoorC: number | undefined;
}

export interface RoomSensor {
  readonly id: string;
  readonly name: Text;
  /** Hours without a reading are absent. */
  readonly hours: readonly RoomHour[];
}

/** An hour of a garden meter that is known. */
export interface GardenHour {
  readonly meterId: string;
  readonly startMs: number;
  readonly m3: number;
}

/** What the meters around a retrofit say of one carrier it acts on. */
export interface RetrofitSaving {
  readonly carrier: Carrier;
  /** Meters, building or agency the figures are of. */
  readonly source: string;
  /** First local day that shows the measure; `undefined` while it is not finished. */
  readonly effectiveFrom: string | undefined;
  /** It was effective from the period's first day on. */
  readonly wholePeriod: boolean;
  /** Planned for a year; measured and verified over the elapsed period. Never one for another. */
  readonly report: SavingsReport;
}

/** A retrofit of the ledger that began before the elapsed period's end. */
export interface RetrofitAccount {
  readonly entry: EntryOf<'retrofit'>;
  /** By carrier; empty when no meter is around it. */
  readonly savings: readonly RetrofitSaving[];
}

/** Carriers whose hours are loaded: a year of them is most of what an account costs. */
export type HourlyCarrier = 'electricity' | 'solar' | 'water';

export interface MetricInput {
  readonly agency: Agency;
  readonly registry: Registry;
  readonly periodKind: Period['kind'];
  /** The part of the period that has passed, in whole local days. */
  readonly elapsed: TimeRange;
  /** Local dates (`YYYY-MM-DD`) of the elapsed period's first day and of the day after its last. */
  readonly fromDate: string;
  readonly toDate: string;
  /** False while the period still runs. */
  readonly ended: boolean;

  /** The account's amount over the elapsed period; `undefined` when no meter measures it. */
  total(carrier: Carrier, item?: AccountItem): PeriodAmount | undefined;
  /** Day and hour rows of an item (a carrier's total by default) over the elapsed period. */
  days(carrier: Carrier, item?: AccountItem): readonly AgencyConsumption[];
  hours(carrier: HourlyCarrier, item?: AccountItem): readonly AgencyConsumption[];
  /** Units below with an account of their own, the agency itself when it is one. */
  readonly units: readonly UnitAccount[];
  /** The same account `years` earlier, over the same part of the period; without rows there is none. */
  earlier(years: number): MetricInput | undefined;
  /** The whole of the year before, of a yearly account: how its use was spread over the months. */
  readonly lastYear: MetricInput | undefined;

  /** Buildings the agency or one below occupies, and the meters in them with their amounts. */
  readonly buildings: readonly Building[];
  meterAmounts(carrier: Carrier): readonly MeterAmount[];
  /** Findings on those meters that touch the elapsed period. */
  readonly findings: readonly Finding[];
  /** Suspected leaks on those meters that touch it; of the present account only. */
  readonly leaks: readonly Leak[];

  /** People and areas of the elapsed days, summed over the subtree; `undefined` when one below has none. */
  persons(definition?: HeadDefinition): number | undefined;
  area(kind: AreaKind): number | undefined;

  /** Entries of the ledger that touch the elapsed period, of the agency and all below. */
  records<K extends KindId>(kind: K): readonly EntryOf<K>[];
  /** Per agency the newest entry at or before the period's end: what holds until it is replaced. */
  latest<K extends KindId>(kind: K): readonly EntryOf<K>[];
  /** All that begin before the period's end, those of earlier years among them. */
  history<K extends KindId>(kind: K): readonly EntryOf<K>[];

  /** Room sensors in the buildings; of the present account only. */
  readonly rooms: readonly RoomSensor[];
  /** Hours of irrigation meters in the buildings; of the present account only. */
  readonly gardens: readonly GardenHour[];
  /** Retrofits of the agency and all below; of the present account only, not of earlier years'. */
  readonly retrofits: readonly RetrofitAccount[];

  /** The factor in force when an account of this year is closed. Profiles are never mixed in a figure. */
  factor(
    kind: Factor['kind'],
    carrier: Carrier | Fuel,
    profile?: FactorProfile,
  ): Factor | undefined;
  quota(metricId: string): Quota | undefined;
  target(metricId: string): Target | undefined;
  /** The mean of the same type, of the year before. */
  peerMean(metricId: string): PeerMean | undefined;
  /** yuan per unit over the elapsed period; `undefined` when a day of it has no price on file. */
  price(
    carrier: Carrier | Fuel,
  ):
    | { readonly value: number; readonly source: string; readonly ids: readonly string[] }
    | undefined;

  /** How much metering equipment there must be, and how accurate, on the elapsed period's last day. */
  readonly meteringLimits: MeteringLimits;

  /** `undefined` when no building's station has a temperature in the period. */
  readonly weather: DegreeDays | undefined;
  /** Whether an instant lies in the working hours of a working day (calendar with 调休). */
  isWorkingTime(atMs: number): boolean;
  isWorkday(date: string): boolean;
  localHourOf(atMs: number): number;
  localDateOf(atMs: number): string;
  inHeatingSeason(date: string): boolean;
  readonly elapsedHours: number;
  /** Days of the elapsed period inside the heating season. */
  readonly heatingDays: number;
}
