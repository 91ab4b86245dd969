/** What the meters in an account's buildings counted, and what was found on them. */
import type { TimeRange } from '../../domain/period.ts';
import { counterOf, isCounting } from '../../registry/registry.ts';
import type { ApiContext } from '../context.ts';
import type { MetricInput } from '../metrics/input.ts';
import type { Stay } from '../occupancy.ts';
import { leaksOf } from '../water/leaks.ts';
import { loadGardens } from './gardens.ts';
import { lengthOf, longRows } from './long-rows.ts';
import { addRows } from './rows.ts';

interface Span {
  readonly range: TimeRange;
  /** Leaks and hours of gardens are asked of the present account only. */
  readonly present: boolean;
}

/** The meters of buildings that were occupied over the same range, their amounts and what was found on them. */
async function metersIn(context: ApiContext, stays: readonly Stay[], { range, present }: Span) {
  const { registry, store } = context;
  const lengthMs = lengthOf(context);
  const meters = stays.flatMap(({ building }) => registry.metersIn(building.id)).filter(isCounting);
  const meterIds = meters.map(({ id }) => id);
  const [rows, findings, leaks, gardens] = await Promise.all([
    longRows(context, range, (part) => store.meterConsumption({ meterIds, ...part })),
    store.findings({ meterIds, range }),
    present ? leaksOf(context, meterIds, range) : [],
    present ? loadGardens(context, meters, range) : [],
  ]);
  const byMeter = Map.groupBy(rows, (row) => `${row.meterId} ${row.counter}`);
  const amounts = meters.map((meter) => ({
    ...{ meter, range },
    amount: addRows(byMeter.get(`${meter.id} ${counterOf(meter)}`) ?? [], range, lengthMs),
  }));
  return { amounts, findings, leaks, gardens };
}

/** What the meters say while the agency or one below it is in their building: not before, and not after. */
export async function metersAround(
  context: ApiContext,
  stays: readonly Stay[],
  { present }: Pick<Span, 'present'>,
) {
  const alike = Map.groupBy(stays, ({ range }) => `${range.fromMs} ${range.toMs}`);
  const found = await Promise.all(
    [...alike.values()].flatMap((same) =>
      same[0] ? [metersIn(context, same, { range: same[0].range, present })] : [],
    ),
  );
  const amounts = Map.groupBy(
    found.flatMap((part) => part.amounts),
    ({ meter }) => meter.carrier,
  );
  const meterAmounts: MetricInput['meterAmounts'] = (carrier) => amounts.get(carrier) ?? [];
  return {
    meterAmounts,
    findings: found.flatMap((part) => part.findings),
    leaks: found.flatMap((part) => part.leaks),
    gardens: found.flatMap((part) => part.gardens),
  };
}
