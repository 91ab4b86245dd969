/** Suspected leaks of water meters over a range, from their hour rows; each leak once, where it is nearest. */
import type { MeterConsumption } from '../../domain/consumption.ts';
import { DAY_MS, localDate, type TimeRange } from '../../domain/period.ts';
import {
  type CountingMeter,
  counterOf,
  isCounting,
  type Registry,
} from '../../registry/registry.ts';
import type { ApiContext } from '../context.ts';
import { type Episode, type EpisodeOptions, findEpisodes } from './episodes.ts';
import { medianOf } from './median.ts';
import { type HourRow, type Night, nightsOf } from './nights.ts';
import { allowedFlow } from './schedules.ts';

/** Days before a range that a first night needs to be judged. */
const CONTEXT_DAYS = 15;
/** How far back the beginning of a leak is looked for. */
const FOLLOWED_DAYS = 380;
/** Nights the balance with the sub-meters is taken over. */
const BALANCE_NIGHTS = 14;
/** A main's leak is its sub-meters' when they explain this part of it. */
const EXPLAINED = 0.5;

export interface Leak extends Episode {
  /** `meter/YYYY-MM-DD` of the first night: what a work order names as its alert. */
  readonly id: string;
  readonly meterId: string;
  /** Night flow that no sub-meter counts; `null` without sub-meters or data of theirs. */
  readonly behindNoSubMeterM3PerHour: number | null;
}

export interface WatchedMeter {
  readonly meter: CountingMeter;
  readonly nights: readonly Night[];
  /** What its nights are judged by. */
  readonly options: EpisodeOptions;
  readonly episodes: readonly Episode[];
}

/** Water for people; what plant makes up or gardens take need not rest at night. */
export function isWatched(meter: CountingMeter): boolean {
  return meter.waterUse === undefined;
}

/** Plant and garden meters below a meter, the first of each branch: what is below it is in it. */
function plantBelow(meterId: string, meters: readonly CountingMeter[]): CountingMeter[] {
  return meters
    .filter(({ parent }) => parent === meterId)
    .flatMap((sub) => (isWatched(sub) ? plantBelow(sub.id, meters) : [sub]));
}

/** A meter's hours less those of one below it; an hour of which only one is known is not known. */
function withoutHours(hours: readonly HourRow[], below: readonly HourRow[]): HourRow[] {
  const taken = new Map(below.map((row) => [row.startMs, row]));
  return hours.map(({ startMs, value, coverage }) => {
    const part = taken.get(startMs);
    if (value === null || !part || part.value === null)
      return { startMs, value: null, coverage: 0 };
    const rest = Math.max(0, value - part.value);
    return { startMs, value: rest, coverage: Math.min(coverage, part.coverage) };
  });
}

/** m³ that a meter's register counts in. */
function stepOf({ profiles }: Registry, meter: CountingMeter): number {
  const step = profiles.get(meter.profile)?.counters[counterOf(meter)]?.resolution ?? 0;
  return step * (meter.multiplier.at(-1)?.factor ?? 1);
}

type HoursOf = (meter: CountingMeter) => readonly HourRow[];

