/** Rule 11: intervals, bills and power on the same curve, each only where nothing better is known. */
import { HOUR_MS, type TimeRange } from '../../../domain/period.ts';
import type { CounterColumns, IntervalAmount } from '../../../domain/reading.ts';
import { type CurveFinding, type CurveRules, isOff } from '../rules.ts';
import { append, createSegments, type Segment, type Segments, segmentAt } from '../segments.ts';
import { ESTIMATED, INTERPOLATED, MANUAL, MEASURED } from '../track.ts';
import { toSeries } from './order.ts';
import { mostIn } from './rate.ts';

/** Steps of power are integrated over this many intervals at most. */
const POWER_STEPS = 2;
/** The gap limit is this many intervals. */
const GAP_INTERVALS = 2.5;
/** Sums of shares differ by rounding; a remainder this small below zero is none. */
const ROUNDING = 1e-6;

interface Layered {
  readonly segments: Segments;
  readonly findings: readonly CurveFinding[];
}

/** `remainder`: what better sources counted within it is taken off. `share`: it counts by time. */
type Overlap = 'remainder' | 'share';

/** The parts of a candidate that nothing covers, and what is already counted within it. */
function freeWithin(segments: Segments, first: number, { fromMs, toMs }: TimeRange) {
  const free: TimeRange[] = [];
  let covered = 0;
  let atMs = fromMs;
  for (let i = first; i < segments.length; i += 1) {
    const segment = segmentAt(segments, i);
    if (segment.fromMs >= toMs) break;
    const partMs = Math.min(toMs, segment.toMs) - Math.max(fromMs, segment.fromMs);
    if (partMs <= 0) continue;
    covered += (segment.amount * partMs) / (segment.toMs - segment.fromMs);
    if (segment.fromMs > atMs) free.push({ fromMs: atMs, toMs: segment.fromMs });
    atMs = Math.max(atMs, segment.toMs);
  }
  if (atMs < toMs) free.push({ fromMs: atMs, toMs });
  return { free, covered };
}

/** Rounds of candidates, in order of their start, that do not overlap each other. */
function roundsOf(candidates: readonly Segment[]): Segment[][] {
  const rounds: Segment[][] = [];
  for (let left = candidates; left.length > 0; ) {
    const round: Segment[] = [];
    const later: Segment[] = [];
    let endMs = Number.NEGATIVE_INFINITY;
    for (const candidate of left) {
      const isFree = candidate.fromMs >= endMs;
      (isFree ? round : later).push(candidate);
      if (isFree) endMs = candidate.toMs;
    }
    rounds.push(round);
    left = later;
  }
  return rounds;
}

/** Adds candidates, in order of their start, where the segments leave time free. */
function fill(under: Layered, candidates: readonly Segment[], overlap: Overlap): Layered {
  const rounds = roundsOf(candidates);
  return rounds.reduce((layered, round) => fillOnce(layered, round, overlap), under);
}

function fillOnce(under: Layered, candidates: readonly Segment[], overlap: Overlap): Layered {
  const { segments } = under;
  const added: Segment[] = [];
  const findings: CurveFinding[] = [];
  let first = 0;
  for (const candidate of candidates) {
    const { fromMs, toMs, amount, kind } = candidate;
    while ((segments.toMs[first] ?? Number.POSITIVE_INFINITY) <= fromMs) first += 1;
    const { free, covered } = freeWithin(segments, first, candidate);
    const freeMs = free.reduce((sum, part) => sum + part.toMs - part.fromMs, 0);
    if (freeMs === 0) continue;
    const rest = overlap === 'share' ? (amount * freeMs) / (toMs - fromMs) : amount - covered;
    if (rest < -ROUNDING * amount) {
      const evidence = [amount, covered].map((value) => ({ atMs: toMs, value }));
      findings.push({ code: 'below_measured', fromMs, toMs, evidence });
      continue;
    }
    const perMs = Math.max(0, rest) / freeMs;
    for (const part of free)
      added.push({ ...part, amount: perMs * (part.toMs - part.fromMs), kind });
  }
  return { segments: merge(segments, added), findings: [...under.findings, ...findings] };
}

