/** What the ledger knows of meters: readings by hand and bills, as input of the curve. */
import type { Carrier } from '../../domain/carriers.ts';
import { localDate, type TimeRange } from '../../domain/period.ts';
import type { IntervalAmount, ManualReading } from '../../domain/reading.ts';
import { type CountingMeter, inForce } from '../../registry/registry.ts';
import type { ApiContext } from '../context.ts';
import type { EntryOf } from '../ledger/ledger.ts';

export interface ByHand {
  readonly manual: readonly ManualReading[];
  readonly intervals: readonly IntervalAmount[];
}

export const NOT_BY_HAND: ByHand = { manual: [], intervals: [] };
/** 1 MWh is 1000 kWh and 3.6 GJ: SI. */
const PER_MWH: Partial<Record<Carrier, number>> = { electricity: 1000, solar: 1000, heat: 3.6 };

type Bill = EntryOf<'bill'>;

/** A bill in the register's own counts, before the multiplier; none where it charges by area. */
function intervalOf({ registry }: ApiContext, meter: CountingMeter, entry: Bill): IntervalAmount[] {
  const { quantity, unit } = entry.body;
  if (quantity === undefined || unit === undefined || unit === 'm²') return [];
  const date = localDate(entry.fromMs, registry.region.zone);
  const multiplier = inForce(meter.multiplier, date)?.factor ?? 1;
  const inUnit = unit === 'MWh' ? quantity * (PER_MWH[meter.carrier] ?? 1) : quantity;
  const { fromMs, toMs } = entry;
  return [{ fromMs, toMs, value: inUnit / multiplier, origin: 'bill' }];
}

/** Asked once a round: there are few entries, and most meters have none. */
export function readByHand(context: ApiContext): (meter: CountingMeter) => ByHand {
  const { ledger } = context;
  const manual = Map.groupBy(ledger.entries('manual-reading'), ({ body }) => body.meter);
  const bills = Map.groupBy(ledger.entries('bill'), ({ body }) => body.meter ?? '');
  return (meter) => {
    const [read, billed] = [manual.get(meter.id), bills.get(meter.id)];
    if (!read && !billed) return NOT_BY_HAND;
    return {
      manual: (read ?? []).map(({ fromMs, body }) => ({ atMs: fromMs, value: body.index })),
      intervals: (billed ?? []).flatMap((entry) => intervalOf(context, meter, entry)),
    };
  };
}

/** A bill counts what was not measured within it: a change there decides about all of it. */
export function withBills({ fromMs, toMs }: TimeRange, { intervals }: ByHand): TimeRange {
  const touched = intervals.filter((one) => one.fromMs < toMs && one.toMs > fromMs);
  return {
    fromMs: Math.min(fromMs, ...touched.map((one) => one.fromMs)),
    toMs: Math.max(toMs, ...touched.map((one) => one.toMs)),
  };
}
