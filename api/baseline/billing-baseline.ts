/** The baseline of bills, and what was not used by the bills after it. */
import type { Text } from '../../domain/text.ts';
import {
  type AvoidedUse,
  avoidedUseByMonth,
  avoidedUseOf,
  type MonthlyAvoidedUse,
} from './avoided-use.ts';
import { type Baseline, type BaselineOptions, type BaselineResult, fitted } from './baseline.ts';
import { type BillingCycle, type BillingRead, billingRows, billingYear } from './billing.ts';
import { type DayDriver, isKnown } from './rows.ts';
import {
  amountReasons,
  amountRemarks,
  BASELINE_DAYS,
  mayBeMissing,
  ruledRows,
} from './sufficiency.ts';
import type { Scale } from './terms.ts';

export interface Bills {
  readonly bills: readonly BillingRead[];
  /** Daily temperatures, in the unit of the scale. */
  readonly drivers: readonly DayDriver[];
  readonly cycle: BillingCycle;
}

function tooFew(known: number): Text[] {
  const needed = BASELINE_DAYS - mayBeMissing(BASELINE_DAYS);
  if (known >= needed) return [];
  return [
    {
      zh: `账单与气温俱全的只有 ${known} 天，至少需要 ${needed} 天`,
      en: `bills with temperatures cover ${known} days, at least ${needed} are needed`,
    },
  ];
}

/** The baseline of the bills closest to the 365 days before `endDate`; at most 37 days may be missing. */
export function billingBaselineFor(
  { bills, drivers, cycle }: Bills,
  scale: Scale,
  options: Omit<BaselineOptions, 'season' | 'splitDayTypes'> = {},
): BaselineResult {
  const { rows: all, remarks } = billingRows(bills, drivers, cycle);
  const rows = ruledRows(billingYear(all, options.endDate), options);
  const known = rows
    .filter(isKnown)
    .reduce((sum, { days, estimatedDays }) => sum + days - estimatedDays, 0);
  const sufficiency = {
    rows,
    reasons: [...tooFew(known), ...amountReasons(rows)],
    remarks: [...remarks, ...amountRemarks(rows)],
  };
  return fitted(sufficiency, options, {
    scale,
    interval: 'billing',
    heating: options.heating ?? true,
    cooling: options.cooling ?? true,
    choice: options.choice ?? 'simplest',
    splitDayTypes: false,
  });
}

export interface BilledUse {
  readonly avoided: AvoidedUse;
  readonly months: readonly MonthlyAvoidedUse[];
  /** Bills that were left out, and why. */
  readonly remarks: readonly Text[];
}

/** What was not used by the bills of the reporting period, read like those of the baseline. */
export function billedUse({ model, rules }: Baseline, reporting: Bills): BilledUse {
  const { bills, drivers, cycle } = reporting;
  const { rows: all, remarks } = billingRows(bills, drivers, cycle);
  const rows = ruledRows(all, rules);
  return { avoided: avoidedUseOf(model, rows), months: avoidedUseByMonth(model, rows), remarks };
}