function merge(segments: Segments, added: readonly Segment[]): Segments {
  const sorted = added.toSorted((a, b) => a.fromMs - b.fromMs);
  const result = createSegments(segments.length + sorted.length);
  let next = 0;
  for (let i = 0; i < segments.length; i += 1) {
    const segment = segmentAt(segments, i);
    for (; (sorted[next]?.fromMs ?? segment.fromMs) < segment.fromMs; next += 1) {
      const one = sorted[next];
      if (one) append(result, one);
    }
    append(result, segment);
  }
  for (const one of sorted.slice(next)) append(result, one);
  return result;
}

/** Amounts of one origin; of the same period the later one counts. */
function candidatesOf(
  intervals: readonly IntervalAmount[],
  origin: IntervalAmount['origin'],
  rules: CurveRules,
): { readonly candidates: Segment[]; readonly findings: CurveFinding[] } {
  const byPeriod = new Map<string, Segment>();
  const findings: CurveFinding[] = [];
  for (const { fromMs, toMs, value, origin: own } of intervals) {
    if (own !== origin || !(toMs > fromMs) || !(value >= 0 && Number.isFinite(value))) continue;
    const key = `${fromMs} ${toMs}`;
    const before = byPeriod.get(key);
    if (before !== undefined && before.amount !== value) {
      const evidence = [before.amount, value].map((amount) => ({ atMs: toMs, value: amount }));
      findings.push({ code: 'conflict', fromMs, toMs, evidence });
    }
    const isShort = toMs - fromMs <= rules.gapMs || isOff(rules, 'gap');
    const kind = origin === 'bill' ? MANUAL : isShort ? MEASURED : INTERPOLATED;
    byPeriod.set(key, { fromMs, toMs, amount: value, kind });
  }
  const candidates = [...byPeriod.values()].sort((a, b) => a.fromMs - b.fromMs || a.toMs - b.toMs);
  return { candidates, findings };
}

/** Trapezoids between readings of power; of a longer step only the first two intervals are known. */
function powerSegments(power: CounterColumns, rules: CurveRules): Segment[] {
  const { series } = toSeries(power, rules);
  const capMs = POWER_STEPS * (rules.intervalMs ?? rules.gapMs / GAP_INTERVALS);
  const most = mostIn(HOUR_MS, rules);
  const segments: Segment[] = [];
  for (let i = 1; i < series.atMs.length; i += 1) {
    const fromMs = series.atMs[i - 1] ?? 0;
    const stepMs = (series.atMs[i] ?? 0) - fromMs;
    const from = series.value[i - 1] ?? 0;
    const to = series.value[i] ?? 0;
    if (from > most || to > most) continue;
    const knownMs = isOff(rules, 'power-cap') ? stepMs : Math.min(stepMs, capMs);
    const end = from + ((to - from) * knownMs) / stepMs;
    const amount = (((from + end) / 2) * knownMs) / HOUR_MS;
    segments.push({ fromMs, toMs: fromMs + knownMs, amount, kind: ESTIMATED });
  }
  return segments;
}

/** The measured register wins, then intervals, then bills, then power. */
export function addLayers(
  register: Layered,
  input: { intervals?: readonly IntervalAmount[]; power?: CounterColumns },
  rules: CurveRules,
): Layered {
  const { intervals = [], power } = input;
  const own = candidatesOf(intervals, 'interval', rules);
  const bills = candidatesOf(intervals, 'bill', rules);
  const overlap = isOff(rules, 'precedence') ? 'share' : 'remainder';
  let layered = fill(register, own.candidates, overlap);
  layered = fill(layered, bills.candidates, overlap);
  if (power !== undefined) layered = fill(layered, powerSegments(power, rules), 'share');
  return { ...layered, findings: [...layered.findings, ...own.findings, ...bills.findings] };
}
