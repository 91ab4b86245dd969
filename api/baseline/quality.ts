/** How well a model tells what was measured: errors, bias, autocorrelation and what they leave of n. */

export interface FitQuality {
  /** Rows compared. */
  readonly rows: number;
  /** Slopes; what the method takes off the number of rows. */
  readonly parameters: number;
  /** Of the measured amounts: mean size and variance. */
  readonly mean: number;
  readonly variance: number;
  readonly rmse: number;
  /** √(Σ(ŷ−y)²/(n−k)), k the number of slopes. */
  readonly rmseAdjusted: number;
  /** The two above as shares of the mean. */
  readonly cvRmse: number;
  readonly cvRmseAdjusted: number;
  /** Σ(ŷ−y)/Σy: positive when the model tells too much. */
  readonly nmbe: number;
  /** Squared correlation of told and measured. */
  readonly rSquared: number;
  /** Correlation of residuals with the ones before them; `null` when they do not vary. */
  readonly autocorrelation: number | null;
  /** n(1−ρ)/(1+ρ): what the rows are worth as independent ones. */
  readonly effectiveRows: number | null;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const meanA = meanOf(a);
  const meanB = meanOf(b);
  let both = 0;
  let squaresA = 0;
  let squaresB = 0;
  a.forEach((value, i) => {
    const ofA = value - meanA;
    const ofB = (b[i] ?? 0) - meanB;
    both += ofA * ofB;
    squaresA += ofA * ofA;
    squaresB += ofB * ofB;
  });
  return both / Math.sqrt(squaresA * squaresB);
}

/** `measured` and `told` are totals of rows in the order of time, unknown ones left out. */
export function qualityOf(
  measured: readonly number[],
  told: readonly number[],
  parameters: number,
): FitQuality {
  const rows = measured.length;
  const residuals = measured.map((value, i) => (told[i] ?? 0) - value);
  const squares = residuals.reduce((sum, residual) => sum + residual * residual, 0);
  const mean = meanOf(measured.map(Math.abs));
  const signedMean = meanOf(measured);
  const rmse = Math.sqrt(squares / rows);
  const rmseAdjusted = Math.sqrt(squares / (rows - parameters));
  const lagged = correlation(residuals.slice(0, -1), residuals.slice(1));
  const autocorrelation = Number.isFinite(lagged) ? lagged : null;
  const rSquared = correlation(measured, told) ** 2;
  return {
    rows,
    parameters,
    mean,
    variance: meanOf(measured.map((value) => (value - signedMean) ** 2)),
    rmse,
    rmseAdjusted,
    cvRmse: rmse / mean,
    cvRmseAdjusted: rmseAdjusted / mean,
    nmbe: meanOf(residuals) / signedMean,
    rSquared: Number.isFinite(rSquared) ? rSquared : 0,
    autocorrelation,
    effectiveRows:
      autocorrelation === null ? null : (rows * (1 - autocorrelation)) / (1 + autocorrelation),
  };
}
