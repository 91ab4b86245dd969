/** What was not used: the baseline carried into other weather, less what was measured there. */
import type { Text } from '../../domain/text.ts';
import { type BaselineModel, predict } from './model.ts';
import type { FitQuality } from './quality.ts';
import { dayNumber, isKnown, type Row } from './rows.ts';
import { amountReasons } from './sufficiency.ts';
import { type SavingsBand, savingsBand } from './uncertainty.ts';

const CONFIDENCE = 0.9;
/** CalTRACK takes a month of a billing span as thirty days. */
const DAYS_PER_MONTH = 30;

export interface AvoidedUse {
  /** The model's use under the reporting period's conditions, over the rows compared. */
  readonly predicted: number;
  readonly measured: number;
  /** Predicted less measured: positive when less was used. */
  readonly avoided: number;
  readonly band: SavingsBand | undefined;
  readonly rows: number;
  /** First days of rows left out because amount or driver is not known (CalTRACK 3.6.1). */
  readonly masked: readonly string[];
  /** Share of the compared days whose driver lies outside the baseline's range. */
  readonly extrapolatedShare: number;
  /** Why the measured amounts are no use to compare; empty when they are. */
  readonly faults: readonly Text[];
}

interface Told {
  readonly row: Row;
  readonly told: number;
}

function roundHalfEven(value: number): number {
  const rounded = Math.round(value);
  return Math.abs(value % 1) === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}

/** What the band counts: days compared, or the months a billing span covers, gaps included. */
function reportingCount(model: BaselineModel, rows: readonly Row[], compared: number): number {
  const [first] = rows;
  const last = rows.at(-1);
  if (model.interval === 'daily' || compared === 0 || !first || !last) return compared;
  const days = dayNumber(last.date) + last.days - dayNumber(first.date);
  return roundHalfEven(Math.floor(days) / DAYS_PER_MONTH);
}

function extrapolatedShare({ driverRange }: BaselineModel, rows: readonly Told[]): number {
  const drivers = rows.flatMap(({ row }) => row.drivers);
  if (drivers.length === 0) return 0;
  const outside = drivers.filter((d) => d < driverRange.min || d > driverRange.max);
  return outside.length / drivers.length;
}

/** Avoided use over rows of the reporting period, with its band of 90 %. */
export function avoidedUseOf(model: BaselineModel, rows: readonly Row[]): AvoidedUse {
  const compared: (Told & { readonly measured: number })[] = [];
  const masked: string[] = [];
  for (const row of rows) {
    const told = predict(model, row);
    if (told === undefined || !isKnown(row)) masked.push(row.date);
    else compared.push({ row, told, measured: row.amount });
  }
  const predicted = compared.reduce((sum, { told }) => sum + told, 0);
  const measured = compared.reduce((sum, row) => sum + row.measured, 0);
  const band = savingsBand({
    quality: model.quality,
    interval: model.interval,
    reportingCount: reportingCount(model, rows, compared.length),
    reportingMean: compared.length === 0 ? 0 : measured / compared.length,
    confidence: CONFIDENCE,
  });
  return {
    predicted,
    measured,
    avoided: predicted - measured,
    band,
    rows: compared.length,
    masked,
    extrapolatedShare: extrapolatedShare(model, compared),
    faults: amountReasons(compared.map(({ row }) => row)),
  };
}

export interface MonthlyAvoidedUse extends AvoidedUse {
  /** `2026-10`. */
  readonly month: string;
}

/**
 * The same month by month; months are the shortest spans a band is given for. The bands of months
 * do not add up to that of the whole.
 */
export function avoidedUseByMonth(model: BaselineModel, rows: readonly Row[]): MonthlyAvoidedUse[] {
  const byMonth = Map.groupBy(rows, ({ date }) => date.slice(0, 7));
  return [...byMonth].map(([month, own]) => ({ month, ...avoidedUseOf(model, own) }));
}

export interface NormalizedSaving {
  readonly baseline: number;
  readonly reporting: number;
  readonly saving: number;
  /** Half widths at 90 %: of either model's sum, and of their difference. */
  readonly bands:
    | { readonly baseline: number; readonly reporting: number; readonly both: number }
    | undefined;
  readonly rows: number;
  readonly masked: readonly string[];
}

/** Both models under the same weather, e.g. that of a typical year; nothing measured is compared. */
export function normalizedSaving(
  baseline: BaselineModel,
  reporting: BaselineModel,
  rows: readonly Row[],
): NormalizedSaving {
  const pairs = rows.flatMap((row) => {
    const before = predict(baseline, row);
    const after = predict(reporting, row);
    return before === undefined || after === undefined ? [] : [{ row, before, after }];
  });
  const kept = new Set(pairs.map(({ row }) => row));
  const before = pairs.reduce((sum, pair) => sum + pair.before, 0);
  const after = pairs.reduce((sum, pair) => sum + pair.after, 0);
  const band = (model: BaselineModel, quality: FitQuality) =>
    savingsBand({
      quality,
      interval: model.interval,
      reportingCount: reportingCount(model, rows, pairs.length),
      reportingMean: quality.mean,
      confidence: CONFIDENCE,
    })?.fsu;
  const ofBaseline = band(baseline, baseline.quality);
  const ofReporting = band(reporting, reporting.quality);
  return {
    baseline: before,
    reporting: after,
    saving: before - after,
    bands:
      ofBaseline === undefined || ofReporting === undefined
        ? undefined
        : {
            baseline: ofBaseline,
            reporting: ofReporting,
            both: Math.hypot(ofBaseline, ofReporting),
          },
    rows: pairs.length,
    masked: rows.filter((row) => !kept.has(row)).map(({ date }) => date),
  };
}
