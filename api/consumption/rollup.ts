/** Days of hours, months and heating seasons of days, years of months: every longer row is the sum of shorter ones. */
import type { Carrier } from '../../domain/carriers.ts';
import type { AccountItem, Amount } from '../../domain/consumption.ts';
import { totalItem } from '../../domain/items.ts';
import type { Resolution, TimeRange } from '../../domain/period.ts';
import type { Span } from '../../domain/season.ts';
import { type TariffSlot, tariffItem } from '../../domain/tariff.ts';
import type { Cuts } from './cuts.ts';
import type { RowFamily } from './families.ts';
import type { Run } from './run.ts';
import { sumRows } from './sums.ts';

type MaybeAccount = Amount & { readonly carrier?: Carrier; readonly item?: AccountItem };
type AccountRow = Amount & { readonly carrier: Carrier; readonly item: AccountItem };

/** A slot's row weighs its slot's share of the span, any other row its length. */
function weightOf(cuts: Cuts): (row: MaybeAccount, span: Span) => number {
  return (row, span) => {
    const { startMs, resolution, carrier, item } = row;
    const lengthMs = cuts.lengthMs(startMs, resolution);
    if (carrier === undefined || !item?.startsWith('tariff-'))
      return lengthMs / (span.toMs - span.fromMs);
    const slot = item.slice('tariff-'.length) as TariffSlot;
    const own = { fromMs: startMs, toMs: startMs + lengthMs };
    const part = resolution === 'hour' ? lengthMs : cuts.slotMs(own, carrier, slot);
    return part / cuts.slotMs(span, carrier, slot);
  };
}

/** Day rows of hours that make up whole days. */
export function dayRows<T extends Amount>(
  family: RowFamily<T>,
  hours: readonly T[],
  cut: { readonly cuts: Cuts; readonly range: TimeRange },
): T[] {
  const spans = cut.cuts.spansIn(cut.range, 'day');
  return sumRows(family, hours, { spans, weight: weightOf(cut.cuts) });
}

/** Hours of totals under the item of the tariff slot they fall into. */
export function tariffHours<T extends AccountRow>(hours: readonly T[], cuts: Cuts): T[] {
  return hours.flatMap((row) => {
    if (row.item !== totalItem(row.carrier)) return [];
    const slot = cuts.slotOf(row.startMs, row.carrier);
    return slot === undefined ? [] : [{ ...row, item: tariffItem(slot) }];
  });
}

const STEPS = [
  { from: 'day', to: 'month' },
  { from: 'day', to: 'season' },
  { from: 'month', to: 'year' },
] as const satisfies readonly { from: Resolution; to: Resolution }[];

/** Settles the months, heating seasons and years that touch a range, from the stored days. */
export async function rollUp<T extends Amount>(
  run: Run,
  family: RowFamily<T>,
  part: { readonly subjects: readonly string[]; readonly range: TimeRange },
): Promise<void> {
  const { subjects } = part;
  const { cuts, context } = run;
  const { store } = context;
  for (const { from, to } of STEPS) {
    await run.flush();
    const spans = cuts.spansIn(part.range, to);
    const [first, last] = [spans[0], spans.at(-1)];
    if (!first || !last) continue;
    const range = { fromMs: first.fromMs, toMs: last.toMs };
    const rows = await family.read(store, { subjects, resolution: from, range });
    // Slots are kept by day and month.
    const summed = to === 'month' ? rows : rows.filter((row) => !isSlot(row));
    const computed = sumRows(family, summed, { spans, weight: weightOf(cuts) });
    const stored = await family.read(store, { subjects, resolution: to, range });
    await run.settle(family, { computed, stored });
  }
}

function isSlot(row: MaybeAccount): boolean {
  return row.item?.startsWith('tariff-') ?? false;
}
