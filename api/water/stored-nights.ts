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

/** Days without a night that some meters have in common. */
interface Gap extends TimeRange {
  readonly meters: CountingMeter[];
}

/** Nights of a gap by its hours. */
async function byHours({ registry, store }: Data, gap: Gap): Promise<MeterNight[]> {
  const range = { fromMs: gap.fromMs, toMs: gap.toMs };
  const query = { resolution: 'hour', range } as const;
  const meterIds = gap.meters.map(({ id }) => id);
  const last = await store.lastMeterConsumption({ meterIds, ...query });
  // Most have no hours there either: they are younger.
  const meters = gap.meters.filter(({ id }) => last.has(id));
  const size = Math.max(1, Math.floor((HOURS_TOGETHER * HOUR_MS) / (gap.toMs - gap.fromMs)));
  const nights: MeterNight[] = [];
  for (let at = 0; at < meters.length; at += size) {
    const some = meters.slice(at, at + size);
    const hours = await store.meterConsumption({ meterIds: some.map(({ id }) => id), ...query });
    const hoursOf = hoursByMeter(hours);
    for (const meter of some) {
      const own = { meterId: meter.id, counter: counterOf(meter) };
      const sums = addNights(hoursOf(meter), registry.region.zone);
      for (const one of sums) nights.push({ ...own, ...one });
    }
  }
  return nights;
}

/** Nights of the meters' own registers over the local days that touch a range, by meter, each in order. */
export async function findNights(
  data: Data,
  meters: readonly CountingMeter[],
  range: TimeRange,
): Promise<Map<string, FoundNights>> {
  const days = daysIn(range, data.registry.region.zone);
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last || meters.length === 0) return new Map();
  // Nights of another zone's days are none.
  const midnights = new Set(days.map(({ fromMs }) => fromMs));
  const stored = await data.store.nights({
    meterIds: meters.map(({ id }) => id),
    range: { fromMs: first.fromMs, toMs: last.toMs },
  });
  const byMeter = Map.groupBy(stored, ({ meterId }) => meterId);
  const found = new Map<string, { stored: MeterNight[]; added: MeterNight[] }>();
  const gaps = new Map<string, Gap>();
  for (const meter of meters) {
    const counter = counterOf(meter);
    const own = (byMeter.get(meter.id) ?? []).filter(
      (night) => night.counter === counter && midnights.has(night.startMs),
    );
    found.set(meter.id, { stored: own, added: [] });
    const known = new Set(own.map(({ startMs }) => startMs));
    for (const { fromMs, toMs } of gapsIn(days, known)) {
      const gap = gaps.get(`${fromMs} ${toMs}`) ?? { fromMs, toMs, meters: [] };
      gap.meters.push(meter);
      gaps.set(`${fromMs} ${toMs}`, gap);
    }
  }
  for (const gap of gaps.values()) {
    for (const night of await byHours(data, gap)) found.get(night.meterId)?.added.push(night);
  }
  return found;
}
