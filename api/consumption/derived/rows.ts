/** Hours of a virtual meter from the corrected hours of the meters in its formula. */
import type { MeterConsumption } from '../../../domain/consumption.ts';
import { HOUR_MS, type TimeRange } from '../../../domain/period.ts';
import { counterOf, type Registry } from '../../../registry/registry.ts';
import { classOf } from '../amounts.ts';
import { combine } from '../combine.ts';
import type { Derived } from './order.ts';
import { stepOf } from './tolerance.ts';

/** Rows of one meter's own register by their start. */
export type RowsByStart = ReadonlyMap<number, MeterConsumption>;

/** One row for each hour in which any of its meters has one; unknown where one of them is unknown. */
export function derivedHours(
  registry: Registry,
  { meter, formula }: Derived,
  part: { readonly byMeter: ReadonlyMap<string, RowsByStart>; readonly range: TimeRange },
): MeterConsumption[] {
  const { byMeter, range } = part;
  const terms = [...formula].map(([id, factor]) => ({ rows: byMeter.get(id), factor }));
  const lowest = -stepOf(registry, meter.id);
  const rows: MeterConsumption[] = [];
  for (let startMs = range.fromMs; startMs < range.toMs; startMs += HOUR_MS) {
    const found = terms.map((term) => term.rows?.get(startMs));
    if (found.every((row) => row === undefined)) continue;
    const combined = combine(found, (amounts) =>
      amounts.reduce((sum, amount, index) => sum + amount * (terms[index]?.factor ?? 0), 0),
    );
    const isNegative = combined.value !== null && combined.value < lowest;
    const flags = isNegative ? [...combined.flags, 'balance_negative' as const] : combined.flags;
    rows.push({
      ...combined,
      meterId: meter.id,
      counter: counterOf(meter),
      resolution: 'hour',
      startMs,
      class: classOf(combined),
      flags: [...new Set(flags)].sort(),
      revision: 0,
    });
  }
  return rows;
}
