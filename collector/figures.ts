/** Figures of the collector: how long things took in fixed memory, what became of requests, and which figures count up. */
import type { AppError } from '../domain/errors.ts';

/** The newest durations, for percentiles; adding one allocates nothing. */
export interface Reservoir {
  /** Shared with others: its own part is `size` long, from `start` on. */
  readonly kept: Float32Array;
  readonly start: number;
  readonly size: number;
  next: number;
  filled: number;
}

const CHUNK_LENGTH = 4_096;
/** Arrays of their own would cost thousands of meters twice what is in them. */
let chunk = new Float32Array(0);
let chunkUsed = 0;

export function createReservoir(size: number): Reservoir {
  if (chunkUsed + size > chunk.length) {
    chunk = new Float32Array(Math.max(size, CHUNK_LENGTH));
    chunkUsed = 0;
  }
  const start = chunkUsed;
  chunkUsed += size;
  return { kept: chunk, start, size, next: 0, filled: 0 };
}

export function addTo(reservoir: Reservoir, value: number): void {
  const { kept, start, size, next, filled } = reservoir;
  kept[start + next] = value;
  reservoir.next = next + 1 === size ? 0 : next + 1;
  if (filled < size) reservoir.filled = filled + 1;
}

/** Nearest rank, e.g. 0.95; nothing when nothing was measured. */
export function percentileOf(
  { kept, start, filled }: Reservoir,
  share: number,
): number | undefined {
  const sorted = kept.slice(start, start + filled).sort();
  return sorted[Math.max(0, Math.ceil(share * filled) - 1)];
}

/** p50 and p95 under stored names; absent when nothing was measured, since 0 ms would be a claim. */
export function percentiles(name: string, durations: Reservoir): Record<string, number> {
  const p50 = percentileOf(durations, 0.5);
  const p95 = percentileOf(durations, 0.95);
  if (p50 === undefined || p95 === undefined) return {};
  return { [`${name}_p50_ms`]: p50, [`${name}_p95_ms`]: p95 };
}

/** What became of the requests to one meter. */
export interface RequestFigures {
  readonly roundTrips: Reservoir;
  timeouts: number;
  frameErrors: number;
  /** By code; most meters never give one. */
  exceptions: Map<number, number> | undefined;
}

const ROUND_TRIPS_KEPT = 64;

export function createRequestFigures(): RequestFigures {
  return {
    roundTrips: createReservoir(ROUND_TRIPS_KEPT),
    timeouts: 0,
    frameErrors: 0,
    exceptions: undefined,
  };
}

export function countFailure(figures: RequestFigures, { code, context }: AppError): void {
  if (code === 'modbus.timeout') figures.timeouts += 1;
  else if (code === 'modbus.frame' || code === 'modbus.desync') figures.frameErrors += 1;
  else if (code === 'modbus.exception') {
    const exception = Number(context.exception);
    figures.exceptions ??= new Map();
    figures.exceptions.set(exception, (figures.exceptions.get(exception) ?? 0) + 1);
  }
}

export function requestFields(figures: RequestFigures): Record<string, number> {
  const { roundTrips, timeouts, frameErrors } = figures;
  return { ...percentiles('round_trip', roundTrips), timeouts, frame_errors: frameErrors };
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
