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

type Earlier = Pick<MetricInput, 'earlier' | 'lastYear'>;

/** An account of an earlier year has none before it. */
export const NONE_EARLIER: Earlier = { earlier: () => undefined, lastYear: undefined };

/** Accounts by how many years earlier they are; years without a row are left out. */
export async function earlierAccounts(
  context: ApiContext,
  { period, elapsed }: Span,
  load: Load,
): Promise<Earlier> {
  const { zone } = context.registry.region;
  const year = Number(localDate(period.fromMs, zone).slice(0, 4));
  const found = new Map<number, MetricInput>();
  const before = ({ fromMs, toMs }: TimeRange, years: number) => ({
    fromMs: yearsBefore(fromMs, years, zone),
    toMs: yearsBefore(toMs, years, zone),
  });
  for (const years of yearsAsked(context, year)) {
    const past = { ...period, ...before(period, years) };
    const input = await load({ period: past, elapsed: before(elapsed, years) });
    if (input) found.set(years, input);
  }
  const lastYear = async () => {
    if (period.kind !== 'year') return undefined;
    if (elapsed.toMs === period.toMs) return found.get(1);
    const whole = before(period, 1);
    return load({ period: { ...period, ...whole }, elapsed: whole });
  };
  return { earlier: (years) => found.get(years), lastYear: await lastYear() };
}
