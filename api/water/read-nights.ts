/** Nights of the watched meters of some buildings: stored ones, and hours where plant is taken off. */
import { dayStartMs, type TimeRange } from '../../domain/period.ts';
import type { CountingMeter } from '../../registry/registry.ts';
import type { ApiContext } from '../context.ts';
import { type Night, nightOf } from './nights.ts';
import { hoursByMeter, isWatched, nightsBeside, plantBelow } from './plant.ts';
import { findNights } from './stored-nights.ts';

type Data = Pick<ApiContext, 'registry' | 'store'>;

/** Of meters with plant below: a difference of hours, which stored nights do not tell. */
async function besidePlant(
  { registry, store }: Data,
  [mains, meters]: readonly [readonly CountingMeter[], readonly CountingMeter[]],
  { fromMs, toMs }: TimeRange,
): Promise<[string, Night[]][]> {
  if (mains.length === 0) return [];
  const all = mains.flatMap((main) => [main, ...plantBelow(main.id, meters)]);
  const hours = await store.meterConsumption({
    meterIds: all.map(({ id }) => id),
    resolution: 'hour',
    // The first night's mean is of its whole day.
    range: { fromMs: dayStartMs(fromMs, registry.region.zone), toMs },
  });
  const hoursOf = hoursByMeter(hours);
  return mains.map((main) => [main.id, nightsBeside(registry, [main, meters], hoursOf)]);
}

/**
 * Nights whose window lies in a range.
 * @param meters all water meters of some buildings
 */
export async function readNights(
  data: Data,
  meters: readonly CountingMeter[],
  range: TimeRange,
): Promise<(meter: Pick<CountingMeter, 'id'>) => readonly Night[]> {
  const { zone } = data.registry.region;
  const watched = meters.filter(isWatched);
  const mains = watched.filter(({ id }) => plantBelow(id, meters).length > 0);
  const plain = watched.filter((meter) => !mains.includes(meter));
  const found = [...(await findNights(data, plain, range))].map(
    ([id, { stored, added }]): [string, Night[]] => {
      const nights = added.length > 0 ? [...stored, ...added] : stored;
      const ordered = added.length > 0 ? nights.toSorted((a, b) => a.startMs - b.startMs) : nights;
      return [id, ordered.map((sums) => nightOf(sums, zone))];
    },
  );
  const beside = await besidePlant(data, [mains, meters], range);
  const byMeter = new Map(
    [...found, ...beside].map(([id, nights]) => [
      id,
      nights.filter(({ fromMs, toMs }) => fromMs >= range.fromMs && toMs <= range.toMs),
    ]),
  );
  return ({ id }) => byMeter.get(id) ?? [];
}
