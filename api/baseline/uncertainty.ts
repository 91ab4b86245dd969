/** How far a sum of savings may be off: ASHRAE's fractional savings uncertainty and the regression's own band. */
import type { FitQuality } from './quality.ts';
import { tQuantile } from './student-t.ts';

/** Half widths around the saving, in its unit, at the confidence asked for. */
export interface SavingsBand {
  readonly confidence: number;
  /** ASHRAE Guideline 14 with the polynomial of CalTRACK 4.3.2. */
  readonly fsu: number;
  /** Error of the fitted line and noise of single rows, and both together. */
  readonly ols: number;
  readonly olsModel: number;
  readonly olsNoise: number;
}

export interface BandInput {
  readonly quality: FitQuality;
  readonly interval: 'daily' | 'billing';
  /** Reporting rows compared (days), or months of a billing span. */
  readonly reportingCount: number;
  /** Mean measured amount of a reporting row. */
  readonly reportingMean: number;
  readonly confidence: number;
}

/** CalTRACK 4.3.2: a·M² + b·M + c, M the months of the reporting period. */
const POLYNOMIAL = {
  daily: { a: -0.000_24, b: 0.035_35, c: 1.002_86, rowsPerMonth: 30 },
  billing: { a: -0.000_22, b: 0.033_06, c: 0.940_54, rowsPerMonth: 1 },
} as const;

/** The band of a sum of savings; `undefined` where the residuals do not allow one. */
export function savingsBand(input: BandInput): SavingsBand | undefined {
  const { quality, interval, reportingCount, reportingMean, confidence } = input;
  const { rows, parameters, mean, variance, rmseAdjusted, effectiveRows } = quality;
  const t = tQuantile((1 + confidence) / 2, rows - parameters);
  if (t === undefined || reportingCount <= 0 || mean === 0 || variance === 0) return undefined;
  if (effectiveRows === null || !Number.isFinite(effectiveRows) || effectiveRows <= 0) {
    return undefined;
  }
  const { a, b, c, rowsPerMonth } = POLYNOMIAL[interval];
  const months = reportingCount / rowsPerMonth;
  const spread = Math.sqrt((rows / effectiveRows) * (1 + 2 / effectiveRows) * (1 / reportingCount));
  const fsu =
    mean * rows * t * (a * months * months + b * months + c) * (rmseAdjusted / mean) * spread;
  const olsModel =
    ((t * rmseAdjusted * reportingCount) / Math.sqrt(rows)) *
    Math.sqrt(1 + (mean - reportingMean) ** 2 / variance);
  const olsNoise = t * rmseAdjusted * Math.sqrt((reportingCount * rows) / effectiveRows);
  return { confidence, fsu, ols: Math.hypot(olsModel, olsNoise), olsModel, olsNoise };
}
