/** Nights as they are stored, and by the hours where they are not. */
import { daysIn, HOUR_MS, type TimeRange } from '../../domain/period.ts';
import { type CountingMeter, counterOf } from '../../registry/registry.ts';
import type { MeterNight } from '../../store/schema.ts';
import type { ApiContext } from '../context.ts';
import { addNights } from './nights.ts';
import { hoursByMeter } from './plant.ts';

type Data = Pick<ApiContext, 'registry' | 'store'>;

interface FoundNights {
  readonly stored: readonly MeterNight[];
  /** Of days that have hours and no night yet. */
  readonly added: readonly MeterNight[];
}

/** Hours that are read at once where nights are lacking. */
const HOURS_TOGETHER = 50_000;

/** Stretches of neighbouring days among `days` that are not in `known`. */
function gapsIn(days: readonly TimeRange[], known: ReadonlySet<number>): TimeRange[] {
  if (known.size === days.length) return [];
  const gaps: TimeRange[] = [];
  for (const { fromMs, toMs } of days) {
    if (known.has(fromMs)) continue;
    const last = gaps.at(-1);
    if (last?.toMs === fromMs) gaps.pop();
    gaps.push({ fromMs: last?.toMs === fromMs ? last.fromMs : fromMs, toMs });
  }
  return gaps;
}

/** Nights of a stretch by its hours. */
async function addedNights(
  { registry, store }: Data,
  meters: readonly CountingMeter[],
  { fromMs, toMs }: TimeRange,
): Promise<MeterNight[]> {
  const hours = await store.meterConsumption({
    meterIds: meters.map(({ id }) => id),
    resolution: 'hour',
    range: { fromMs, toMs },
  });
  const hoursOf = hoursByMeter(hours);
  return meters.flatMap((meter) => {
    const own = { meterId: meter.id, counter: counterOf(meter) };
    return addNights(hoursOf(meter), registry.region.zone).map((sums) => ({ ...own, ...sums }));
  });
}

/** Nights of the meters' own registers over the local days that touch a range, by meter, each in order. */
export async function findNights(
  { registry, store }: Data,
  meters: readonly CountingMeter[],
  range: TimeRange,
): Promise<Map<string, FoundNights>> {
  const { zone } = registry.region;
  const days = daysIn(range, zone);
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last || meters.length === 0) return new Map();
  // Nights of another zone's days are none.
  const midnights = new Set(days.map(({ fromMs }) => fromMs));
  const meterIds = meters.map(({ id }) => id);
  const whole = { fromMs: first.fromMs, toMs: last.toMs };
  const byMeter = Map.groupBy(await store.nights({ meterIds, range: whole }), (one) => one.meterId);
  const found = new Map<string, { stored: MeterNight[]; added: MeterNight[] }>();
  const gaps = new Map<string, TimeRange & { readonly meters: CountingMeter[] }>();
  for (const meter of meters) {
    const counter = counterOf(meter);
    const stored = (byMeter.get(meter.id) ?? []).filter(
      (night) => night.counter === counter && midnights.has(night.startMs),
    );
    found.set(meter.id, { stored, added: [] });
    const known = new Set(stored.map(({ startMs }) => startMs));
    for (const gap of gapsIn(days, known)) {
      const key = `${gap.fromMs} ${gap.toMs}`;
      const same = gaps.get(key) ?? { ...gap, meters: [] };
      same.meters.push(meter);
      gaps.set(key, same);
    }
  }
  for (const gap of gaps.values()) {
    const size = Math.max(1, Math.floor((HOURS_TOGETHER * HOUR_MS) / (gap.toMs - gap.fromMs)));
    for (let at = 0; at < gap.meters.length; at += size) {
      const some = gap.meters.slice(at, at + size);
      for (const night of await addedNights({ registry, store }, some, gap))
        found.get(night.meterId)?.added.push(night);
    }
  }
  return found;
}
