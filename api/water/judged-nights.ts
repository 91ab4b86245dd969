/** Each night of a meter as it was judged, or why it was not: what a chart of nights and the morning's list show. */
import { judge, NIGHTS_TO_SUSPECT, stepFrom, usualOf } from './episodes.ts';
import type { Night } from './nights.ts';
import type { WatchedMeter } from './watched.ts';

/** In the order they are told. */
export const NIGHT_STATES = [
  'running',
  'quiet',
  'not-measured',
  'schedule',
  'too-few-days',
] as const;

export type NightState = (typeof NIGHT_STATES)[number];

export interface JudgedNight {
  readonly date: string;
  readonly fromMs: number;
  readonly state: NightState;
  /** Least flow less what a schedule allows; `null` where not all hours were measured. */
  readonly leastM3PerHour: number | null;
  /** More than this is not quiet; `null` where nothing could be judged. */
  readonly limitM3PerHour: number | null;
  /** Around the middle of the quiet nights before; `null` while too few are known. */
  readonly usualM3PerHour: {
    readonly low: number;
    readonly middle: number;
    readonly high: number;
  } | null;
}

function whyNot({ leastM3PerHour }: Night, allowed: number | undefined): NightState {
  if (leastM3PerHour === undefined) return 'not-measured';
  return allowed === undefined ? 'schedule' : 'too-few-days';
}

export function judgedNights({ nights, options }: WatchedMeter): JudgedNight[] {
  const judged = judge(nights, options);
  const places = new Map(judged.map((one, index) => [one.night.date, index]));
  const { resolutionM3, allowedM3PerHour = () => 0 } = options;
  return nights.map((night): JudgedNight => {
    const { date, fromMs, leastM3PerHour } = night;
    const at = places.get(date);
    const one = at === undefined ? undefined : judged[at];
    if (at === undefined || !one) {
      const state = whyNot(night, allowedM3PerHour(night));
      const known = { date, fromMs, state, leastM3PerHour: leastM3PerHour ?? null };
      return { ...known, limitM3PerHour: null, usualM3PerHour: null };
    }
    const usual = usualOf(judged.slice(0, at));
    const [middle, step] = usual
      ? [usual.medianM3PerHour, stepFrom(usual, resolutionM3)]
      : [undefined, 0];
    return {
      ...{ date, fromMs, state: one.running ? 'running' : 'quiet' },
      ...{ leastM3PerHour: one.leastM3PerHour, limitM3PerHour: one.limitM3PerHour },
      usualM3PerHour:
        middle === undefined
          ? null
          : { low: Math.max(0, middle - step), middle, high: middle + step },
    };
  });
}

/** Judged nights at the end that all run, up to as many as make a suspicion. */
export function runningAtEnd(nights: readonly JudgedNight[]): readonly JudgedNight[] {
  const judged = nights.filter(({ limitM3PerHour }) => limitM3PerHour !== null);
  const quiet = judged.findLastIndex(({ state }) => state === 'quiet');
  return judged.slice(Math.max(quiet + 1, judged.length - NIGHTS_TO_SUSPECT));
}
