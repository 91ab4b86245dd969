/** Leaks as episodes: nights that never come to rest, from the first to the first quiet one. */
import { medianOf, spreadOf } from './median.ts';
import type { Night } from './nights.ts';

/** Own choice after practice (docs/methodology): none of these is a figure of a standard. */
const NIGHT_TO_MEAN = 0.25;
export const NIGHTS_TO_SUSPECT = 3;
const NIGHTS_TO_CLEAR = 3;
/** Nights a usual figure is taken over, and how many of them must be known. */
const USUAL_NIGHTS = 14;
const FEWEST_NIGHTS = 7;
const STEP_SPREADS = 3;
const HOURS_A_DAY = 24;

export interface EpisodeOptions {
  /** Smallest step of the register in m³: less than one step an hour cannot be told from nothing. */
  readonly resolutionM3: number;
  /** What may run in a night by schedule; `undefined`: the night is not judged. */
  readonly allowedM3PerHour?: (night: Night) => number | undefined;
}

export interface Episode {
  /** From 02:00 of the first night on. */
  readonly fromMs: number;
  /** When the nights were enough to suspect it. */
  readonly detectedMs: number;
  /** Start of the first quiet night, or the end of the last night known. */
  readonly toMs: number;
  readonly open: boolean;
  /** Nights judged to be running, and all nights from first to last. */
  readonly judgedNights: number;
  readonly nights: number;
  /** Least night flow over the last nights of it, and what was usual before (`null`: not known). */
  readonly nightFlowM3PerHour: number;
  readonly usualM3PerHour: number | null;
  /** Night flow less what is usual: what runs away now. */
  readonly flowM3PerHour: number;
  /** Over the nights judged, by the day: nights without data add nothing. */
  readonly lostM3: number;
  /** Night flow in the mean flow of the days. */
  readonly nightToMean: number | null;
  /** No hour without flow on any day of it; `null`: the meter is too coarse or data are missing. */
  readonly neverStops: boolean | null;
  /** The rise from the usual, when it is more than three times the usual spread. */
  readonly step: { readonly riseM3PerHour: number; readonly spreadM3PerHour: number } | null;
  readonly floorM3PerHour: number;
}

/** A night that could be judged; flows are what is left after what a schedule allows. */
export interface Judged {
  readonly night: Night;
  readonly leastM3PerHour: number;
  readonly limitM3PerHour: number;
  readonly running: boolean;
}

/** A leak this small is still worth finding; a coarser register does not see it within an hour. */
const LEAST_LEAK_M3 = 0.002;

export interface Usual {
  readonly medianM3PerHour: number;
  readonly spreadM3PerHour: number;
}

/** The last quiet nights; `undefined` while too few of them are known. */
export function usualOf(before: readonly Judged[]): Usual | undefined {
  const quiet = before
    .filter(({ running }) => !running)
    .slice(-USUAL_NIGHTS)
    .map(({ leastM3PerHour }) => leastM3PerHour);
  const [medianM3PerHour, spreadM3PerHour] = [medianOf(quiet), spreadOf(quiet)];
  const known = medianM3PerHour !== undefined && spreadM3PerHour !== undefined;
  return known && quiet.length >= FEWEST_NIGHTS ? { medianM3PerHour, spreadM3PerHour } : undefined;
}

/** A rise above it is a step and no longer chance. */
export function stepFrom({ spreadM3PerHour }: Usual, resolutionM3: number): number {
  return STEP_SPREADS * Math.max(spreadM3PerHour, resolutionM3);
}

function mean(figures: readonly number[]): number {
  return figures.reduce((sum, figure) => sum + figure, 0) / figures.length;
}

/** Mean flow of the days before a night; `undefined` while too few of them are known. */
function meanBefore(nights: readonly Night[], index: number): number | undefined {
  let [sum, count] = [0, 0];
  for (let at = Math.max(0, index - USUAL_NIGHTS); at < index; at += 1) {
    const figure = nights[at]?.meanM3PerHour;
    if (figure === undefined) continue;
    sum += figure;
    count += 1;
  }
  return count < FEWEST_NIGHTS ? undefined : sum / count;
}

