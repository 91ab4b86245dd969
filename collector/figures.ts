/** Figures of the collector: how long things took in fixed memory, what became of requests, and which figures count up. */
import type { AppError } from '../domain/errors.ts';

/** The newest durations, for percentiles; a write allocates nothing. */
export interface Reservoir {
  add(value: number): void;
  /** Nearest rank, e.g. 0.95; nothing when nothing was measured. */
  percentile(share: number): number | undefined;
}

export function createReservoir(size: number): Reservoir {
  const kept = new Float32Array(size);
  let next = 0;
  let filled = 0;
  return {
    add(value) {
      kept[next] = value;
      next = next + 1 === size ? 0 : next + 1;
      if (filled < size) filled += 1;
    },
    percentile(share) {
      const sorted = kept.slice(0, filled).sort();
      return sorted[Math.max(0, Math.ceil(share * filled) - 1)];
    },
  };
}

/** p50 and p95 under stored names; absent when nothing was measured, since 0 ms would be a claim. */
export function percentiles(name: string, durations: Reservoir): Record<string, number> {
  const p50 = durations.percentile(0.5);
  const p95 = durations.percentile(0.95);
  if (p50 === undefined || p95 === undefined) return {};
  return { [`${name}_p50_ms`]: p50, [`${name}_p95_ms`]: p95 };
}

/** What became of the requests to one meter. */
export interface RequestFigures {
  answered(roundTripMs: number): void;
  failed(error: AppError): void;
  fields(): Record<string, number>;
  /** Modbus exceptions by code. */
  exceptions(): ReadonlyMap<number, number>;
}

const ROUND_TRIPS_KEPT = 64;
const NONE: ReadonlyMap<number, number> = new Map();

export function createRequestFigures(): RequestFigures {
  const roundTrips = createReservoir(ROUND_TRIPS_KEPT);
  /** Most meters never give one. */
  let exceptions: Map<number, number> | undefined;
  let timeouts = 0;
  let frameErrors = 0;
  return {
    answered: roundTrips.add,
    failed({ code, context }) {
      if (code === 'modbus.timeout') timeouts += 1;
      else if (code === 'modbus.frame' || code === 'modbus.desync') frameErrors += 1;
      else if (code === 'modbus.exception') {
        const exception = Number(context.exception);
        exceptions ??= new Map();
        exceptions.set(exception, (exceptions.get(exception) ?? 0) + 1);
      }
    },
    fields: () => ({
      ...percentiles('round_trip', roundTrips),
      timeouts,
      frame_errors: frameErrors,
    }),
    exceptions: () => exceptions ?? NONE,
  };
}

/** Figures that only ever count up; of a bus they add up to the whole. All others are levels. */
const COUNTERS: ReadonlySet<string> = new Set([
  'polls',
  'ok',
  'failed',
  'skipped',
  'busy_ms',
  'connects',
  'requests',
  'exceptions',
  'timeouts',
  'late_replies',
  'broken_frames',
  'frame_errors',
  'discarded_bytes',
  'notifications',
  'reads',
  'bad_statuses',
  'rebuilds',
  'schedule_missed',
  'registry_reloads',
  'registry_reload_failed',
  'clock_steps_back',
  'clock_steps_forward',
  'withheld_dropped',
  'spool_commits',
  'spool_commit_failures',
  'spool_thinned',
  'spool_damaged',
  'spool_quarantine_dropped',
  'spool_dropped_readings',
  'spool_dropped_statuses',
  'spool_dropped_points',
  'writer_written',
  'writer_posts',
  'writer_rejected_writes',
  'writer_quarantined',
]);

/** Levels that add up over buses all the same. */
const ADDITIVE_LEVELS: ReadonlySet<string> = new Set([
  'open_breakers',
  'link_up',
  'items_wanted',
  'items_created',
  'items_read',
  'items_good',
]);

export function isCounter(name: string): boolean {
  return COUNTERS.has(name);
}

/** The whole of several buses: a percentile or a share of one bus says nothing about all. */
export function sumFigures(
  all: Iterable<Readonly<Record<string, number>>>,
): Record<string, number> {
  const totals: Record<string, number> = {};
  for (const figures of all) {
    for (const [name, value] of Object.entries(figures)) {
      if (!isCounter(name) && !ADDITIVE_LEVELS.has(name)) continue;
      totals[name] = (totals[name] ?? 0) + value;
    }
  }
  return totals;
}

/** `commitFailures` of the spool becomes `spool_commit_failures`. */
export function prefixed(prefix: string, figures: object): Record<string, number> {
  return Object.fromEntries(
    Object.entries(figures).map(([name, value]) => [
      `${prefix}_${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`,
      Number(value),
    ]),
  );
}
