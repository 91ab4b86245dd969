/** Leaks in nights that were read already, each told once, by the meter that is nearest to it. */
import { localDate, type TimeRange } from '../../domain/period.ts';
import type { Registry } from '../../registry/registry.ts';
import type { Episode } from './episodes.ts';
import { medianOf } from './median.ts';
import type { WatchedMeter } from './watched.ts';

/** Nights the balance with the sub-meters is taken over. */
const BALANCE_NIGHTS = 14;
/** A main's leak is its sub-meters' when they explain this part of it. */
export const EXPLAINED = 0.5;

export interface Leak extends Episode {
  /** `meter/YYYY-MM-DD` of the first night: what a work order names as its alert. */
  readonly id: string;
  readonly meterId: string;
  /** Night flow that no sub-meter counts; `null` without sub-meters or data of theirs. */
  readonly behindNoSubMeterM3PerHour: number | null;
}

/** Median over the last nights of an episode of the main's least flow less that of its sub-meters. */
function unexplained(
  { nights }: WatchedMeter,
  subs: readonly WatchedMeter[],
  { fromMs, toMs }: TimeRange,
): number | null {
  if (subs.length === 0) return null;
  const leastOf = subs.map(
    (sub) => new Map(sub.nights.map((night) => [night.date, night.leastM3PerHour])),
  );
  const rests = nights
    .filter((night) => night.fromMs >= fromMs && night.fromMs < toMs)
    .slice(-BALANCE_NIGHTS)
    .flatMap(({ date, leastM3PerHour }) => {
      const parts = leastOf.map((nightsOfSub) => nightsOfSub.get(date));
      if (leastM3PerHour === undefined || parts.includes(undefined)) return [];
      return [leastM3PerHour - parts.reduce<number>((sum, part) => sum + (part ?? 0), 0)];
    });
  const rest = medianOf(rests);
  return rest === undefined ? null : Math.max(0, rest);
}

export function overlaps(a: TimeRange, b: TimeRange): boolean {
  return a.fromMs < b.toMs && b.fromMs < a.toMs;
}

/** A leak behind a sub-meter shows on the main too: it is reported once, by the sub-meter. */
function isOfASub(episode: Episode, subs: readonly WatchedMeter[]): boolean {
  const below = subs.flatMap(({ episodes }) =>
    episodes.filter((other) => overlaps(other, episode)),
  );
  const explained = below.reduce((sum, { flowM3PerHour }) => sum + flowM3PerHour, 0);
  return explained > 0 && explained >= EXPLAINED * episode.flowM3PerHour;
}

/** Leaks of all watched meters of some buildings: pure, so that every answer and the job agree. */
export function leaksAmong({ region }: Registry, watched: readonly WatchedMeter[]): Leak[] {
  const subsOf = Map.groupBy(watched, ({ meter }) => meter.parent);
  return watched.flatMap((one) => {
    const { meter, episodes } = one;
    const subs = subsOf.get(meter.id) ?? [];
    return episodes
      .filter((episode) => !isOfASub(episode, subs))
      .map((episode) => ({
        ...episode,
        id: `${meter.id}/${localDate(episode.fromMs, region.zone)}`,
        meterId: meter.id,
        behindNoSubMeterM3PerHour: unexplained(one, subs, episode),
      }));
  });
}
