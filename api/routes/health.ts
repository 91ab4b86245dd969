/** Whether data is coming in, not only whether the process runs. */
import { z } from 'zod';
import { messageOf } from '../../domain/errors.ts';
import { formatFault } from '../../registry/fault.ts';
import type { StoreHealth } from '../../store/port.ts';
import type { ApiContext } from '../context.ts';
import { countStates, lastReadings, liveStatuses } from '../live.ts';
import { defineRoute } from '../route.ts';
import { countsSchema, iso } from './views.ts';

const freshnessSchema = z.object({ at: z.iso.datetime(), ageSeconds: z.number() }).nullable();

const rowsSchema = z.object({
  until: z.iso.datetime().nullable(),
  waiting: z.number().int(),
  oldestCause: z.string().nullable(),
  waitingSince: z.iso.datetime().nullable(),
});

/** Nothing new for this many of the slowest poll periods means that nothing comes in. */
const STALE_POLLS = 3;

function newest(entries: Iterable<{ readonly atMs?: number }>, nowMs: number) {
  const latestMs = [...entries].reduce((max, { atMs }) => Math.max(max, atMs ?? 0), 0);
  return latestMs === 0 ? null : { at: iso(latestMs), ageSeconds: (nowMs - latestMs) / 1000 };
}

function rowsOf({ rows }: ApiContext): z.input<typeof rowsSchema> | null {
  if (!rows) return null;
  const { rowsUntilMs, waitingSinceMs, waiting, oldestCause } = rows();
  const at = (atMs: number | null) => (atMs === null ? null : iso(atMs));
  return { until: at(rowsUntilMs), waiting, oldestCause, waitingSince: at(waitingSinceMs) };
}

async function storeHealth({ store }: ApiContext): Promise<StoreHealth> {
  return store.health().catch((error: unknown) => ({
    ok: false,
    engine: store.kind,
    version: '',
    detail: messageOf(error),
  }));
}

async function progress(context: ApiContext) {
  const { meters } = context.registry;
  const statuses = await liveStatuses(context, meters);
  const readings = await lastReadings(
    context,
    meters.map(({ id }) => id),
  );
  return {
    newestReading: newest(readings.values(), context.now()),
    newestStatus: newest(statuses.values(), context.now()),
    meters: countStates(meters, statuses),
  };
}

export const getHealth = defineRoute({
  method: 'get',
  path: '/api/health',
  summary: 'Whether the store answers and readings are coming in',
  response: z.object({
    status: z.enum(['ok', 'stale', 'unavailable']),
    store: z.object({
      ok: z.boolean(),
      engine: z.string(),
      version: z.string(),
      detail: z.string().optional(),
    }),
    newestReading: freshnessSchema,
    newestStatus: freshnessSchema,
    /** Older readings than this count as stale. */
    allowedAgeSeconds: z.number(),
    meters: countsSchema.nullable(),
    /** How far rows are computed, and what waits; `null` where another process does that. */
    rows: rowsSchema.nullable(),
    /** Faults of the registry's files: the one before stays in force until they are gone. */
    registryFaults: z.array(z.string()),
    /** What may be wrong with the registry that is in force. */
    registryWarnings: z.array(z.string()),
  }),
  statuses: { 503: 'The store does not answer, or no reading came in for too long' },
  async handler({ context }) {
    const slowest = Math.max(0, ...context.registry.meters.map(({ pollSeconds }) => pollSeconds));
    const allowedAgeSeconds = STALE_POLLS * slowest;
    const store = await storeHealth(context);
    const nothing = { newestReading: null, newestStatus: null, meters: null };
    const seen = store.ok ? await progress(context) : nothing;
    const fresh = seen.newestReading && seen.newestReading.ageSeconds <= allowedAgeSeconds;
    const status = store.ok ? (fresh ? 'ok' : 'stale') : 'unavailable';
    const rows = rowsOf(context);
    const registryFaults = [...(context.registryFaults?.() ?? [])];
    const registryWarnings = context.registry.warnings.map(formatFault);
    const told = { registryFaults, registryWarnings };
    const body = { status, store, ...seen, allowedAgeSeconds, rows, ...told } as const;
    return { body, status: status === 'ok' ? 200 : 503 };
  },
});
