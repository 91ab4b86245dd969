/** The same account in earlier years, over the same part of the period: what a change is measured against. */
import { Temporal } from 'temporal-polyfill';
import { dateStartMs, localDate, type Period, type TimeRange } from '../../domain/period.ts';
import type { ApiContext } from '../context.ts';
import type { MetricInput } from '../metrics/input.ts';

interface Span {
  readonly period: Period;
  readonly elapsed: TimeRange;
}

/** Loads an account over a span; `undefined` when it has no row. */
type Load = (span: Span) => Promise<MetricInput | undefined>;

/** The same local date `years` earlier; 29 February becomes 28. */
function yearsBefore(atMs: number, years: number, zone: string): number {
  const date = Temporal.PlainDate.from(localDate(atMs, zone)).subtract({ years });
  return dateStartMs(date.toString(), zone);
}

/** The years a metric may ask for: the last one, and those the targets in force start from. */
function yearsAsked({ registry }: ApiContext, year: number): number[] {
  const bases = registry.targets
    .filter(({ baseYear, targetYear }) => baseYear < year && year <= targetYear)
    .map(({ baseYear }) => year - baseYear);
  return [...new Set([1, ...bases])];
}

/** Accounts by how many years earlier they are; years without a row are left out. */
export async function earlierAccounts(
  context: ApiContext,
  { period, elapsed }: Span,
  load: Load,
): Promise<Map<number, MetricInput>> {
  const { zone } = context.registry.region;
  const year = Number(localDate(period.fromMs, zone).slice(0, 4));
  const found = new Map<number, MetricInput>();
  for (const years of yearsAsked(context, year)) {
    const before = ({ fromMs, toMs }: TimeRange) => ({
      fromMs: yearsBefore(fromMs, years, zone),
      toMs: yearsBefore(toMs, years, zone),
    });
    const input = await load({
      period: { ...period, ...before(period) },
      elapsed: before(elapsed),
    });
    if (input) found.set(years, input);
  }
  return found;
}
