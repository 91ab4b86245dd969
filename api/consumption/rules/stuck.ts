/** Rule 12: a register that stands still for longer than this meter ever does, when it should move. */
import { HOUR_MS, type TimeRange } from '../../../domain/period.ts';
import { type CurveFinding, type CurveRules, isOff, type StuckRule } from '../rules.ts';
import type { Segments } from '../segments.ts';
import { MEASURED } from '../track.ts';

/** However regularly a meter moves, a shorter stand-still is none. */
const LEAST_MS = 6 * HOUR_MS;
const PERCENTILE = 0.999;
const WEEK_HOURS = 168;

/** Stretches in which readings came and nothing was counted. */
function zeroRuns(segments: Segments): TimeRange[] {
  const runs: TimeRange[] = [];
  let fromMs: number | undefined;
  let toMs = 0;
  for (let i = 0; i <= segments.length; i += 1) {
    const startsMs = segments.fromMs[i] ?? Number.NaN;
    const isStill =
      i < segments.length && segments.amount[i] === 0 && segments.kind[i] === MEASURED;
    if (fromMs !== undefined && (!isStill || startsMs !== toMs)) {
      runs.push({ fromMs, toMs });
      fromMs = undefined;
    }
    if (!isStill) continue;
    fromMs ??= startsMs;
    toMs = segments.toMs[i] ?? 0;
  }
  return runs;
}

function weekHour(atMs: number): number {
  return Math.floor(atMs / HOUR_MS) % WEEK_HOURS;
}

/** Six hours of movement would have been usual; an hour never seen is not one in which it moves. */
function movesBy(segments: Segments): (range: TimeRange) => boolean {
  const seenMs = new Float64Array(WEEK_HOURS);
  const movedMs = new Float64Array(WEEK_HOURS);
  for (let i = 0; i < segments.length; i += 1) {
    if (segments.kind[i] !== MEASURED) continue;
    const fromMs = segments.fromMs[i] ?? 0;
    const toMs = segments.toMs[i] ?? 0;
    const hour = weekHour((fromMs + toMs) / 2);
    seenMs[hour] = (seenMs[hour] ?? 0) + toMs - fromMs;
    if ((segments.amount[i] ?? 0) > 0) movedMs[hour] = (movedMs[hour] ?? 0) + toMs - fromMs;
  }
  return ({ fromMs, toMs }) => {
    let usualMs = 0;
    for (let at = fromMs; at < toMs && usualMs < LEAST_MS; at += HOUR_MS) {
      const hour = weekHour(at);
      const seen = seenMs[hour] ?? 0;
      if (seen > 0) usualMs += (Math.min(HOUR_MS, toMs - at) * (movedMs[hour] ?? 0)) / seen;
    }
    return usualMs >= LEAST_MS;
  };
}

/** What a meter's own past says about standing still: its 99.9th percentile, and when it moves. */
export function learnHabits(segments: Segments): StuckRule {
  const lengths = zeroRuns(segments)
    .map(({ fromMs, toMs }) => toMs - fromMs)
    .sort((a, b) => a - b);
  const rank = Math.ceil(PERCENTILE * lengths.length) - 1;
  return {
    afterMs: Math.max(LEAST_MS, lengths[rank] ?? 0),
    usuallyMoves: movesBy(segments),
  };
}

/** The value stays; without anything that says it should move, standing still is no fault. */
export function stuckFindings(segments: Segments, rules: CurveRules): CurveFinding[] {
  const { stuck } = rules;
  if (stuck === undefined || isOff(rules, 'stuck')) return [];
  const shouldMove = stuck.othersMove ?? stuck.usuallyMoves;
  if (shouldMove === undefined) return [];
  return zeroRuns(segments)
    .filter((run) => run.toMs - run.fromMs > (stuck.afterMs ?? LEAST_MS) && shouldMove(run))
    .map((run) => ({ code: 'stuck' as const, ...run, evidence: [] }));
}
