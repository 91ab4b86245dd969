/** From days or bills to a baseline, or to the reasons why there is none; the entry for metrics. */
import type { Text } from '../../domain/text.ts';
import {
  type AvoidedUse,
  avoidedUseByMonth,
  avoidedUseOf,
  type MonthlyAvoidedUse,
} from './avoided-use.ts';
import { type BillingCycle, type BillingRead, billingRows, billingYear } from './billing.ts';
import type { Choice } from './choose.ts';
import { flatReasons, NO_MODEL } from './flat.ts';
import { type BaselineModel, type FitOptions, fitRows } from './model.ts';
import {
  type DayAmount,
  type DayDriver,
  type DayTemperature,
  dayRows,
  isKnown,
  type Row,
} from './rows.ts';
import {
  BASELINE_DAYS,
  type DayRules,
  mayBeMissing,
  ruledRows,
  sufficientDays,
} from './sufficiency.ts';
import { CELSIUS } from './terms.ts';

export interface BaselineOptions extends DayRules {
  /** First day that is no baseline any more, e.g. the day the work began. */
  readonly endDate?: string | undefined;
  /** Gas has no cooling, district heat neither. */
  readonly heating?: boolean | undefined;
  readonly cooling?: boolean | undefined;
  /** `simplest` unless a reviewer wants CalTRACK to the letter. */
  readonly choice?: Choice | undefined;
  /** Equations of their own for working days and days off, where the data say so. */
  readonly splitDayTypes?: boolean | undefined;
}

/** A model and the rules its days were read by, so that other days are read alike. */
export interface Baseline {
  readonly model: BaselineModel;
  readonly rules: DayRules;
}

export type BaselineResult =
  | {
      readonly ok: true;
      readonly baseline: Baseline;
      /** Why the model does not follow its driver; empty when it does. */
      readonly flat: readonly Text[];
      readonly remarks: readonly Text[];
    }
  | { readonly ok: false; readonly reasons: readonly Text[]; readonly remarks: readonly Text[] };

interface Prepared {
  readonly rows: readonly Row[];
  readonly reasons: readonly Text[];
  readonly remarks: readonly Text[];
}

function fitted(
  { rows, reasons, remarks }: Prepared,
  rules: DayRules,
  fit: FitOptions,
): BaselineResult {
  if (reasons.length > 0) return { ok: false, reasons, remarks };
  const { model, candidates } = fitRows(rows, fit);
  if (!model) return { ok: false, reasons: [NO_MODEL], remarks };
  const flat = flatReasons(model, candidates);
  return { ok: true, baseline: { model, rules }, flat, remarks };
}

function rulesOf({ season, zeroIsMissing }: BaselineOptions): DayRules {
  return { season, zeroIsMissing };
}

function asDrivers(temperatures: readonly DayTemperature[]): DayDriver[] {
  return temperatures.map(({ date, meanC }) => ({ date, value: meanC }));
}

/** The baseline of a meter's or account's days under their weather. */
export function baselineFor(input: {
  readonly days: readonly DayAmount[];
  readonly temperatures: readonly DayTemperature[];
  readonly options?: BaselineOptions;
}): BaselineResult {
  const { days, temperatures, options = {} } = input;
  const rows = dayRows(days, asDrivers(temperatures));
  const choice = options.choice ?? 'simplest';
  return fitted(sufficientDays(rows, options, options.endDate), rulesOf(options), {
    scale: CELSIUS,
    interval: 'daily',
    heating: options.heating ?? true,
    cooling: options.cooling ?? true,
    choice,
    splitDayTypes: options.splitDayTypes ?? choice === 'simplest',
  });
}

/** The baseline of days that follow people instead of weather: water, meals. */
export function driverBaselineFor(input: {
  readonly days: readonly DayAmount[];
  readonly drivers: readonly DayDriver[];
  readonly options?: BaselineOptions;
}): BaselineResult {
  const { days, drivers, options = {} } = input;
  const rows = dayRows(days, drivers);
  return fitted(sufficientDays(rows, options, options.endDate), rulesOf(options), {
    scale: undefined,
    interval: 'daily',
    heating: false,
    cooling: false,
    choice: options.choice ?? 'simplest',
    splitDayTypes: options.splitDayTypes ?? false,
  });
}

/** The baseline of the bills closest to the 365 days before `endDate`; at most 37 days may be missing. */
export function billingBaselineFor(input: {
  readonly bills: readonly BillingRead[];
  readonly temperatures: readonly DayTemperature[];
  readonly cycle: BillingCycle;
  readonly options?: Omit<BaselineOptions, 'season' | 'splitDayTypes'>;
}): BaselineResult {
  const { bills, temperatures, cycle, options = {} } = input;
  const { rows: all, remarks } = billingRows(bills, temperatures, cycle);
  const year = billingYear(all, options.endDate);
  const known = year
    .filter(isKnown)
    .reduce((sum, { days, estimatedDays }) => sum + days - estimatedDays, 0);
  const rows = ruledRows(year, options);
  const needed = BASELINE_DAYS - mayBeMissing(BASELINE_DAYS);
  const reasons =
    known >= needed
      ? []
      : [
          {
            zh: `账单与气温俱全的只有 ${known} 天，至少需要 ${needed} 天`,
            en: `bills with temperatures cover ${known} days, at least ${needed} are needed`,
          },
        ];
  return fitted({ rows, reasons, remarks }, rulesOf(options), {
    scale: CELSIUS,
    interval: 'billing',
    heating: options.heating ?? true,
    cooling: options.cooling ?? true,
    choice: options.choice ?? 'simplest',
    splitDayTypes: false,
  });
}

/** The reporting period: days beside their weather, or beside their people. */
export type Reporting =
  | { readonly days: readonly DayAmount[]; readonly temperatures: readonly DayTemperature[] }
  | { readonly days: readonly DayAmount[]; readonly drivers: readonly DayDriver[] };

function reportingRows({ rules }: Baseline, reporting: Reporting): Row[] {
  const drivers = 'drivers' in reporting ? reporting.drivers : asDrivers(reporting.temperatures);
  return ruledRows(dayRows(reporting.days, drivers), rules);
}

/** What was not used in the reporting period's days, under their own weather or people. */
export function avoidedUse(baseline: Baseline, reporting: Reporting): AvoidedUse {
  return avoidedUseOf(baseline.model, reportingRows(baseline, reporting));
}

/** The same for every month of the reporting period, each with its own band. */
export function monthlyAvoidedUse(baseline: Baseline, reporting: Reporting): MonthlyAvoidedUse[] {
  return avoidedUseByMonth(baseline.model, reportingRows(baseline, reporting));
}
