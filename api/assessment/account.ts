/** Loads what an agency's metrics see of a period: rows of the store, dated facts of the registry. */

import { inHeatingSeason, isWorkday } from '../../domain/calendar.ts';
import type { AgencyConsumption } from '../../domain/consumption.ts';
import { totalItem } from '../../domain/items.ts';
import {
  DAY_MS,
  daysIn,
  HOUR_MS,
  localDate,
  localHour,
  type Period,
  periodAt,
  type TimeRange,
} from '../../domain/period.ts';
import { counterOf, inForce, isCounting, type Registry } from '../../registry/registry.ts';
import type { Agency } from '../../registry/schema.ts';
import type { PeriodAmount } from '../consumption/amounts.ts';
import type { ApiContext } from '../context.ts';
import type { MetricInput } from '../metrics/metric.ts';
import { metersOf } from '../occupancy.ts';

/** Working hours used for off-hours metrics. */
const WORK_FROM_HOUR = 8;
const WORK_TO_HOUR = 18;

export interface LoadedAccount {
  readonly input: MetricInput;
  /** The part of the period that has passed, in whole local days. */
  readonly elapsed: TimeRange;
  /** Day rows of all items. */
  readonly days: readonly AgencyConsumption[];
}

interface SpannedAmount extends PeriodAmount {
  readonly startMs: number;
}

/** Adds day rows into the amount of an elapsed range; days without a row count as unknown. */
export function addDays(rows: readonly SpannedAmount[], elapsed: TimeRange): PeriodAmount {
  let value: number | null = null;
  let coverageMs = 0;
  let knownMs = 0;
  for (const row of rows) {
    if (row.value !== null) value = (value ?? 0) + row.value;
    coverageMs += row.coverage * DAY_MS;
    knownMs += row.known * DAY_MS;
  }
  const lengthMs = Math.max(elapsed.toMs - elapsed.fromMs, HOUR_MS);
  return {
    value,
    coverage: Math.min(1, coverageMs / lengthMs),
    known: Math.min(1, knownMs / lengthMs),
  };
}

/** Sum of a dated figure over the agencies below that have one; `undefined` when none has. */
function datedSum(
  registry: Registry,
  agency: Agency,
  date: string,
  pick: (agency: Agency, date: string) => number | undefined,
): number | undefined {
  const parts = registry.subtreeOf(agency.id).flatMap((below) => pick(below, date) ?? []);
  return parts.length === 0 ? undefined : parts.reduce((sum, part) => sum + part, 0);
}

const personsOn = (agency: Agency, date: string) => inForce(agency.heads, date)?.persons;
const floorOn = (agency: Agency, date: string) => inForce(agency.areas, date)?.floorM2;
const heatedOn = (agency: Agency, date: string) => inForce(agency.areas, date)?.heatedM2;

/** Factors by the year of the account: the latest that was published for it. */
function factorFor(registry: Registry, year: number): MetricInput['factor'] {
  return (kind, carrier) =>
    registry.factors
      .filter(
        (factor) =>
          factor.kind === kind && factor.carrier === carrier && factor.validFromYear <= year,
      )
      .toSorted((a, b) => b.validFromYear - a.validFromYear)[0];
}

export async function loadAccount(
  context: ApiContext,
  agencyId: string,
  period: Period,
): Promise<LoadedAccount> {
  const { registry, store, now } = context;
  const { zone, heatingSeason } = registry.region;
  const agency = registry.agency(agencyId);
  const date = localDate(period.fromMs, zone);
  const todayMs = periodAt(now(), 'day', zone).fromMs;
  const elapsed = {
    fromMs: period.fromMs,
    toMs: Math.max(period.fromMs, Math.min(period.toMs, todayMs)),
  };

  const meters = metersOf(registry, agency, period.fromMs).filter(isCounting);
  const [days, hours, meterDays] = await Promise.all([
    store.agencyConsumption({ agencyIds: [agencyId], resolution: 'day', range: elapsed }),
    Promise.all(
      (['electricity', 'water'] as const).map((carrier) =>
        store.agencyConsumption({
          agencyIds: [agencyId],
          resolution: 'hour',
          range: elapsed,
          carrier,
          item: totalItem(carrier),
        }),
      ),
    ),
    store.meterConsumption({
      meterIds: meters.map(({ id }) => id),
      resolution: 'day',
      range: elapsed,
    }),
  ]);
  const byItem = Map.groupBy(days, (row) => `${row.carrier} ${row.item}`);
  const byMeter = Map.groupBy(meterDays, (row) => `${row.meterId} ${row.counter}`);
  const heatingDays = daysIn(elapsed, zone).filter(({ id }) =>
    inHeatingSeason(id, heatingSeason),
  ).length;
  const [electricity = [], water = []] = hours;

  const input: MetricInput = {
    agency,
    periodKind: period.kind,
    ended: now() >= period.toMs,
    total(carrier, item = totalItem(carrier)) {
      const rows = byItem.get(`${carrier} ${item}`);
      return rows && addDays(rows, elapsed);
    },
    hours: (carrier) => (carrier === 'water' ? water : electricity),
    meterAmounts: (carrier) =>
      meters
        .filter((meter) => meter.carrier === carrier)
        .map((meter) => ({
          meter,
          amount: addDays(byMeter.get(`${meter.id} ${counterOf(meter)}`) ?? [], elapsed),
        })),
    persons: datedSum(registry, agency, date, personsOn),
    floorM2: datedSum(registry, agency, date, floorOn),
    heatedM2: datedSum(registry, agency, date, heatedOn),
    factor: factorFor(registry, Number(period.id.slice(0, 4))),
    isWorkingTime(atMs) {
      const hour = localHour(atMs, zone);
      return hour >= WORK_FROM_HOUR && hour < WORK_TO_HOUR && isWorkday(localDate(atMs, zone));
    },
    localHourOf: (atMs) => localHour(atMs, zone),
    elapsedHours: (elapsed.toMs - elapsed.fromMs) / HOUR_MS,
    heatingDays,
  };
  return { input, elapsed, days };
}
