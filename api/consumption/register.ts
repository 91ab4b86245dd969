/** Rules 1 to 6 over one register: readings in, stretches with amounts and findings out. */
import { CONTEXT, type DayContext, dayContext } from './context.ts';
import { type Series, sliceSeries } from './rules/order.ts';
import { partsOf } from './rules/swaps.ts';
import { inUnitsUntil, returnOf } from './rules/units.ts';
import { type CurveFinding, type CurveRules, isOff } from './rules.ts';
import {
  append,
  createSegments,
  replaceWithin,
  type SegmentList,
  type Segments,
  segmentAt,
} from './segments.ts';
import type { Decision, Walk } from './steps.ts';
import { createTrack, INTERPOLATED, MEASURED, START, type Track } from './track.ts';
import { walkOn } from './walk.ts';

export interface RegisterCurve {
  readonly segments: Segments;
  readonly findings: readonly CurveFinding[];
}

/** The walk through a day and its context; only what ends within the day counts. */
function walkDay(
  series: Series,
  day: DayContext,
  walk: Omit<Walk, 'series' | 'decisions'>,
): readonly Decision[] {
  const decisions: Decision[] = [];
  const own = { ...walk, series: sliceSeries(series, day.from, day.to), decisions };
  own.track.length = 0;
  walkOn(own, day.stopMs, day.end - day.from + CONTEXT.readingsAfter);
  return decisions.filter(({ finding }) => finding.toMs >= day.fromMs && finding.toMs < day.toMs);
}

/** A step too long to be measured; one that a stale cache explains has a finding of its own. */
function gapFinding(
  track: Track,
  index: number,
  decisions: readonly Decision[],
): CurveFinding | undefined {
  const toMs = track.atMs[index] ?? 0;
  const isStale = decisions.some(
    ({ finding }) => finding.code === 'stale_catch_up' && finding.toMs === toMs,
  );
  if (isStale) return undefined;
  const evidence = [index - 1, index].map((at) => ({
    atMs: track.atMs[at] ?? 0,
    value: track.value[at] ?? 0,
  }));
  return { code: 'gap', fromMs: evidence[0]?.atMs ?? toMs, toMs, evidence };
}

function walkPart(
  series: Series,
  isClosed: boolean,
  rules: CurveRules,
): { segments: SegmentList; findings: CurveFinding[] } {
  const { atMs } = series;
  const segments = createSegments(atMs.length);
  const findings: CurveFinding[] = [];
  const track = createTrack(atMs.length);
  const mayBeOpen = !isClosed && !isOff(rules, 'open-end');
  for (let index = 0; index < atMs.length; ) {
    const day = dayContext(atMs, atMs[index] ?? 0);
    const isOpen = mayBeOpen && day.to === atMs.length;
    const dayRules = inUnitsUntil(rules, day.stopMs);
    const decisions = walkDay(series, day, { rules: dayRules, track, isOpen });
    for (let i = 1; i < track.length; i += 1) {
      const toMs = track.atMs[i] ?? 0;
      const kind = track.kind[i] ?? START;
      if (kind === START || toMs < day.fromMs || toMs >= day.toMs) continue;
      const endMs = segments.toMs[segments.length - 1] ?? Number.NEGATIVE_INFINITY;
      const fromMs = track.atMs[i - 1] ?? 0;
      append(segments, { fromMs, toMs, amount: track.amount[i] ?? 0, kind });
      const gap = kind === INTERPOLATED ? gapFinding(track, i, decisions) : undefined;
      if (gap && endMs < toMs) findings.push({ ...gap, fromMs: Math.max(endMs, fromMs) });
    }
    for (const { finding } of decisions) findings.push(finding);
    index = day.end;
  }
  return { segments, findings };
}

/**
 * Rule 3e, units: from a suspected change on nothing counts until the register is back in its
 * former unit; what it counted meanwhile is then known, its shape is not.
 */
function settleUnits(
  part: { segments: Segments; findings: readonly CurveFinding[] },
  series: Series,
  options: { isClosed: boolean; rules: CurveRules },
): RegisterCurve {
  const { rules, isClosed } = options;
  let { segments } = part;
  const findings: CurveFinding[] = [];
  let settledMs = Number.NEGATIVE_INFINITY;
  for (const [index, finding] of part.findings.entries()) {
    if (finding.toMs <= settledMs) continue;
    const [base] = finding.evidence;
    const isContext = finding.fromMs < (rules.sinceMs ?? finding.fromMs);
    if (finding.code !== 'unit_change_suspected' || finding.provisional || !base || isContext) {
      findings.push(finding);
      continue;
    }
    const back = returnOf(finding, part.findings.slice(index + 1), rules);
    settledMs = back?.atMs ?? Number.POSITIVE_INFINITY;
    const bridge = back && {
      fromMs: base.atMs,
      toMs: back.atMs,
      amount: Math.max(0, back.value - base.value),
      kind: back.atMs - base.atMs > rules.gapMs ? INTERPOLATED : MEASURED,
    };
    segments = replaceWithin(segments, { fromMs: base.atMs, toMs: settledMs }, bridge);
    const isOpen = back === undefined && !isClosed;
    findings.push({
      ...finding,
      toMs: back?.atMs ?? series.atMs.at(-1) ?? finding.toMs,
      evidence: back ? [...finding.evidence, back] : finding.evidence,
      ...(isOpen ? { provisional: true } : {}),
    });
  }
  return { segments, findings };
}

/** By the start of the stretch, then its end; what is told of one stretch stays in order. */
export function byTime(a: CurveFinding, b: CurveFinding): number {
  return a.fromMs - b.fromMs || a.toMs - b.toMs;
}

/** The curve of one register, from readings in order. */
export function registerCurve(series: Series, rules: CurveRules): RegisterCurve {
  const { parts, findings } = partsOf(series, rules);
  const curves = parts.map((part) => {
    const walked = walkPart(part.series, part.isClosed, rules);
    const sorted = { ...walked, findings: walked.findings.sort(byTime) };
    const hasUnits = sorted.findings.some(({ code }) => code === 'unit_change_suspected');
    return hasUnits ? settleUnits(sorted, part.series, { isClosed: part.isClosed, rules }) : sorted;
  });
  const [only, ...others] = curves;
  if (only !== undefined && others.length === 0) return only;
  const all = createSegments(curves.reduce((sum, { segments }) => sum + segments.length, 0));
  for (const { segments } of curves)
    for (let i = 0; i < segments.length; i += 1) append(all, segmentAt(segments, i));
  return {
    segments: all,
    findings: [...findings, ...curves.flatMap((curve) => curve.findings)].sort(byTime),
  };
}
