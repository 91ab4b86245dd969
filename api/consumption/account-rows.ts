/** Rows of buildings and agencies: partial sums of their parts, with the share of the whole they rest on. */
import type { AgencyConsumption, Amount, BuildingConsumption } from '../../domain/consumption.ts';
import { HOUR_MS, type TimeRange } from '../../domain/period.ts';
import type { Span } from '../../domain/season.ts';
import type { AllocationTerm } from './allocation.ts';
import { combine, MISSING } from './combine.ts';
import { partOf, restOf } from './parts.ts';
import type { PlannedAccount } from './plan.ts';
import { createSum, type Part } from './sums.ts';

/** Rows by series (`meter counter`, `agency carrier/item`), then start. */
export type Series = ReadonlyMap<string, ReadonlyMap<number, Part>>;

/** What the parts of an account are computed from; days only where a part is not wholly measured. */
export interface PartRows {
  readonly hours: Series;
  days(): Promise<Series>;
}

/** Part of an account's figure at a start: `undefined` before it has any row. */
type PartAt = (series: Series, startMs: number) => Part | undefined;

/** A term is as well known as the worst of its meters; without one of them it has no value. */
function termAt(term: AllocationTerm): PartAt {
  const keys = [term.plus, ...term.minus].map((id) => `${id} ${term.counter}`);
  const isPlain = term.factor === 1 && keys.length === 1;
  return (series, startMs) => {
    const found = keys.map((key) => series.get(key)?.get(startMs));
    if (isPlain || found.every((part) => part === undefined)) return found[0];
    return combine(found, ([plus = 0, ...minus]) => {
      const whole = minus.reduce((rest, amount) => rest - amount, plus);
      return term.others ? restOf(whole, term.others) : partOf(whole, term.factor);
    });
  };
}

/** The parts of an account in order: its terms, then the same account of the agencies below. */
export function partsOf({ carrier, item, terms, children }: PlannedAccount): PartAt[] {
  return [
    ...terms.map(termAt),
    ...children.map((id): PartAt => {
      const key = `${id} ${carrier}/${item}`;
      return (series, startMs) => series.get(key)?.get(startMs);
    }),
  ];
}

function isWhole(part: Part | undefined): boolean {
  return part !== undefined && part.coverage === 1;
}

/** Days whose amounts say how much of the whole a part usually is. */
export const WEIGHT_DAYS = 30;

/**
 * Rule 10: each part weighs what it usually counts, the mean of its known days among the last
 * thirty. A part that counted nothing then, or was never known, weighs as much as the others on
 * average, so that its silence shows.
 */
function weightsOn(parts: readonly PartAt[], days: Series, before: readonly Span[]): number[] {
  const means = parts.map((at) => {
    const values = before.flatMap(({ fromMs }) => at(days, fromMs)?.value ?? []);
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  });
  const counted = means.filter((mean) => mean > 0);
  const usual = counted.reduce((sum, mean) => sum + mean, 0) / counted.length;
  const weights = means.map((mean) => (mean > 0 ? mean : counted.length > 0 ? usual : 1));
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / whole);
}

export interface AccountHour extends Omit<Amount, 'resolution' | 'revision'> {
  readonly account: PlannedAccount;
}

/** The hours of one account over a range on local days; hours before its first part's first row have none. */
export async function accountHours(
  account: PlannedAccount,
  rows: PartRows,
  cut: {
    readonly days: readonly Span[];
    readonly before: (day: Span) => readonly Span[];
    readonly range: TimeRange;
  },
): Promise<AccountHour[]> {
  const parts = partsOf(account);
  const equal = parts.map(() => 1 / parts.length);
  const hours: AccountHour[] = [];
  for (const day of cut.days) {
    let weights: readonly number[] | undefined;
    const toMs = Math.min(day.toMs, cut.range.toMs);
    for (let startMs = Math.max(day.fromMs, cut.range.fromMs); startMs < toMs; startMs += HOUR_MS) {
      const found = parts.map((at) => at(rows.hours, startMs));
      if (found.every((part) => part === undefined)) continue;
      if (parts.length > 1 && !found.every(isWhole)) {
        weights ??= weightsOn(parts, await rows.days(), cut.before(day));
      }
      const sum = createSum();
      found.forEach((part, index) => {
        sum.add(part ?? MISSING, (weights ?? equal)[index] ?? 0);
      });
      hours.push({ account, startMs, ...sum.result() });
    }
  }
  return hours;
}

export function buildingRow(buildingId: string, hour: AccountHour): BuildingConsumption {
  const { account, ...amount } = hour;
  const { carrier, item } = account;
  return { buildingId, carrier, item, resolution: 'hour', revision: 0, ...amount };
}

export function agencyRow(agencyId: string, hour: AccountHour): AgencyConsumption {
  const { account, ...amount } = hour;
  const { carrier, item } = account;
  return { agencyId, carrier, item, resolution: 'hour', revision: 0, ...amount };
}
