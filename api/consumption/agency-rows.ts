/** Hour rows of agencies from hour rows of meters: units by their accounts, parents by their subtree. */
import {
  type AgencyConsumption,
  type MeterConsumption,
  RULE_VERSION,
} from '../../domain/consumption.ts';
import { daysIn, HOUR_MS, localDate, type TimeRange } from '../../domain/period.ts';
import type { Registry } from '../../registry/registry.ts';
import { type Account, type AllocationTerm, accountsOn } from './allocation.ts';
import { classOf, type PeriodAmount } from './amounts.ts';
import { sumAmounts } from './meter-rows.ts';

type Lookup = (meterId: string, counter: string, startMs: number) => PeriodAmount | undefined;

const MISSING: PeriodAmount = { value: null, coverage: 0, known: 0 };

/** A term is as well known as the worst of its meters; without one of them it has no value. */
function termAmount(term: AllocationTerm, startMs: number, lookup: Lookup): PeriodAmount {
  const parts = [term.plus, ...term.minus].map(
    (id) => lookup(id, term.counter, startMs) ?? MISSING,
  );
  if (parts.some(({ value }) => value === null)) return MISSING;
  const [plus, ...minus] = parts;
  const rest = minus.reduce((value, part) => value - (part.value ?? 0), plus?.value ?? 0);
  return {
    value: rest * term.factor,
    coverage: Math.min(...parts.map(({ coverage }) => coverage)),
    known: Math.min(...parts.map(({ known }) => known)),
  };
}

/** Partial sum with the share of meter-time it rests on; each term weighs alike. */
function accountAmount(account: Account, startMs: number, lookup: Lookup): PeriodAmount {
  const parts = account.terms.map((term) => termAmount(term, startMs, lookup));
  return sumAmounts(parts, parts.length);
}

function lookupOf(rows: readonly MeterConsumption[]): Lookup {
  const byKey = new Map(rows.map((row) => [`${row.meterId} ${row.counter} ${row.startMs}`, row]));
  return (meterId, counter, startMs) => byKey.get(`${meterId} ${counter} ${startMs}`);
}

/** A parent's accounts: the terms of every unit below it, its own included. */
function withParents(registry: Registry, accounts: readonly Account[]): Account[] {
  const byAgency = Map.groupBy(accounts, ({ agencyId }) => agencyId);
  return registry.agencies.flatMap((agency) => {
    const below = registry.subtreeOf(agency.id).flatMap(({ id }) => byAgency.get(id) ?? []);
    const byItem = Map.groupBy(below, ({ carrier, item }) => `${carrier} ${item}`);
    return [...byItem.values()].flatMap((same) => {
      const [first] = same;
      if (!first) return [];
      return [{ ...first, agencyId: agency.id, terms: same.flatMap(({ terms }) => terms) }];
    });
  });
}

/** The accounts of every agency, parents included, on a date. */
export function allAccountsOn(registry: Registry, date: string): Account[] {
  return withParents(registry, accountsOn(registry, date));
}

/** Hour rows of every agency for a range on whole hours, given the meters' hour rows of that range. */
export function agencyHourRows(
  registry: Registry,
  meterHours: readonly MeterConsumption[],
  range: TimeRange,
): AgencyConsumption[] {
  const lookup = lookupOf(meterHours);
  const rows: AgencyConsumption[] = [];
  let date = '';
  let accounts: Account[] = [];
  for (let startMs = range.fromMs; startMs < range.toMs; startMs += HOUR_MS) {
    const today = localDate(startMs, registry.region.zone);
    if (today !== date) {
      date = today;
      accounts = allAccountsOn(registry, date);
    }
    for (const account of accounts) {
      const { agencyId, carrier, item } = account;
      const amount = accountAmount(account, startMs, lookup);
      rows.push({
        agencyId,
        carrier,
        item,
        resolution: 'hour',
        startMs,
        ...amount,
        manual: 0,
        estimated: 0,
        class: classOf(amount),
        flags: [],
        ruleVersion: RULE_VERSION,
        revision: 0,
      });
    }
  }
  return rows;
}

/** Day rows as sums of hour rows. */
export function agencyDayRows(
  hours: readonly AgencyConsumption[],
  range: TimeRange,
  zone: string,
): AgencyConsumption[] {
  const byAccount = Map.groupBy(hours, (row) => `${row.agencyId} ${row.carrier} ${row.item}`);
  const days = daysIn(range, zone);
  return [...byAccount.values()].flatMap((rows) =>
    days.flatMap((day) => {
      const own = rows.filter(({ startMs }) => startMs >= day.fromMs && startMs < day.toMs);
      const [first] = own;
      if (!first) return [];
      const amount = sumAmounts(own, (day.toMs - day.fromMs) / HOUR_MS);
      return [
        {
          ...first,
          ...amount,
          resolution: 'day' as const,
          startMs: day.fromMs,
          class: classOf(amount),
        },
      ];
    }),
  );
}
