/** How a meter is right now: what the collector last said of it, unless that was too long ago. */
import { METER_STATES, type MeterState } from '../domain/meter-state.ts';
import { DAY_MS, HOUR_MS } from '../domain/period.ts';
import type { MeterStatus, Reading } from '../domain/reading.ts';
import type { Meter } from '../registry/schema.ts';
import type { ApiContext } from './context.ts';

/** `unknown`: no status of it was ever seen. */
export const LIVE_STATES = [...(Object.keys(METER_STATES) as MeterState[]), 'unknown'] as const;
type LiveState = (typeof LIVE_STATES)[number];

export interface LiveStatus {
  readonly state: LiveState;
  /** Of the status the state rests on. */
  readonly atMs?: number;
  readonly reason?: string;
}

/** Where statuses and readings usually are, and how far back a silent meter is looked for. */
const RECENT_MS = HOUR_MS;
const SEARCH_MS = 31 * DAY_MS;
const LATE_POLLS = 3;
const LATE_AT_LEAST_MS = 60_000;
/** A status this many times later than late means nobody asks the meter any more. */
const OFFLINE_FACTOR = 3;

/** The state a status stands for at `nowMs`: an old `ok` is no `ok`. */
export function stateAt(
  meter: Pick<Meter, 'pollSeconds'>,
  status: MeterStatus | undefined,
  nowMs: number,
): LiveStatus {
  if (!status) return { state: 'unknown' };
  const { atMs, reason } = status;
  const told = { atMs, ...(reason === undefined ? {} : { reason }) };
  const lateMs = Math.max(LATE_POLLS * meter.pollSeconds * 1000, LATE_AT_LEAST_MS);
  const ageMs = nowMs - atMs;
  if (ageMs <= lateMs) return { ...told, state: status.state };
  return { ...told, state: ageMs > OFFLINE_FACTOR * lateMs ? 'offline' : 'late' };
}

/** The last entry of each meter: nearly all are recent, and only the rest is looked for further back. */
async function latest<T extends { readonly meterId: string }>(
  query: (ids: readonly string[], range: { fromMs: number; toMs: number }) => Promise<T[]>,
  ids: readonly string[],
  nowMs: number,
): Promise<Map<string, T>> {
  const recent = { fromMs: nowMs - RECENT_MS, toMs: nowMs + 1 };
  const found = new Map((await query(ids, recent)).map((entry) => [entry.meterId, entry]));
  const rest = ids.filter((id) => !found.has(id));
  if (rest.length === 0) return found;
  const before = { fromMs: nowMs - SEARCH_MS, toMs: recent.fromMs };
  for (const entry of await query(rest, before)) found.set(entry.meterId, entry);
  return found;
}

export async function liveStatuses(
  context: ApiContext,
  meters: readonly Meter[],
): Promise<Map<string, LiveStatus>> {
  const nowMs = context.now();
  const found = await latest<MeterStatus>(
    (ids, range) => context.store.latestStatuses(ids, range),
    meters.map(({ id }) => id),
    nowMs,
  );
  return new Map(meters.map((meter) => [meter.id, stateAt(meter, found.get(meter.id), nowMs)]));
}

export async function lastReadings(
  context: ApiContext,
  meterIds: readonly string[],
): Promise<Map<string, Reading>> {
  return latest<Reading>(
    (ids, range) => context.store.latestReadings(ids, range),
    meterIds,
    context.now(),
  );
}

export type StateCounts = Record<LiveState, number>;

/** How many of some meters are in each state. */
export function countStates(
  meters: readonly Meter[],
  statuses: ReadonlyMap<string, LiveStatus>,
): StateCounts {
  const counts: StateCounts = { ok: 0, late: 0, offline: 0, error: 0, unknown: 0 };
  for (const { id } of meters) counts[statuses.get(id)?.state ?? 'unknown'] += 1;
  return counts;
}
