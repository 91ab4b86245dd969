/** Work orders of leaks and repairs: how long they took, and which came back. */
import { HOUR_MS } from '../../../domain/period.ts';
import type { EntryOf } from '../../ledger/ledger.ts';
import { medianOf } from '../../water/median.ts';
import type { MetricInput } from '../input.ts';
import type { MetricPart } from '../metric.ts';

export type WorkOrder = EntryOf<'work-order'>;

/** Opened in the period; what is neither a leak nor a repair is left out. */
export function repairsOf(input: MetricInput): readonly WorkOrder[] {
  return input.records('work-order').filter(({ body }) => body.kind !== 'other');
}

/** Hours from report to repair of those that are closed. */
export function closingHours(orders: readonly WorkOrder[]): number[] {
  return orders.flatMap(({ body: { openedAt, closedAt } }) =>
    closedAt === undefined ? [] : [(Date.parse(closedAt) - Date.parse(openedAt)) / HOUR_MS],
  );
}

/** The hours within which a share of the orders was closed (nearest rank). */
function closedWithin(hours: readonly number[], share: number): number | undefined {
  const sorted = hours.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
}

const SLOWEST = 0.95;

export function closingParts(input: MetricInput): MetricPart[] {
  const hours = closingHours(repairsOf(input));
  const part = (zh: string, en: string, value: number | undefined): MetricPart[] =>
    value === undefined ? [] : [{ name: { zh, en }, value, unit: 'h', completeness: 1 }];
  return [
    ...part('工单闭环时间（中位数）', 'time to close, median', medianOf(hours)),
    ...part('工单闭环时间（95 %）', 'time to close, 95 %', closedWithin(hours, SLOWEST)),
  ];
}
