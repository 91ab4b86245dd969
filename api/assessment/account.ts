/** Loads what an agency's metrics see of a period: rows of the store, facts of registry and ledger. */
import { inHeatingSeason, isWorkday } from '../../domain/calendar.ts';
import type { AccountItem, AgencyConsumption } from '../../domain/consumption.ts';
import { totalItem } from '../../domain/items.ts';
import {
  daysIn,
  HOUR_MS,
  localDate,
  localHour,
  type Period,
  periodAt,
  previousPeriod,
  type TimeRange,
} from '../../domain/period.ts';
import { meteringLimitsOn } from '../../registry/metering-limits.ts';
import type { ApiContext } from '../context.ts';
import type { HourlyCarrier, MetricInput } from '../metrics/input.ts';
import { staysOf } from '../occupancy.ts';
import { sizesOf } from '../sizes.ts';
import { earlierAccounts, NONE_EARLIER } from './earlier.ts';
import { factsAt } from './facts.ts';
import { metersAround } from './meters.ts';
import { pricesOver } from './prices.ts';
import { recordsOf } from './records.ts';
import { loadRetrofits } from './retrofits.ts';
import { loadRooms } from './rooms.ts';
import { addRows, byItem } from './rows.ts';
import { loadUnits } from './units.ts';
import { weatherOf } from './weather.ts';

/** Working hours used for off-hours metrics. */
const WORK_FROM_HOUR = 8;
const WORK_TO_HOUR = 18;
/** What hours say something of: when it is used, and whether it ever stops. */
const HOURLY = [
  ['electricity', '01000'],
  ['electricity', 'export'],
  ['solar', '13000'],
  ['water', '02000'],
] as const satisfies readonly (readonly [HourlyCarrier, AccountItem])[];

export interface LoadedAccount {
  readonly input: MetricInput;
  /** The part of the period that has passed, in whole local days. */
  readonly elapsed: TimeRange;
  /** Day rows of all items. */
  readonly days: readonly AgencyConsumption[];
}

export interface ReviewedAccount extends LoadedAccount {
  /** The whole period before, for whoever compares; none while this one runs. */
  readonly previous: MetricInput | undefined;
}

/** The part of a period that has passed at `nowMs`, up to the last whole local day. */
function elapsedOf(period: TimeRange, nowMs: number, zone: string): TimeRange {
  const todayMs = periodAt(nowMs, 'day', zone).fromMs;
  return {
    fromMs: period.fromMs,
    toMs: Math.max(period.fromMs, Math.min(period.toMs, todayMs)),
  };
}

async function hoursOf({ store }: ApiContext, agencyId: string, range: TimeRange) {
  const query = { agencyIds: [agencyId], resolution: 'hour', range } as const;
  const found = await Promise.all(
    HOURLY.map(async ([carrier, item]) => {
      const rows = await store.agencyConsumption({ ...query, carrier, item });
      return [`${carrier} ${item}`, rows] as const;
    }),
  );
  return new Map<string, readonly AgencyConsumption[]>(found);
}

type Calendar = Pick<
  MetricInput,
  | 'isWorkingTime'
  | 'isWorkday'
  | 'localHourOf'
  | 'localDateOf'
  | 'inHeatingSeason'
  | 'elapsedHours'
  | 'heatingDays'
>;

function calendarOf({ registry }: ApiContext, elapsed: TimeRange): Calendar {
  const { zone, heatingSeason } = registry.region;
  const isSeason = (date: string) => inHeatingSeason(date, heatingSeason);
  return {
    isWorkingTime(atMs) {
      const hour = localHour(atMs, zone);
      return hour >= WORK_FROM_HOUR && hour < WORK_TO_HOUR && isWorkday(localDate(atMs, zone));
    },
    isWorkday,
    localHourOf: (atMs) => localHour(atMs, zone),
    localDateOf: (atMs) => localDate(atMs, zone),
    inHeatingSeason: isSeason,
    elapsedHours: (elapsed.toMs - elapsed.fromMs) / HOUR_MS,
    heatingDays: daysIn(elapsed, zone).filter(({ id }) => isSeason(id)).length,
  };
}

interface Span {
  readonly period: Period;
  readonly elapsed: TimeRange;
  readonly present: boolean;
}

/**
 * Loads an account over a range. The accounts of earlier years are loaded without what only the
 * present one is asked for: their hours, their units, and years before them.
 */
async function loadRange(
  context: ApiContext,
  agencyId: string,
  span: Span,
): Promise<LoadedAccount> {
  const { registry, store, now } = context;
  const { zone } = registry.region;
  const { period, elapsed, present } = span;
  const agency = registry.agency(agencyId);
  const nothing = new Map<string, AgencyConsumption[]>();
  const stays = staysOf(registry, agency, elapsed);
  const buildings = stays.map(({ building }) => building);
  async function loadEarlier(past: Pick<Span, 'period' | 'elapsed'>) {
    const account = await loadRange(context, agencyId, { ...past, present: false });
    return account.days.length > 0 ? account.input : undefined;
  }
  const [days, hours, meters, units, earlier, weather, retrofits, rooms] = await Promise.all([
    store.agencyConsumption({ agencyIds: [agencyId], resolution: 'day', range: elapsed }),
    present ? hoursOf(context, agencyId, elapsed) : nothing,
    metersAround(context, stays, { present }),
    present ? loadUnits(context, agency, elapsed) : [],
    present ? earlierAccounts(context, span, loadEarlier) : NONE_EARLIER,
    weatherOf(context, stays, elapsed),
    present ? loadRetrofits(context, agency, elapsed) : [],
    present ? loadRooms(context, stays) : [],
  ]);
  const items = byItem(days);
  const records = recordsOf(context, agency, { elapsed, buildings });
  const input: MetricInput = {
    agency,
    registry,
    periodKind: period.kind,
    elapsed,
    fromDate: localDate(elapsed.fromMs, zone),
    toDate: localDate(elapsed.toMs, zone),
    ended: now() >= period.toMs,
    total(carrier, item = totalItem(carrier)) {
      const rows = items.get(`${carrier} ${item}`);
      return rows && addRows(rows, elapsed);
    },
    days: (carrier, item = totalItem(carrier)) => items.get(`${carrier} ${item}`) ?? [],
    hours: (carrier, item = totalItem(carrier)) => hours.get(`${carrier} ${item}`) ?? [],
    units,
    ...earlier,
    buildings,
    ...meters,
    ...factsAt(registry, { agency, buildings }, period.fromMs),
    price: pricesOver(registry, elapsed, days),
    ...records,
    ...sizesOf(registry, agency, { elapsed, history: records.history }),
    meteringLimits: meteringLimitsOn(registry.meteringLimits, localDate(elapsed.toMs - 1, zone)),
    weather,
    retrofits,
    rooms,
    ...calendarOf(context, elapsed),
  };
  return { input, elapsed, days };
}

/** @throws RangeError for an agency the registry does not know. */
export async function loadAccount(
  context: ApiContext,
  agencyId: string,
  period: Period,
): Promise<ReviewedAccount> {
  const { zone } = context.registry.region;
  const elapsed = elapsedOf(period, context.now(), zone);
  const account = await loadRange(context, agencyId, { period, elapsed, present: true });
  if (!account.input.ended) return { ...account, previous: undefined };
  if (period.kind === 'year') return { ...account, previous: account.input.lastYear };
  const before = previousPeriod(period, zone);
  const span = { period: before, elapsed: before, present: false };
  const { input, days } = await loadRange(context, agencyId, span);
  return { ...account, previous: days.length > 0 ? input : undefined };
}
