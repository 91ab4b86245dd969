/** Computes and stores rows for a range: meters' hours, then days, then the accounts of all agencies. */
import type { AgencyConsumption, MeterConsumption } from '../../domain/consumption.ts';
import { totalItem } from '../../domain/items.ts';
import { DAY_MS, HOUR_MS, localHour, periodAt, type TimeRange } from '../../domain/period.ts';
import type { CounterId } from '../../domain/quantities.ts';
import type { CounterReading } from '../../domain/reading.ts';
import { type CountingMeter, isCounting } from '../../registry/registry.ts';
import type { ApiContext } from '../context.ts';
import { agencyDayRows, agencyHourRows } from './agency-rows.ts';
import { countersOf } from './allocation.ts';
import { dayRows, hourRows } from './meter-rows.ts';

/** Readings this far beyond the range still decide about falls at its edges (rule 3d). */
const CONTEXT_MS = 6 * HOUR_MS;
/** How far back the last reading before a silence is looked for. */
const BASE_LOOKBACK_MS = 35 * DAY_MS;
/** Long ranges are worked off in parts, so that memory does not grow with them. */
const CHUNK_DAYS = 28;
/** The day × hour heat map looks back a month. */
const PROFILE_MS = 35 * DAY_MS;

/** Readings of the range and its surroundings, with the last one before a long silence in front. */
async function readingsAround(
  { store }: ApiContext,
  meter: CountingMeter,
  counter: CounterId,
  range: TimeRange,
): Promise<CounterReading[]> {
  const fromMs = range.fromMs - CONTEXT_MS;
  const near = await store.counterReadings(meter.id, counter, {
    fromMs,
    toMs: range.toMs + CONTEXT_MS,
  });
  if (near[0] && near[0].atMs < range.fromMs) return near;
  const before = { fromMs: fromMs - BASE_LOOKBACK_MS, toMs: fromMs };
  const [base] = await store.latestReadings([meter.id], before);
  const value = base?.values[counter];
  if (base === undefined || value === undefined) return near;
  return [{ atMs: base.atMs, value, quality: base.quality }, ...near];
}

/** Recomputes one chunk; the range lies on local midnights or, at its end, on the running hour's end. */
async function recomputeChunk(context: ApiContext, hours: TimeRange): Promise<void> {
  const { registry, store, now } = context;
  const { zone } = registry.region;
  const meters = registry.meters.filter(isCounting);
  const meterHours: MeterConsumption[] = [];
  for (const meter of meters) {
    for (const counter of countersOf(registry, meter)) {
      const readings = await readingsAround(context, meter, counter, hours);
      const rows = hourRows(registry, meter, { counter, readings, range: hours });
      for (const row of rows) meterHours.push(row);
    }
  }
  await store.writeMeterConsumption(meterHours);
  const agencyHours = agencyHourRows(registry, meterHours, hours);
  await store.writeAgencyConsumption(agencyHours);

  const days = {
    fromMs: periodAt(hours.fromMs, 'day', zone).fromMs,
    toMs: periodAt(hours.toMs - 1, 'day', zone).toMs,
  };
  const ids = meters.map(({ id }) => id);
  const meterDayHours = await store.meterConsumption({
    meterIds: ids,
    resolution: 'hour',
    range: days,
  });
  const byRegister = Map.groupBy(meterDayHours, (row) => `${row.meterId} ${row.counter}`);
  await store.writeMeterConsumption(
    [...byRegister.values()].flatMap((rows) => dayRows(rows, days, zone)),
  );
  const agencyIds = registry.agencies.map(({ id }) => id);
  const stored = await store.agencyConsumption({ agencyIds, resolution: 'hour', range: days });
  await store.writeAgencyConsumption(agencyDayRows(stored, days, zone));
  await writeProfile(
    context,
    agencyHours.filter(({ startMs }) => startMs > now() - PROFILE_MS),
  );
}

async function writeProfile(
  { registry, store }: ApiContext,
  rows: readonly AgencyConsumption[],
): Promise<void> {
  const { zone } = registry.region;
  const points = rows.flatMap(({ agencyId, carrier, item, startMs, value }) =>
    item === totalItem(carrier) && value !== null
      ? [{ agencyId, carrier, startMs, localHour: localHour(startMs, zone), value }]
      : [],
  );
  await store.writeLoadProfile(points);
}

/**
 * Recomputes all rows of the hours that touch a range. Idempotent: the same readings give the same
 * rows, in whatever order and number of calls they arrived.
 */
export async function recompute(
  context: ApiContext,
  range: TimeRange,
  onProgress: (doneMs: number, totalMs: number) => void = () => undefined,
): Promise<void> {
  const { zone } = context.registry.region;
  const fromMs = Math.floor(range.fromMs / HOUR_MS) * HOUR_MS;
  const toMs = Math.ceil(range.toMs / HOUR_MS) * HOUR_MS;
  for (let at = fromMs; at < toMs; ) {
    // Chunks end on local midnights, so that every day is summed from all of its hours.
    const end = Math.min(toMs, periodAt(at + CHUNK_DAYS * DAY_MS, 'day', zone).fromMs);
    await recomputeChunk(context, { fromMs: at, toMs: end });
    at = end;
    onProgress(at - fromMs, toMs - fromMs);
  }
}
