/** A study as plain data for people and programs: what was decided, the model, its fit, the saving and its months. */
import { CARRIERS } from '../../../domain/carriers.ts';
import type { Text } from '../../../domain/text.ts';
import type { AvoidedUse } from '../avoided-use.ts';
import type { BaselineModel, Segment } from '../model.ts';
import { inCelsius, inFahrenheit, type Scale, type Term } from '../terms.ts';
import type { StudyOptions } from './options.ts';
import { formatSpan } from './span.ts';
import type { Study } from './study.ts';

export interface Temperature {
  readonly celsius: number;
  readonly fahrenheit: number;
}

export interface ReportedSlope {
  readonly kind: Term['kind'];
  /** Amount a degree day in the unit of the scale, or a person. */
  readonly perUnit: number;
  readonly unit: string;
  readonly balancePoint?: Temperature;
}

export interface ReportedSegment {
  readonly dayType: Segment['dayType'];
  readonly kind: string;
  readonly intercept: number;
  readonly slopes: readonly ReportedSlope[];
  readonly rSquaredAdjusted: number;
  readonly rows: number;
}

export interface ReportedUse {
  readonly predicted: number;
  readonly measured: number;
  readonly avoided: number;
  /** Half widths at 90 %: of the uncertainty of the saving, and of the regression itself. */
  readonly bands: Readonly<Record<'fsu' | 'ols' | 'olsModel' | 'olsNoise', number>> | null;
  readonly rows: number;
  readonly masked: readonly string[];
  /** Share of the compared days within the temperatures, or people, that the baseline knows. */
  readonly rangeCoverage: number;
}

export interface SavingsReport {
  /** `refused`: the data do not allow a baseline, for these reasons. */
  readonly status: 'computed' | 'refused';
  readonly reasons: readonly Text[];
  /** Whether the saving passes what a verified one must, and what it misses. */
  readonly verdict?: { readonly isVerified: boolean; readonly misses: readonly Text[] };
  readonly remarks: readonly Text[];
  readonly carrier: StudyOptions['carrier'];
  /** Of the amounts. */
  readonly unit: string;
  readonly choice: StudyOptions['choice'];
  readonly interval: Study['interval'];
  /** Spans with their last days. */
  readonly baseline: string;
  readonly reporting: string;
  readonly model?: {
    readonly segments: readonly ReportedSegment[];
    readonly quality: BaselineModel['quality'];
    readonly fitted: string;
    readonly driverRange: { readonly min: number; readonly max: number; readonly unit: string };
  };
  readonly avoided?: ReportedUse;
  readonly months: readonly (ReportedUse & { readonly month: string })[];
}

function balancePoint(base: number, { unit }: Scale): Temperature {
  return unit === '°C'
    ? { celsius: base, fahrenheit: inFahrenheit(base) }
    : { celsius: inCelsius(base), fahrenheit: base };
}

function slopeOf(
  { term, perUnit }: Segment['equation']['slopes'][number],
  scale?: Scale,
): ReportedSlope {
  if (term.kind === 'level' || !scale) return { kind: term.kind, perUnit, unit: '' };
  const unit = `${scale.unit}·d`;
  return { kind: term.kind, perUnit, unit, balancePoint: balancePoint(term.base, scale) };
}

function kindOf({ slopes }: Segment['equation']): string {
  if (slopes.length === 0) return 'intercept_only';
  return slopes.length === 2 ? 'cdd_hdd' : `${slopes[0]?.term.kind}_only`;
}

function segmentOf(
  { dayType, equation, rSquaredAdjusted, rows }: Segment,
  scale?: Scale,
): ReportedSegment {
  return {
    dayType,
    kind: kindOf(equation),
    intercept: equation.intercept,
    slopes: equation.slopes.map((slope) => slopeOf(slope, scale)),
    rSquaredAdjusted,
    rows,
  };
}

function useOf(avoided: AvoidedUse): ReportedUse {
  const { predicted, measured, rows, masked, band, extrapolatedShare } = avoided;
  return {
    predicted,
    measured,
    avoided: avoided.avoided,
    bands: band
      ? { fsu: band.fsu, ols: band.ols, olsModel: band.olsModel, olsNoise: band.olsNoise }
      : null,
    rows,
    masked,
    rangeCoverage: 1 - extrapolatedShare,
  };
}

export function reportOf(study: Study, options: StudyOptions): SavingsReport {
  const { verdict, baseline, scale, avoided, months } = study;
  const model = baseline.ok ? baseline.baseline.model : undefined;
  const misses = verdict.kind === 'verified' ? [] : verdict.reasons;
  return {
    status: baseline.ok ? 'computed' : 'refused',
    reasons: baseline.ok ? [] : baseline.reasons,
    ...(baseline.ok ? { verdict: { isVerified: verdict.kind === 'verified', misses } } : {}),
    remarks: verdict.remarks,
    carrier: options.carrier,
    unit: CARRIERS[options.carrier].unit,
    choice: options.choice,
    interval: study.interval,
    baseline: formatSpan(options.parts.baseline.span),
    reporting: formatSpan(options.parts.reporting.span),
    ...(model
      ? {
          model: {
            segments: model.segments.map((segment) => segmentOf(segment, scale)),
            quality: model.quality,
            fitted: `${model.fromDate}..${model.toDate}`,
            driverRange: { ...model.driverRange, unit: scale?.unit ?? '' },
          },
        }
      : {}),
    ...(avoided ? { avoided: useOf(avoided) } : {}),
    months: months.map((month) => ({ month: month.month, ...useOf(month) })),
  };
}
