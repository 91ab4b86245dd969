/** What a meter counts beyond the meters below it: the unmetered rest, as well known as the worst of them. */
import type { MeterConsumption } from '../../../domain/consumption.ts';
import type { Resolution, TimeRange } from '../../../domain/period.ts';
import { type AccountMeter, counterOf, type Registry } from '../../../registry/registry.ts';
import type { Store } from '../../../store/port.ts';
import { combine } from '../combine.ts';
import { printedParts } from '../parts.ts';
import type { Part } from '../sums.ts';
import { derivedMeters } from './order.ts';
import { stepOf } from './tolerance.ts';

export interface BalanceRow {
  readonly startMs: number;
  readonly parent: MeterConsumption | undefined;
  /** In the order of the children; `undefined` where there is no row. */
  readonly children: readonly (MeterConsumption | undefined)[];
  /** Parent less children; below zero beyond the last digits it is flagged `balance_negative`. */
  readonly rest: Part;
  /** Children and rest in percent of the parent; printed, they add up to 100.0. */
  readonly percent: readonly number[] | undefined;
}

export interface Balance {
  readonly children: readonly AccountMeter[];
  readonly rows: readonly BalanceRow[];
}

const PERCENT_DIGITS = 1;

/** Virtual meters made of a meter say nothing new about what is below it. */
function isMadeOf(registry: Registry, id: string, of: string): boolean {
  const formula = derivedMeters(registry).find(({ meter }) => meter.id === id)?.formula;
  return [...(formula?.keys() ?? [])].some((part) => part === of || isMadeOf(registry, part, of));
}

/** The meters directly below one, wherever they stand. */
function childrenOf(registry: Registry, parent: AccountMeter): AccountMeter[] {
  return registry.accountMeters.filter(
    (meter) => meter.parent === parent.id && !isMadeOf(registry, meter.id, parent.id),
  );
}

function restOf(parts: readonly (MeterConsumption | undefined)[], tolerance: number): Part {
  const rest = combine(parts, ([whole = 0, ...below]) =>
    below.reduce((left, amount) => left - amount, whole),
  );
  const isNegative = rest.value !== null && rest.value < -tolerance;
  const flags = isNegative ? [...rest.flags, 'balance_negative' as const] : rest.flags;
  return { ...rest, flags: [...new Set(flags)].sort() };
}

function percentOf(
  parent: MeterConsumption | undefined,
  children: readonly (MeterConsumption | undefined)[],
  rest: Part,
): number[] | undefined {
  if (rest.value === null || !parent?.value) return undefined;
  const whole = parent.value;
  const parts = [...children.map((child) => child?.value ?? 0), rest.value];
  return printedParts(
    parts.map((part) => (part / whole) * 100),
    PERCENT_DIGITS,
  );
}

/** One row for each period in which the meter or one below it has a row. */
export async function balanceOf(
  { registry, store }: { readonly registry: Registry; readonly store: Store },
  parent: AccountMeter,
  part: { readonly resolution: Resolution; readonly range: TimeRange },
): Promise<Balance> {
  const children = childrenOf(registry, parent);
  const all = [parent, ...children];
  const meterIds = all.map(({ id }) => id);
  const rows = await store.meterConsumption({ meterIds, ...part });
  const found = new Map(rows.map((row) => [`${row.meterId} ${row.counter} ${row.startMs}`, row]));
  const starts = [...new Set(rows.map(({ startMs }) => startMs))].sort((a, b) => a - b);
  const tolerance = meterIds.reduce((sum, id) => sum + stepOf(registry, id), 0);
  return {
    children,
    rows: starts.map((startMs) => {
      const own = all.map((meter) => found.get(`${meter.id} ${counterOf(meter)} ${startMs}`));
      const [whole, ...below] = own;
      const rest = restOf(own, tolerance);
      return {
        startMs,
        parent: whole,
        children: below,
        rest,
        percent: percentOf(whole, below, rest),
      };
    }),
  };
}
