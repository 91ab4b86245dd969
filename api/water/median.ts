/** The middle of figures and how far they usually lie from it; both shrug off single wild values. */

/** `undefined` without figures. */
export function medianOf(figures: readonly number[]): number | undefined {
  if (figures.length === 0) return undefined;
  const sorted = figures.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}

/** Median distance from the median (MAD). */
export function spreadOf(figures: readonly number[]): number | undefined {
  const middle = medianOf(figures);
  return middle === undefined
    ? undefined
    : medianOf(figures.map((figure) => Math.abs(figure - middle)));
}
