/** What every water meter did last night: quiet, running, or why nobody can say. */
import { DAY_MS, dateStartMs, HOUR_MS, localDate } from '../../domain/period.ts';
import { type CountingMeter, isCounting } from '../../registry/registry.ts';
import type { ApiContext } from '../context.ts';
import { type JudgedNight, judgedNights, type NightState, runningAtEnd } from './judged-nights.ts';
import { EXPLAINED } from './nearest.ts';
import { isWatched } from './plant.ts';
import { readNights } from './read-nights.ts';
import { watchAll } from './watched.ts';

/** Enough quiet nights before the last one to know what is usual, weekends and gaps included. */
const CONTEXT_DAYS = 30;
/** The window of a night, after local midnight. */
const NIGHT_ENDS_MS = 5 * HOUR_MS;

/** `plant`: its water is not for people; `no-hours`: not one night of the last weeks was measured. */
export type LastNightState = NightState | 'plant' | 'no-hours';

export interface LastNight {
  readonly meter: CountingMeter;
  readonly state: LastNightState;
  /** `null`: no row, or not watched. */
  readonly night: JudgedNight | null;
  /** Judged nights without rest up to the last one, at most as many as make a suspicion. */
  readonly runningNights: number;
  /** No meter below it explains what runs. */
  readonly isNearest: boolean;
}

/** The local date of the last night that is over. */
export function lastNightDate(nowMs: number, zone: string): string {
  return localDate(nowMs - NIGHT_ENDS_MS, zone);
}

function over(night: JudgedNight | undefined): number {
  if (night?.state !== 'running') return 0;
  return (night.leastM3PerHour ?? 0) - (night.usualM3PerHour?.middle ?? 0);
}

type NightsOf = ReadonlyMap<string, readonly JudgedNight[]>;

function ofWatched(
  [meter, subs]: readonly [CountingMeter, readonly CountingMeter[]],
  nightsOf: NightsOf,
  date: string,
): LastNight {
  const nights = nightsOf.get(meter.id) ?? [];
  const last = nights.find((night) => night.date === date);
  const below = subs.map(({ id }) => nightsOf.get(id)?.find((night) => night.date === date));
  const explained = below.reduce((sum, night) => sum + over(night), 0);
  const isSilent = nights.every(({ leastM3PerHour }) => leastM3PerHour === null);
  return {
    meter,
    state: isSilent ? 'no-hours' : (last?.state ?? 'not-measured'),
    night: last ?? null,
    runningNights: last?.state === 'running' ? runningAtEnd(nights).length : 0,
    isNearest: explained === 0 || explained < EXPLAINED * over(last),
  };
}

/** A building at a time, as leaks are looked for. */
async function inBuilding(
  { registry, store }: Pick<ApiContext, 'registry' | 'store'>,
  meters: readonly CountingMeter[],
  date: string,
): Promise<LastNight[]> {
  const dayMs = dateStartMs(date, registry.region.zone);
  const range = { fromMs: dayMs - CONTEXT_DAYS * DAY_MS, toMs: dayMs + NIGHT_ENDS_MS };
  const nightsOf = await readNights({ registry, store }, meters, range);
  const watched = watchAll(registry, meters, nightsOf);
  const nights = new Map(watched.map((one) => [one.meter.id, judgedNights(one)]));
  const plant = meters.filter((meter) => !isWatched(meter));
  return [
    ...watched.map(({ meter }) => {
      const subs = meters.filter(({ parent }) => parent === meter.id);
      return ofWatched([meter, subs], nights, date);
    }),
    ...plant.map(
      (meter): LastNight => ({
        ...{ meter, state: 'plant', night: null, runningNights: 0, isNearest: false },
      }),
    ),
  ];
}

/** Whole buildings are looked at, whoever asks: which meter is nearest does not depend on who does. */
export async function lastNightOf(
  context: Pick<ApiContext, 'registry' | 'store'>,
  meterIds: ReadonlySet<string>,
  date: string,
): Promise<LastNight[]> {
  const water = context.registry.meters
    .filter(isCounting)
    .filter(({ carrier }) => carrier === 'water');
  const found: LastNight[] = [];
  for (const own of Map.groupBy(water, ({ building }) => building).values()) {
    if (!own.some(({ id }) => meterIds.has(id))) continue;
    found.push(...(await inBuilding(context, own, date)));
  }
  return found.filter(({ meter }) => meterIds.has(meter.id));
}
