/** From days or bills to a baseline, or to the reasons why there is none; the entry for metrics. */
import type { Text } from '../../domain/text.ts';
import {
  type AvoidedUse,
  avoidedUseByMonth,
  avoidedUseOf,
  type MonthlyAvoidedUse,
} from './avoided-use.ts';
import type { Choice } from './choose.ts';
import { flatReasons, NO_MODEL } from './flat.ts';
import { type BaselineModel, type FitOptions, fitRows } from './model.ts';
import { type DayAmount, type DayDriver, type DayTemperature, dayRows, type Row } from './rows.ts';
import { type DayRules, ruledRows, type Sufficiency, sufficientDays } from './sufficiency.ts';
import { CELSIUS, type Scale } from './terms.ts';

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

/** The model of rows that suffice. */
export function fitted(
  { rows, reasons, remarks }: Sufficiency,
  { season, zeroIsMissing }: DayRules,
  fit: FitOptions,
): BaselineResult {
  if (reasons.length > 0) return { ok: false, reasons, remarks };
  const { model, candidates } = fitRows(rows, fit);
  if (!model) return { ok: false, reasons: [NO_MODEL], remarks };
  const flat = flatReasons(model, candidates);
  return { ok: true, baseline: { model, rules: { season, zeroIsMissing } }, flat, remarks };
}

function asDrivers(temperatures: readonly DayTemperature[]): DayDriver[] {
  return temperatures.map(({ date, meanC }) => ({ date, value: meanC }));
}

/** The baseline of days under their weather, with the temperatures in the unit of the scale. */
export function scaledBaselineFor(input: {
  readonly days: readonly DayAmount[];
  readonly drivers: readonly DayDriver[];
  readonly scale: Scale;
  readonly options?: BaselineOptions;
}): BaselineResult {
  const { days, drivers, scale, options = {} } = input;
  const rows = dayRows(days, drivers);
  const choice = options.choice ?? 'simplest';
  return fitted(sufficientDays(rows, options, options.endDate), options, {
    scale,
    interval: 'daily',
    heating: options.heating ?? true,
    cooling: options.cooling ?? true,
    choice,
    splitDayTypes: options.splitDayTypes ?? choice === 'simplest',
  });
}

/** The baseline of a meter's or account's days under their weather. */
export function baselineFor(input: {
  readonly days: readonly DayAmount[];
  readonly temperatures: readonly DayTemperature[];
  readonly options?: BaselineOptions;
}): BaselineResult {
  const { temperatures, ...rest } = input;
  return scaledBaselineFor({ ...rest, drivers: asDrivers(temperatures), scale: CELSIUS });
}

/** The baseline of days that follow people instead of weather: water, meals. */
export function driverBaselineFor(input: {
  readonly days: readonly DayAmount[];
  readonly drivers: readonly DayDriver[];
  readonly options?: BaselineOptions;
}): BaselineResult {
  const { days, drivers, options = {} } = input;
  const rows = dayRows(days, drivers);
  return fitted(sufficientDays(rows, options, options.endDate), options, {
    scale: undefined,
    interval: 'daily',
    heating: false,
    cooling: false,
    choice: options.choice ?? 'simplest',
    splitDayTypes: options.splitDayTypes ?? false,
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
