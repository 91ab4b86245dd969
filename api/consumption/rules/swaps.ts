/** Rule 5: registered replacements split the readings into parts, one a physical meter. */
import { type CurveFinding, type CurveRules, isOff, type Replacement } from '../rules.ts';
import { firstFrom, pointAt, type Series, sliceSeries } from './order.ts';

interface Part {
  readonly series: Series;
  /** Nothing can follow: the meter was taken out. */
  readonly isClosed: boolean;
}

/** The old meter's last index ends its part, the new one's first begins the next. */
function withEnds(
  series: Series,
  begin: Replacement | undefined,
  end: Replacement | undefined,
): Series {
  if (begin === undefined && end === undefined) return series;
  const atMs = [...(begin ? [begin.atMs] : []), ...series.atMs, ...(end ? [end.atMs] : [])];
  const value = [
    ...(begin ? [begin.initialReading] : []),
    ...series.value,
    ...(end ? [end.finalReading] : []),
  ];
  const byHand = [...(begin ? [0] : []), ...series.byHand, ...(end ? [0] : [])];
  return {
    atMs: Float64Array.from(atMs),
    value: Float64Array.from(value),
    byHand: Uint8Array.from(byHand),
  };
}

/** What is read at the very instant of a swap gives way to the registered indices. */
export function partsOf(
  series: Series,
  rules: CurveRules,
): { readonly parts: readonly Part[]; readonly findings: readonly CurveFinding[] } {
  if (isOff(rules, 'replacement') || rules.replacements.length === 0)
    return { parts: [{ series, isClosed: false }], findings: [] };
  const latestMs = rules.nowMs ?? Number.POSITIVE_INFINITY;
  const swaps = rules.replacements
    .filter(({ atMs }) => atMs <= latestMs)
    .toSorted((a, b) => a.atMs - b.atMs);
  const findings: CurveFinding[] = [];
  const parts: Part[] = [];
  let begin: Replacement | undefined;
  for (const end of [...swaps, undefined]) {
    const from = begin === undefined ? 0 : firstFrom(series.atMs, begin.atMs + 1);
    const to = end === undefined ? series.atMs.length : firstFrom(series.atMs, end.atMs);
    const own = sliceSeries(series, from, Math.max(from, to));
    parts.push({ series: withEnds(own, begin, end), isClosed: end !== undefined });
    if (end !== undefined) {
      const last = own.atMs.length > 0 ? [pointAt(own, own.atMs.length - 1)] : [];
      const evidence = [
        ...last,
        { atMs: end.atMs, value: end.finalReading },
        { atMs: end.atMs, value: end.initialReading },
      ];
      const fromMs = last[0]?.atMs ?? end.atMs;
      findings.push({ code: 'replacement', fromMs, toMs: end.atMs, evidence });
    }
    begin = end;
  }
  return { parts, findings };
}
