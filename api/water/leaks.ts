/** Suspected leaks of water meters over a range; each leak once, where it is nearest. */
import { setImmediate } from 'node:timers/promises';
import { DAY_MS, dayStartMs, type TimeRange } from '../../domain/period.ts';
import { type CountingMeter, isCounting } from '../../registry/registry.ts';
import type { ApiContext } from '../context.ts';
import { type Leak, leaksAmong, overlaps } from './nearest.ts';
import { readNights } from './read-nights.ts';
import { watchAll } from './watched.ts';

/** Days before a range that a first night needs to be judged. */
const CONTEXT_DAYS = 15;
/** How far back the beginning of a leak is looked for. */
const FOLLOWED_DAYS = 380;
/** Buildings whose nights are read together: those of a region do not fit into memory. */
const BUILDINGS = 20;

type Data = Pick<ApiContext, 'registry' | 'store' | 'round'>;

/**
 * Leaks of some buildings. Days before the range are read too, to judge by; one that ran all
 * through them is followed back for a year.
 */
async function search(
  data: Data,
  meters: readonly CountingMeter[],
  range: TimeRange,
): Promise<Leak[]> {
  const { registry } = data;
  const before = (days: number) => dayStartMs(range.fromMs - days * DAY_MS, registry.region.zone);
  const contextMs = before(CONTEXT_DAYS);
  const nightsOf = await readNights(data, meters, { fromMs: contextMs, toMs: range.toMs });
  const leaks = leaksAmong(registry, watchAll(registry, meters, nightsOf));
  const endless = leaks.filter(
    ({ fromMs, usualM3PerHour }) => fromMs < range.fromMs && usualM3PerHour === null,
  );
  const houses = new Set(endless.map(({ meterId }) => registry.meter(meterId).building));
  if (houses.size === 0) return leaks;
  const inThem = meters.filter(({ building }) => houses.has(building));
  const year = { fromMs: before(FOLLOWED_DAYS), toMs: contextMs };
  const earlierOf = await readNights(data, inThem, year);
  const followed = watchAll(registry, inThem, (meter) => [...earlierOf(meter), ...nightsOf(meter)]);
  const again = new Set(inThem.map(({ id }) => id));
  return [...leaks.filter(({ meterId }) => !again.has(meterId)), ...leaksAmong(registry, followed)];
}

/** Leaks of whole buildings; a round looks for those of a building once. */
async function leaksByBuilding(
  data: Data,
  meters: ReadonlyMap<string, readonly CountingMeter[]>,
  range: TimeRange,
): Promise<Leak[]> {
  const round = data.round ?? new Map<string, unknown>();
  const keyOf = (building: string) => `leaks ${building} ${range.fromMs} ${range.toMs}`;
  const unknown = [...meters].filter(([building]) => !round.has(keyOf(building)));
  for (let at = 0; at < unknown.length; at += BUILDINGS) {
    const some = unknown.slice(at, at + BUILDINGS);
    const own = some.flatMap(([, inIt]) => inIt);
    const leaks = await search(data, own, range);
    const houseOf = new Map(own.map(({ id, building }) => [id, building]));
    const found = Map.groupBy(leaks, ({ meterId }) => houseOf.get(meterId));
    for (const [building] of some) round.set(keyOf(building), found.get(building) ?? []);
    // Whoever waits for an answer meanwhile gets one.
    await setImmediate();
  }
  return [...meters.keys()].flatMap((building) => round.get(keyOf(building)) as Leak[]);
}

/**
 * Leaks that touch a range, by meter, then start. Whole buildings are searched, whoever asks:
 * which meter is nearest to a leak does not depend on whose meters were asked for.
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
  const meters = Map.groupBy(
    water.filter(({ building }) => asked.has(building)),
    ({ building }) => building,
  );
  const leaks = await leaksByBuilding(data, meters, range);
  return leaks.filter((leak) => wanted.has(leak.meterId) && overlaps(leak, range));
}