/** Nights that can be judged: measured, not left out by a schedule, with enough days before them. */
export function judge(nights: readonly Night[], options: EpisodeOptions): Judged[] {
  const { resolutionM3, allowedM3PerHour = () => 0 } = options;
  const judged: Judged[] = [];
  for (const [index, night] of nights.entries()) {
    const allowed = allowedM3PerHour(night);
    if (night.leastM3PerHour === undefined || allowed === undefined) continue;
    const usualMean = meanBefore(nights, index);
    if (usualMean === undefined) continue;
    const leastM3PerHour = Math.max(0, night.leastM3PerHour - allowed);
    const limitM3PerHour = Math.max(resolutionM3, NIGHT_TO_MEAN * usualMean);
    const running = leastM3PerHour > limitM3PerHour;
    judged.push({ night, leastM3PerHour, limitM3PerHour, running });
  }
  return judged;
}

/** Index of the next run of `length` nights that are all running, or all quiet. */
function nextRun(judged: readonly Judged[], from: number, run: readonly [boolean, number]): number {
  const [running, length] = run;
  for (let at = from; at + length <= judged.length; at += 1) {
    if (judged.slice(at, at + length).every((one) => one.running === running)) return at;
  }
  return judged.length;
}

function stopsNever(nights: readonly Night[], resolutionM3: number): boolean | null {
  if (resolutionM3 > LEAST_LEAK_M3) return null;
  if (nights.some(({ stopped }) => stopped === true)) return false;
  return nights.some(({ stopped }) => stopped === undefined) ? null : true;
}

function describe(
  [before, own]: readonly [readonly Judged[], readonly Judged[]],
  nights: readonly Night[],
  resolutionM3: number,
): Omit<Episode, 'fromMs' | 'detectedMs' | 'toMs' | 'open'> {
  const usually = usualOf(before);
  const usual = usually?.medianM3PerHour;
  const running = own.filter((one) => one.running);
  const last = running.slice(-USUAL_NIGHTS);
  const nightFlowM3PerHour = medianOf(last.map(({ leastM3PerHour }) => leastM3PerHour)) ?? 0;
  const riseM3PerHour = nightFlowM3PerHour - (usual ?? 0);
  const means = last.flatMap(({ night }) => night.meanM3PerHour ?? []);
  return {
    judgedNights: running.length,
    nights: nights.length,
    nightFlowM3PerHour,
    usualM3PerHour: usual ?? null,
    flowM3PerHour: Math.max(0, riseM3PerHour),
    lostM3: running.reduce(
      (sum, one) => sum + Math.max(0, one.leastM3PerHour - (usual ?? 0)) * HOURS_A_DAY,
      0,
    ),
    nightToMean: means.length === 0 || mean(means) === 0 ? null : nightFlowM3PerHour / mean(means),
    neverStops: stopsNever(nights.slice(1), resolutionM3),
    step:
      usually && riseM3PerHour > stepFrom(usually, resolutionM3)
        ? { riseM3PerHour, spreadM3PerHour: usually.spreadM3PerHour }
        : null,
    floorM3PerHour: resolutionM3,
  };
}

/** Episodes of one meter, in order. Nights that cannot be judged neither begin nor end one. */
export function findEpisodes(nights: readonly Night[], options: EpisodeOptions): Episode[] {
  const judged = judge(nights, options);
  const episodes: Episode[] = [];
  for (let at = 0; at < judged.length; ) {
    const start = nextRun(judged, at, [true, NIGHTS_TO_SUSPECT]);
    const first = judged[start];
    const detected = judged[start + NIGHTS_TO_SUSPECT - 1];
    if (!first || !detected) break;
    const end = nextRun(judged, start, [false, NIGHTS_TO_CLEAR]);
    const quiet = judged[end];
    const own = judged.slice(start, end);
    const last = own.at(-1) ?? first;
    const { fromMs } = first.night;
    const toMs = quiet?.night.fromMs ?? last.night.toMs;
    const inside = nights.filter((night) => night.fromMs >= fromMs && night.fromMs < toMs);
    episodes.push({
      fromMs,
      detectedMs: detected.night.toMs,
      toMs,
      open: quiet === undefined,
      ...describe([judged.slice(0, start), own], inside, options.resolutionM3),
    });
    at = end;
  }
  return episodes;
}