function watch(
  registry: Registry,
  [meter, plant]: readonly [CountingMeter, readonly CountingMeter[]],
  hoursOf: HoursOf,
): WatchedMeter {
  const hours = plant.map(hoursOf).reduce(withoutHours, hoursOf(meter));
  const nights = nightsOf(hours, registry.region.zone);
  const options = {
    // A difference is no finer than the coarsest register in it.
    resolutionM3: Math.max(...[meter, ...plant].map((one) => stepOf(registry, one))),
    allowedM3PerHour: allowedFlow(registry, meter),
  };
  return { meter, nights, options, episodes: findEpisodes(nights, options) };
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

function overlaps(a: TimeRange, b: TimeRange): boolean {
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

/** The meters that are watched, with their nights in hour rows that were read already. */
export function watchedIn(
  registry: Registry,
  meters: readonly CountingMeter[],
  hours: readonly MeterConsumption[],
): WatchedMeter[] {
  const byMeter = Map.groupBy(hours, ({ meterId }) => meterId);
  const hoursOf: HoursOf = (meter) => {
    const counter = counterOf(meter);
    return (byMeter.get(meter.id) ?? []).filter((row) => row.counter === counter);
  };
  return meters
    .filter(isWatched)
    .map((meter) => watch(registry, [meter, plantBelow(meter.id, meters)], hoursOf));
}

/** Leaks in hour rows that were read already: pure, so that every answer and the job agree. */
export function leaksIn(
  registry: Registry,
  meters: readonly CountingMeter[],
  hours: readonly MeterConsumption[],
): Leak[] {
  const { zone } = registry.region;
  const watched = watchedIn(registry, meters, hours);
  return watched.flatMap((one) => {
    const subs = watched.filter(({ meter }) => meter.parent === one.meter.id);
    return one.episodes
      .filter((episode) => !isOfASub(episode, subs))
      .map((episode) => ({
        ...episode,
        id: `${one.meter.id}/${localDate(episode.fromMs, zone)}`,
        meterId: one.meter.id,
        behindNoSubMeterM3PerHour: unexplained(one, subs, episode),
      }));
  });
}

type Data = Pick<ApiContext, 'registry' | 'store' | 'round'>;

/** The hours of one building at a time: those of a region do not fit into memory. */
async function leaksInBuilding(
  { registry, store, round }: Data,
  meters: readonly CountingMeter[],
  range: TimeRange,
): Promise<Leak[]> {
  const meterIds = meters.map(({ id }) => id);
  const key = `leaks ${meterIds.join()} ${range.fromMs} ${range.toMs}`;
  const known = round?.get(key) as Leak[] | undefined;
  if (known) return known;
  const hours = await store.meterConsumption({ meterIds, resolution: 'hour', range });
  const leaks = leaksIn(registry, meters, hours);
  round?.set(key, leaks);
  return leaks;
}

async function readLeaks(
  data: Data,
  meters: readonly CountingMeter[],
  range: TimeRange,
): Promise<Leak[]> {
  const leaks: Leak[] = [];
  for (const own of Map.groupBy(meters, ({ building }) => building).values()) {
    leaks.push(...(await leaksInBuilding(data, own, range)));
  }
  return leaks;
}

/**
 * Leaks that touch a range, by meter, then start. Days before the range are read too, to judge by;
 * one that ran all through them is followed back for a year. Whole buildings are searched, whoever
 * asks: which meter is nearest to a leak does not depend on whose meters were asked for.
 */
export async function leaksOf(
  data: Data,
  meterIds: readonly string[],
  range: TimeRange,
): Promise<Leak[]> {
  if (range.toMs <= range.fromMs) return [];
  const wanted = new Set(meterIds);
  const water = data.registry.meters
    .filter(isCounting)
    .filter(({ carrier }) => carrier === 'water');
  const asked = new Set(water.filter(({ id }) => wanted.has(id)).map(({ building }) => building));
  const meters = water.filter(({ building }) => asked.has(building));
  const before = (days: number) => ({ fromMs: range.fromMs - days * DAY_MS, toMs: range.toMs });
  const leaks = await readLeaks(data, meters, before(CONTEXT_DAYS));
  const endless = leaks.filter(
    ({ fromMs, usualM3PerHour }) => fromMs < range.fromMs && usualM3PerHour === null,
  );
  const houses = new Set(endless.map(({ meterId }) => data.registry.meter(meterId).building));
  const inThem = meters.filter(({ building }) => houses.has(building));
  const followed = await readLeaks(data, inThem, before(FOLLOWED_DAYS));
  const again = new Set(inThem.map(({ id }) => id));
  return [...leaks.filter(({ meterId }) => !again.has(meterId)), ...followed].filter(
    (leak) => wanted.has(leak.meterId) && overlaps(leak, range),
  );
}
